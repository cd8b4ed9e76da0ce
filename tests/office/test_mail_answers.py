"""What a mail server says at each step reaches the row tidied and under the right state."""

import pytest
from django.utils import timezone

from office.mail_answers import ANSWER_AT_MOST
from office.mail_problems import PAUSES
from office.mail_server import Conversation
from office.mailing import deliver
from office.models import Mail
from office.outbox import put_mail
from reports.health_rows import TRIED_OFTEN, check_mails
from reports.health_words import Health
from tests.factories import due_again
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db

FAILED, PUT_OFF, REFUSED = Mail.Status.FAILED, Mail.Status.PUT_OFF, Mail.Status.REFUSED
SENT, UNKNOWN, WAITING = Mail.Status.SENT, Mail.Status.UNKNOWN, Mail.Status.WAITING
NOT_SMTP = "Server e-mail menjawab sesuatu yang bukan SMTP"


@pytest.fixture
def server(scripted_mail_server):
    return scripted_mail_server


@pytest.fixture
def mail(office) -> Mail:
    return put_mail(key="contoh:1", to="budi@contoh.example", subject="Nomor antrian R-007", body="Silakan tunggu.")


@pytest.fixture(params=["STARTTLS", "from the start"])
def untrusted(request, server, settings):
    """Return a server whose certificate has signed itself."""
    server.says |= {"EHLO": b"250-contoh.example\r\n250 STARTTLS", "STARTTLS": b"220 Go on"}
    server.is_encrypted = settings.EMAIL_USE_SSL = request.param == "from the start"
    settings.EMAIL_USE_TLS = not server.is_encrypted
    return server


def test_a_certificate_that_cannot_be_trusted_puts_a_mail_off_with_its_own_words(mail, untrusted):
    other = put_mail(key="contoh:2", to="sari@contoh.example", subject="Nomor antrian R-008", body="Silakan tunggu.")

    tried = deliver(mail.pk)

    other.refresh_from_db()
    assert (tried.status, other.status) == (PUT_OFF, WAITING)
    assert tried.error == (
        "Sertifikat server e-mail tidak dapat dipercaya. Loket mencoba lagi sendiri. (self-signed certificate)"
    )
    assert "MAIL" not in untrusted.heard


def test_a_certificate_that_cannot_be_trusted_is_reported_on_the_health_page_and_fails_in_the_end(mail, untrusted):
    healths = []

    for _ in range(len(PAUSES) + 1):
        tried = deliver(mail.pk)
        healths.append(check_mails(timezone.now()).health)
        due_again()

    assert healths.index(Health.BAD) == TRIED_OFTEN - 1
    assert tried.status == FAILED
    assert "Sertifikat server e-mail tidak dapat dipercaya, dan sudah dicoba berulang kali" in tried.error


def test_a_password_that_the_sign_in_cannot_carry_is_no_fault_of_the_address(mail, server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "loket", "kata sandi é"
    server.says |= {"EHLO": b"250-contoh.example\r\n250 AUTH CRAM-MD5", "AUTH": b"334 PDEyMz4="}

    tried = deliver(mail.pk)

    assert tried.status == PUT_OFF
    assert "belum dapat menerima. Loket mencoba lagi sendiri. (UnicodeEncodeError)" in tried.error


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (b"554 5.7.1 Isi ditolak", REFUSED, "Server e-mail menolak. Beri tahu admin kantor"),
        (b"451 4.3.0 Coba nanti", PUT_OFF, "Loket mencoba lagi sendiri"),
    ],
)
def test_a_refusal_at_the_data_command_keeps_the_servers_words(mail, server, answer, status, words):
    server.says["DATA"] = answer

    tried = deliver(mail.pk)

    assert tried.status == status
    assert words in tried.error
    assert f"({answer.decode()})" in tried.error


@pytest.mark.parametrize(
    ("step", "answer", "status", "kept"),
    [
        ("end", b"250 2.0.0 O\x00k\x1b[2J antri\xc2\x85 \xff", SENT, "250 2.0.0 Ok[2J antri �"),
        ("end", b"554 5.7.1 Di\x00tolak", REFUSED, "(554 5.7.1 Ditolak)"),
        ("end", b"999 a\x00pa", UNKNOWN, "(999 apa)"),
        ("DATA", b"451 Nan\x07ti", PUT_OFF, "(451 Nanti)"),
        ("RCPT", b"550-Tidak\x00\r\n550 ada", REFUSED, "(550 Tidak ada)"),
        ("RCPT", b"450 4.2.0 Na\xe2\x80\xaenti", PUT_OFF, "(450 4.2.0 Nanti)"),
        ("MAIL", b"550 \x00Tidak", PUT_OFF, "(550 Tidak)"),
        ("greeting", b"Hal\x00o \x1b]0;dunia\x07", PUT_OFF, "(Halo ]0;dunia)"),
    ],
)
def test_no_sign_that_a_database_or_a_screen_cannot_hold_reaches_the_row(mail, server, step, answer, status, kept):
    server.says[step] = answer

    deliver(mail.pk)

    saved = Mail.objects.get()
    assert saved.status == status
    assert kept in saved.error + saved.answer
    assert (saved.error + saved.answer).isprintable()


def test_the_result_is_saved_before_the_goodbye(mail, server, monkeypatch):
    at_goodbye = []
    say_goodbye = Conversation.quit

    def look_first(conversation: Conversation):
        at_goodbye.append(Mail.objects.get().status)
        return say_goodbye(conversation)

    monkeypatch.setattr(Conversation, "quit", look_first)

    deliver(mail.pk)

    assert at_goodbye == [SENT]


@pytest.mark.parametrize(("step", "answer"), [("end", b"250 Ok"), ("RCPT", b"550 Tidak ada")])
def test_after_the_result_nothing_more_is_waited_for(mail, server, monkeypatch, step, answer):
    server.says[step] = answer
    read = []
    read_one = Conversation.getreply

    def count(conversation: Conversation):
        read.append(read_one(conversation))
        return read[-1]

    monkeypatch.setattr(Conversation, "getreply", count)

    deliver(mail.pk)

    wait_until(lambda: "QUIT" in server.heard)
    assert b"%d %s" % read[-1] == answer
    assert "RSET" not in server.heard


@pytest.mark.parametrize(
    ("step", "status"), [("greeting", PUT_OFF), ("EHLO", PUT_OFF), ("RCPT", PUT_OFF), ("end", UNKNOWN)]
)
def test_an_answer_without_end_is_left(mail, server, step, status):
    good = server.says[step]
    server.says[step] = b"250-tunggu\r\n" * ANSWER_AT_MOST + good

    tried = deliver(mail.pk)

    assert tried.status == status
    assert "bukan SMTP" in tried.error


def test_a_line_without_end_is_left(mail, server):
    server.says["greeting"] = b"220 " + b"x" * ANSWER_AT_MOST

    assert deliver(mail.pk).error.startswith(f"{NOT_SMTP}. Loket mencoba lagi sendiri. (220 xxx")


def test_a_long_answer_with_an_end_is_read(mail, server):
    server.says["EHLO"] = b"250-PELUANG\r\n" * 500 + b"250 SIZE"

    assert deliver(mail.pk).status == SENT


@pytest.mark.parametrize(
    ("step", "answer", "words"),
    [
        ("greeting", b"Hello world", f"{NOT_SMTP}. Loket mencoba lagi sendiri. (Hello world)"),
        (
            "greeting",
            b"HTTP/1.1 400 Bad Request",
            f"{NOT_SMTP}. Loket mencoba lagi sendiri. (HTTP/1.1 400 Bad Request)",
        ),
        ("RCPT", b"apa?", f"{NOT_SMTP}. Loket mencoba lagi sendiri. (apa?)"),
        ("DATA", b"apa?", f"{NOT_SMTP}. Loket mencoba lagi sendiri. (apa?)"),
        ("end", b"251 5.7.1 because", "tetapi jawaban server e-mail bukan SMTP. Mungkin sudah sampai"),
        ("end", b"251 5.7.1 because", "(251 5.7.1 because)"),
        ("end", b"apa?", "(apa?)"),
    ],
)
def test_an_answer_that_is_no_smtp_is_reported_in_plain_words(mail, server, step, answer, words):
    server.says[step] = answer

    tried = deliver(mail.pk)

    assert tried.status == (UNKNOWN if step == "end" else PUT_OFF)
    assert words in tried.error


def test_words_that_are_no_smtp_fit_the_row_to_their_end(mail, server):
    server.says["end"] = b"x" * 500

    assert deliver(mail.pk).error.endswith("x)")


def test_a_mail_that_is_never_answered_in_smtp_fails_in_the_end(mail, server):
    server.says["greeting"] = b"Hello world"

    for _ in range(len(PAUSES) + 1):
        tried = deliver(mail.pk)
        due_again()

    assert tried.status == FAILED
    assert tried.error.startswith(f"{NOT_SMTP}, dan sudah dicoba berulang kali.")
