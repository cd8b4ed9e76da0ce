"""The outbox with real SMTP servers. Each test counts the messages that the server really received."""

import email
import email.policy
import hashlib
import smtplib
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from office import mail_server, mailing
from office.formats import short_date
from office.mail_problems import PAUSES, UNFORESEEN_TRIES, outcome_of
from office.mailing import _send, claim, deliver, tidy_outbox
from office.models import Mail
from office.outbox import (
    AddressBounced,
    bounce_words,
    must_not_bounce,
    put_mail,
    repeat,
    take_as_arrived,
    take_as_bounced,
)
from tests.factories import due_again
from tests.mail_servers import dripping_server
from tests.mail_waits import wait_for_silence
from tests.servers import free_port
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(mail_server_at_will):
    return mail_server_at_will


@pytest.fixture
def silence_ends(server, monkeypatch) -> None:
    """Let no mail wait for a server that has fallen silent, and let none give up on one that is only slow."""
    wait_for_silence(monkeypatch, server.fell_silent)


@pytest.fixture
def mail(office) -> Mail:
    return put_mail(key="contoh:1", to="budi@contoh.example", subject="Nomor antrian R-007", body="Silakan tunggu.")


@pytest.fixture
def paper(office) -> Mail:
    """Return a mail that carries a stored paper."""
    name = default_storage.save("slips/contoh.pdf", ContentFile(b"%PDF- contoh"))
    facts = {"file": name, "sha256": hashlib.sha256(b"%PDF- contoh").hexdigest(), "file_name": "slip.pdf"}
    return put_mail(key="slip:1", to="budi@contoh.example", subject="Catatan", body="Terlampir.", **facts)


def read(raw: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_a_mail_goes_out_once_with_its_file(paper, office, server):
    first, second = deliver(paper.pk), deliver(paper.pk)

    message = read(server.taken[0])
    assert (first.status, second, len(server.taken)) == (Mail.Status.SENT, None, 1)
    assert message["To"] == "budi@contoh.example"
    assert message["Reply-To"] == office.email
    assert [part.get_filename() for part in message.iter_attachments()] == ["slip.pdf"]
    assert next(message.iter_attachments()).get_content() == b"%PDF- contoh"


def test_a_sent_mail_keeps_what_the_server_said(mail, server):
    server.behave(message="250 2.0.0 Ok: queued as 4bXyZ1")

    deliver(mail.pk)

    assert Mail.objects.get().answer == "250 2.0.0 Ok: queued as 4bXyZ1"
    assert len(server.taken) == 1


def test_the_same_key_is_never_mailed_twice(mail):
    again = put_mail(key="contoh:1", to="ani@contoh.example", subject="Lain", body="Lain")

    assert again.pk == mail.pk
    assert Mail.objects.get().to == "budi@contoh.example"


def test_after_temporary_refusals_the_mail_is_tried_again_until_the_pauses_end(mail, server):
    server.behave(recipient="451 4.7.1 Greylisted")
    waits = []

    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        for pause in PAUSES:
            tried = deliver(mail.pk)
            waits.append((tried.next_try_at - timezone.now()) / timedelta(minutes=1))
            assert (tried.status, deliver(mail.pk)) == (Mail.Status.PUT_OFF, None)
            Mail.objects.update(next_try_at=timezone.now() - pause)
        last = deliver(mail.pk)

    assert waits == [5, 15, 60, 240, 720]
    assert (last.status, last.attempts) == (Mail.Status.FAILED, 6)
    assert "451" in last.error
    assert server.taken == []


def test_a_mail_that_was_put_off_is_sent_when_the_server_accepts_it(mail, server):
    server.behave(message="451 Try again later")
    deliver(mail.pk)
    server.behave()

    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        tried = deliver(mail.pk)

    assert (tried.status, tried.error, tried.attempts) == (Mail.Status.SENT, "", 2)
    assert len(server.taken) == 2  # the first was refused after DATA


def test_a_server_that_speaks_on_and_on_is_left_after_the_longest_time(mail, settings, monkeypatch):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "office.mail_server.Backend", "127.0.0.1"

    with dripping_server() as (port, said, heard):
        monkeypatch.setattr(mail_server, "time", SimpleNamespace(monotonic=lambda: 10 * len(said)))
        settings.EMAIL_PORT = port
        deliver(mail.pk)

    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == (Mail.Status.PUT_OFF, 1)
    assert heard == []


def test_a_silent_server_puts_off_the_other_mails_too_and_is_asked_again_later(mail, server, silence_ends):
    other = put_mail(key="contoh:2", to="sari@contoh.example", subject="Nomor antrian R-008", body="Silakan tunggu.")
    server.behave(first="is silent")

    deliver(mail.pk)
    other.refresh_from_db()
    at_once = deliver(other.pk)
    new = put_mail(key="contoh:3", to="tuti@contoh.example", subject="Nomor antrian R-009", body="Silakan tunggu.")
    new_at_once = deliver(new.pk)
    server.behave()
    cache.clear()  # a minute later
    due_again()
    deliver(other.pk)

    assert (other.status, other.attempts, at_once, new_at_once) == (Mail.Status.PUT_OFF, 0, None, None)
    assert "Loket mencoba lagi sendiri" in other.error
    assert [read(raw)["To"] for raw in server.taken] == ["sari@contoh.example"]


def test_a_host_with_many_dead_addresses_costs_no_more_than_the_longest_time(mail, settings, monkeypatch):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "office.mail_server.Backend", "mail.contoh.example"
    now, tried = [0.0], []

    def dead(address, timeout, source):
        tried.append(address[0])
        now[0] += 0.6 * mail_server.LASTS_AT_MOST
        raise TimeoutError("timed out")

    addresses = [(2, 1, 6, "", (f"192.0.2.{number}", 25)) for number in range(1, 9)]
    monkeypatch.setattr(mail_server.socket, "getaddrinfo", lambda *args, **options: addresses)
    monkeypatch.setattr(mail_server.socket, "create_connection", dead)
    monkeypatch.setattr(mail_server, "time", SimpleNamespace(monotonic=lambda: now[0]))

    deliver(mail.pk)

    mail.refresh_from_db()
    assert mail.status == Mail.Status.PUT_OFF
    assert tried == ["192.0.2.1", "192.0.2.2"]


def test_a_server_that_refuses_one_mail_for_now_does_not_put_off_the_others(mail, server):
    other = put_mail(key="contoh:2", to="sari@contoh.example", subject="Nomor antrian R-008", body="Silakan tunggu.")
    server.behave(recipient="451 greylisted")

    deliver(mail.pk)

    other.refresh_from_db()
    assert (other.status, other.error) == (Mail.Status.WAITING, "")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"recipient": "550 5.1.1 Kotak surat tidak ada"}, "Periksa alamatnya"),
        ({"message": "554 5.7.1 Isi ditolak"}, "Beri tahu admin kantor"),
        ({"sender": "552 5.3.4 Terlalu besar"}, "Beri tahu admin kantor"),
    ],
)
def test_a_mail_that_the_server_refuses_for_good_is_not_tried_again(mail, server, answers, words):
    server.behave(**answers)

    refused = deliver(mail.pk)
    due_again()

    assert refused.status == Mail.Status.REFUSED
    assert words in refused.error
    assert next(iter(answers.values())) in refused.error
    assert deliver(mail.pk) is None


@pytest.mark.parametrize(
    "answers",
    [
        {"sender": "530 5.7.0 Harus masuk"},
        {"sender": "550 5.7.1 Pengirim tidak dikenal"},
        {"recipient": "530 5.7.0 Harus masuk"},
    ],
)
def test_a_server_that_refuses_the_office_and_not_the_mail_is_tried_again(mail, server, answers):
    server.behave(**answers)

    first = deliver(mail.pk)
    words = first.error
    server.behave()
    due_again()
    second = deliver(mail.pk)

    assert (first.status, second.status) == (Mail.Status.PUT_OFF, Mail.Status.SENT)
    assert "Loket mencoba lagi sendiri. (5" in words
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    "problem",
    [
        smtplib.SMTPAuthenticationError(535, b"5.7.8 Kata sandi salah"),
        smtplib.SMTPConnectError(554, b"Tidak menerima sambungan"),
        smtplib.SMTPHeloError(550, b"Nama ditolak"),
    ],
)
def test_a_refused_session_is_no_refused_mail(problem):
    states = [outcome_of(problem, attempts) for attempts in (1, len(PAUSES) + 1)]

    assert states == [Mail.Status.PUT_OFF, Mail.Status.FAILED]


@pytest.mark.parametrize("how", ["hangs up", "is silent"])
def test_a_server_that_goes_away_before_data_is_tried_again(mail, server, silence_ends, how):
    server.behave(before=how)

    first = deliver(mail.pk)
    server.behave()
    due_again()
    cache.clear()  # a minute later
    second = deliver(mail.pk)

    assert (first.status, second.status) == (Mail.Status.PUT_OFF, Mail.Status.SENT)
    assert len(server.taken) == 1


@pytest.mark.parametrize("how", ["hangs up", "is silent"])
def test_a_mail_whose_answer_is_lost_after_data_is_unknown_and_never_sent_again_by_itself(
    mail, server, silence_ends, how
):
    server.behave(after=how)

    lost = deliver(mail.pk)
    server.behave()
    due_again()
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=True):
        again = deliver(mail.pk)
        tidy_outbox(timezone.now())

    assert (lost.status, again) == (Mail.Status.UNKNOWN, None)
    assert "tanyakan penerima dahulu" in lost.error
    assert len(server.taken) == 1


def test_an_answer_to_data_that_is_none_leaves_the_result_unknown(mail, server):
    server.behave(message="999 apa")

    assert deliver(mail.pk).status == Mail.Status.UNKNOWN


def test_the_officer_sends_a_mail_with_an_unknown_result_again_under_the_same_message_id(mail, server):
    server.behave(after="hangs up")
    deliver(mail.pk)
    server.behave()

    assert repeat(mail)
    again = deliver(mail.pk)

    assert (again.status, len(server.taken)) == (Mail.Status.SENT, 2)
    assert {read(raw)["Message-ID"] for raw in server.taken} == {again.message_id}


def test_the_officer_takes_a_mail_with_an_unknown_result_as_arrived(mail, server, petugas):
    server.behave(after="hangs up")
    deliver(mail.pk)

    assert take_as_arrived(mail, by=petugas)

    arrived = Mail.objects.get()
    assert (arrived.status, arrived.decided_by) == (Mail.Status.SENT, petugas)
    assert arrived.sent_at == arrived.decided_at
    assert not take_as_arrived(mail, by=petugas)
    assert not repeat(mail)
    assert len(server.taken) == 1


def test_a_sent_mail_that_came_back_keeps_the_reason_and_who_entered_it(mail, server, petugas):
    assert not take_as_bounced(mail, reason="5.1.1", by=petugas)
    deliver(mail.pk)

    assert take_as_bounced(mail, reason="5.1.1 alamat tidak dikenal", by=petugas)

    bounced = Mail.objects.get()
    assert (bounced.status, bounced.error, bounced.decided_by) == (
        Mail.Status.BOUNCED,
        "5.1.1 alamat tidak dikenal",
        petugas,
    )
    assert bounced.sent_at
    assert not repeat(mail)


def test_an_address_is_bounced_until_a_server_takes_a_mail_for_it_again(mail, server, petugas):
    deliver(mail.pk)
    before = bounce_words(mail.to)
    take_as_bounced(mail, reason="5.1.1 alamat tidak dikenal.", by=petugas)

    bounced, asked_at = bounce_words(mail.to.upper()), timezone.now()
    with pytest.raises(AddressBounced, match=r"alamat tidak dikenal\.$"):
        must_not_bounce(mail.to.upper())
    deliver(put_mail(key="ticket:2", to=mail.to.title(), subject="Karcis", body="Isi").pk)

    assert before == ""
    assert bounced == (
        f"E-mail ke {mail.to} pernah kembali, dicatat {short_date(timezone.now())}: 5.1.1 alamat tidak dikenal."
    )
    assert bounce_words(mail.to) == ""
    assert bounce_words(mail.to, at=asked_at) == bounced
    assert bounce_words("lain@contoh.example") == ""


def test_a_missing_server_is_a_temporary_fault(mail, settings):
    settings.EMAIL_BACKEND = "office.mail_server.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    assert deliver(mail.pk).status == Mail.Status.PUT_OFF


def test_an_unforeseen_exception_ends_after_a_few_tries_with_words(mail, server, monkeypatch, caplog):
    def is_broken(mail: Mail):
        raise KeyError(mail.to)

    monkeypatch.setattr(mailing, "message_of", is_broken)

    states = []
    for _ in range(UNFORESEEN_TRIES):
        states.append(deliver(mail.pk).status)
        due_again()
    after = deliver(mail.pk)

    failed = Mail.objects.get()
    assert states == [Mail.Status.PUT_OFF, Mail.Status.PUT_OFF, Mail.Status.FAILED]
    assert after is None
    assert "Beri tahu admin kantor, lalu kirim lagi. (KeyError)" in failed.error
    assert "KeyError" in caplog.text
    assert "budi@" not in caplog.text
    assert server.taken == []


def test_an_address_that_no_mail_can_carry_fails_at_once_and_can_be_repeated(office, server):
    mail = put_mail(key="contoh:2", to="budi@contoh.example", subject="Dua\nbaris", body="Isi")

    failed = deliver(mail.pk)

    assert failed.status == Mail.Status.FAILED
    assert repeat(failed)
    assert not repeat(failed)
    assert Mail.objects.get().attempts == 0


@pytest.mark.parametrize("content", [b"%PDF- lain", None])
def test_a_paper_that_is_missing_or_changed_is_not_mailed_until_it_is_restored(paper, server, content):
    default_storage.delete(paper.file.name)
    if content:
        default_storage.save(paper.file.name, ContentFile(content))

    failed = deliver(paper.pk)
    default_storage.delete(paper.file.name)
    default_storage.save(paper.file.name, ContentFile(b"%PDF- contoh"))
    repeat(failed)
    restored = deliver(paper.pk)

    assert failed.status == Mail.Status.FAILED
    assert "hilang atau berubah" in failed.error
    assert restored.status == Mail.Status.SENT
    assert len(server.taken) == 1


def claimed_long_ago(mail: Mail) -> Mail:
    long_ago = timezone.now() - timedelta(minutes=11)
    Mail.objects.update(next_try_at=long_ago)
    return claim(mail.pk, at=long_ago)


def test_a_mail_whose_worker_stopped_while_sending_is_unknown_and_not_repeated(mail, server):
    claimed_long_ago(mail)

    tidy_outbox(timezone.now())

    unknown = Mail.objects.get()
    assert unknown.status == Mail.Status.UNKNOWN
    assert "Mesin berhenti" in unknown.error
    assert deliver(mail.pk) is None
    assert server.taken == []


AHEAD = [timedelta(hours=1), timedelta(days=1), timedelta(days=400)]


@pytest.mark.parametrize("jump", AHEAD)
def test_a_mail_wanted_while_the_clock_was_set_forward_is_sent_when_it_is_right_again(office, server, jump):
    with time_machine.travel(timezone.now() + jump, tick=True):
        mail = put_mail(key="contoh:7", to="budi@contoh.example", subject="Halo", body="Isi")

    assert deliver(mail.pk).status == Mail.Status.SENT


@pytest.mark.parametrize("jump", AHEAD)
def test_a_mail_put_off_while_the_clock_was_set_forward_is_tried_when_it_is_right_again(mail, server, jump):
    server.behave(recipient="451 4.7.1 Greylisted")
    with time_machine.travel(timezone.now() + jump, tick=True):
        put_off = deliver(mail.pk).status
    server.behave()

    assert (put_off, deliver(mail.pk).status) == (Mail.Status.PUT_OFF, Mail.Status.SENT)


def test_a_mail_put_off_beyond_the_longest_pause_is_owed_and_within_it_not(mail):
    now = timezone.now()

    Mail.objects.update(status=Mail.Status.PUT_OFF, claimed_at=now, next_try_at=now + max(PAUSES))
    within = Mail.objects.owed(now).exists()
    Mail.objects.update(next_try_at=now + max(PAUSES) + timedelta(seconds=1))

    assert (within, Mail.objects.owed(now).exists()) == (False, True)


def test_a_mail_claimed_while_the_clock_was_set_forward_is_unknown_when_it_is_right_again(mail):
    claim(mail.pk, at=timezone.now() + timedelta(seconds=5))
    tidy_outbox(timezone.now())
    at_once = Mail.objects.get().status
    Mail.objects.update(claimed_at=timezone.now() + timedelta(days=1))

    tidy_outbox(timezone.now())

    assert (at_once, Mail.objects.get().status) == (Mail.Status.SENDING, Mail.Status.UNKNOWN)


def test_a_worker_that_comes_back_late_still_says_that_the_mail_was_sent(mail, server):
    late = claimed_long_ago(mail)
    tidy_outbox(timezone.now())

    _send(late)

    assert Mail.objects.get().status == Mail.Status.SENT


def test_a_worker_that_comes_back_late_does_not_undo_what_an_officer_decided(mail, server, petugas):
    late = claimed_long_ago(mail)
    tidy_outbox(timezone.now())
    take_as_arrived(mail, by=petugas)
    server.behave(recipient="550 5.1.1")

    _send(late)

    assert Mail.objects.get().status == Mail.Status.SENT


def test_old_mails_lose_their_text_and_keep_the_paper(paper, mail, server, settings):
    deliver(paper.pk)
    month_later = timezone.now() + timedelta(days=settings.MAIL_TEXT_DAYS, minutes=1)

    tidy_outbox(timezone.now())
    fresh = Mail.objects.get(pk=paper.pk)
    tidy_outbox(month_later)

    old, waiting = Mail.objects.get(pk=paper.pk), Mail.objects.get(pk=mail.pk)
    assert fresh.body == "Terlampir."
    assert (old.body, old.file.name, old.subject) == ("", "", "Catatan")
    assert old.blanked_at
    assert default_storage.exists(paper.file.name)
    assert waiting.body == "Silakan tunggu."


def test_a_mail_without_its_text_is_not_sent_again(mail, server):
    server.behave(recipient="550 5.1.1")
    deliver(mail.pk)
    tidy_outbox(timezone.now() + timedelta(days=100))

    blanked = Mail.objects.get()
    assert (blanked.status, blanked.body) == (Mail.Status.REFUSED, "")
    assert not blanked.can_be_repeated
    assert not repeat(blanked)


def test_the_copy_that_an_earlier_version_made_for_a_mail_is_deleted_with_its_text(mail, server):
    mail.file.save("contoh.pdf", ContentFile(b"%PDF-"))
    copy = mail.file.name
    deliver(mail.pk)

    tidy_outbox(timezone.now() + timedelta(days=100))

    assert copy.startswith("mails/")
    assert not default_storage.exists(copy)


def test_the_admin_sees_every_state_and_sends_again(mail, server, client_of, admin_user):
    server.behave(recipient="550 5.1.1 Kotak surat tidak ada")
    deliver(mail.pk)
    admin = client_of(admin_user)

    page = admin.get(reverse("admin:office_mail_changelist")).content.decode()
    admin.post(reverse("admin:office_mail_changelist"), {"action": "try_again", "_selected_action": [mail.pk]})

    assert "Ditolak" in page
    assert "Kotak surat tidak ada" in page
    assert "<h1>E-mail keluar</h1>" in page
    assert Mail.objects.get().status == Mail.Status.WAITING


def test_the_admins_list_words_a_mail_as_the_other_screens_do(client_of, admin_user, office):
    facts = {"to": "budi@contoh.example", "subject": "Surat", "body": "Isi"}
    sent_at = datetime(2026, 11, 30, 1, 5, tzinfo=UTC)
    Mail.objects.create(key="contoh:1", status=Mail.Status.SENT, sent_at=sent_at, answer="250 OK", **facts)
    Mail.objects.create(key="contoh:2", status=Mail.Status.PUT_OFF, attempts=3, error="Kotak surat penuh.", **facts)

    page = client_of(admin_user).get(reverse("admin:office_mail_changelist")).content.decode()

    assert "Diserahkan ke server e-mail" in page
    assert "Terkirim 30/11/2026 09.05 WITA" in page
    assert "Ditunda, 3 kali dicoba" in page
    assert "Kotak surat penuh." in page
    assert "budi@<wbr>contoh.<wbr>example<wbr>" in page


def test_the_admin_sends_no_paper_again_whose_page_has_rules_of_its_own(server, client_of, admin_user, office):
    facts = {"to": "budi@contoh.example", "subject": "Surat", "body": "Isi", "status": Mail.Status.FAILED}
    paper = Mail.objects.create(key="letter:1", file="letters/contoh.pdf", sha256="0" * 64, **facts)
    plain = Mail.objects.create(key="contoh:9", **facts)
    chosen = {"action": "try_again", "_selected_action": [paper.pk, plain.pk]}

    page = client_of(admin_user).post(reverse("admin:office_mail_changelist"), chosen, follow=True).content.decode()

    assert "1 e-mail dikirim lagi." in page
    assert "1 e-mail membawa surat atau lembar" in page
    assert dict(Mail.objects.values_list("key", "status")) == {"letter:1": "failed", "contoh:9": "waiting"}


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_an_action_has_put_into_the_outbox(office, worker, mailbox):
    put_mail(key="contoh:3", to="budi@contoh.example", subject="Halo", body="Isi")

    wait_until(lambda: Mail.objects.sent().exists())

    assert len(mailbox.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_catching_up_sends_the_mails_that_a_dead_worker_left(office, worker, mailbox):
    Mail.objects.create(key="contoh:4", to="budi@contoh.example", subject="Halo", body="Isi")

    call_command("catch_up")

    wait_until(lambda: Mail.objects.sent().exists())

    assert [mail.key for mail in Mail.objects.sent()] == ["contoh:4"]
    assert len(mailbox.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_data_leaves_one_message_and_an_unknown_result(office, worker, mailbox):
    mailbox.is_silent = True
    put_mail(key="contoh:5", to="budi@contoh.example", subject="Halo", body="Isi")
    wait_until(lambda: mailbox.messages)

    worker.kill()
    mailbox.is_silent = False
    Mail.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    call_command("catch_up")
    worker.start()
    put_mail(key="contoh:6", to="ani@contoh.example", subject="Sesudahnya", body="Isi")
    wait_until(lambda: Mail.objects.sent().exists())

    assert Mail.objects.get(key="contoh:5").status == Mail.Status.UNKNOWN
    assert [read(raw)["Subject"] for raw in mailbox.messages] == ["Halo", "Sesudahnya"]
