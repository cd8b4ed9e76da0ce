"""When the mail server counts as silent: which mails are put off with the one that waited in vain."""

import smtplib
import socket
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from office import mail_server
from office.mail_problems import PAUSES
from office.mail_server import AnswerLost, ReceiverStalled, Stalled
from office.mail_silence import is_silent_after
from office.mailing import deliver
from office.models import Mail
from office.outbox import put_mail
from tests.mail_servers import FRIENDLY, SAYS_NOTHING, ScriptedServer
from tests.mail_waits import wait_for_silence

pytestmark = pytest.mark.django_db

HANDED_OVER = Mail.Status.UNKNOWN
PUT_OFF, SENT, WAITING = Mail.Status.PUT_OFF, Mail.Status.SENT, Mail.Status.WAITING


@pytest.fixture
def server(scripted_mail_server):
    return scripted_mail_server


@pytest.fixture
def silence_ends(server, monkeypatch) -> None:
    """Let no mail wait for a server that has fallen silent, and let none give up on one that is only slow."""
    wait_for_silence(monkeypatch, server.fell_silent)


@pytest.fixture
def mails(office) -> list[Mail]:
    """Return four owed mails. The first two go to one domain, the others to domains of their own."""
    receivers = ("budi@satu.example", "sari@Satu.example", "tuti@dua.example", "wati@tiga.example")
    return [put_mail(key=f"contoh:{to}", to=to, subject="Nomor antrian", body="Silakan tunggu.") for to in receivers]


def timed_out(kind: type[Exception]) -> Exception:
    """Return the problem of a mail over which the server fell silent."""
    problem = kind("timed out")
    problem.__cause__ = TimeoutError("timed out")
    return problem


def statuses(mails: list[Mail]) -> list[str]:
    return [Mail.objects.get(pk=mail.pk).status for mail in mails]


@pytest.mark.parametrize("step", ["greeting", "EHLO", "MAIL"])
def test_silence_before_a_receiver_is_named_puts_off_every_mail_at_once(mails, server, settings, step):
    settings.EMAIL_TIMEOUT = 0.5
    server.says[step] = SAYS_NOTHING

    deliver(mails[0].pk)

    assert statuses(mails) == [PUT_OFF] * 4


@pytest.mark.parametrize(
    ("step", "own", "second"),
    [("RCPT", PUT_OFF, 2), ("DATA", PUT_OFF, 1), ("end", HANDED_OVER, 1)],
)
def test_silence_over_a_mail_puts_off_the_others_when_it_comes_twice_in_a_row(
    mails, server, silence_ends, step, own, second
):
    server.says[step] = SAYS_NOTHING

    deliver(mails[0].pk)
    after_one = statuses(mails)
    deliver(mails[second].pk)

    assert after_one == [own, WAITING, WAITING, WAITING]
    assert statuses([mails[0], mails[second], mails[3]]) == [own, own, PUT_OFF]
    assert deliver(put_mail(key="baru", to="ani@empat.example", subject="Baru", body="Isi").pk) is None


def test_a_mail_that_is_sent_between_two_silent_ones_shows_that_the_server_is_well(mails, server, silence_ends):
    for mail, answer in zip(mails, (SAYS_NOTHING, FRIENDLY["DATA"], SAYS_NOTHING), strict=False):
        server.says["DATA"] = answer
        deliver(mail.pk)

    assert statuses(mails) == [PUT_OFF, SENT, PUT_OFF, WAITING]


@pytest.mark.parametrize(
    ("first", "then", "second", "counts"),
    [
        (ReceiverStalled, 2, ReceiverStalled, True),
        (ReceiverStalled, 1, ReceiverStalled, False),  # another mail to the same domain
        (ReceiverStalled, 0, ReceiverStalled, False),  # the same mail again
        (ReceiverStalled, 0, Stalled, False),
        (ReceiverStalled, 1, Stalled, True),  # the domain does not explain a silence at DATA
        (Stalled, 1, ReceiverStalled, True),
        (Stalled, 1, Stalled, True),
        (Stalled, 0, Stalled, False),
        (Stalled, 1, AnswerLost, True),
        (AnswerLost, 1, AnswerLost, True),
    ],
)
def test_two_waits_in_a_row_count_unless_one_mail_or_one_domain_explains_both(mails, first, then, second, counts):
    at_first = is_silent_after(mails[0], timed_out(first))

    assert (at_first, is_silent_after(mails[then], timed_out(second))) == (False, counts)


@pytest.mark.parametrize(
    "between",
    [None, smtplib.SMTPRecipientsRefused({"tuti@dua.example": (550, b"no")}), Stalled("hung up at once")],
)
def test_an_answer_between_two_waits_parts_them(mails, between):
    is_silent_after(mails[0], timed_out(Stalled))
    is_silent_after(mails[2], between)

    assert is_silent_after(mails[3], timed_out(Stalled)) is False


def test_a_wait_of_long_ago_does_not_count(mails):
    is_silent_after(mails[0], timed_out(Stalled))

    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        assert is_silent_after(mails[3], timed_out(Stalled)) is False


def test_after_silence_the_next_wait_over_a_mail_is_the_first_again(mails):
    is_silent_after(mails[0], timed_out(Stalled))
    is_silent_after(mails[2], timed_out(Stalled))

    assert is_silent_after(mails[3], timed_out(Stalled)) is False


@pytest.mark.parametrize(("bad", "minutes_at_most"), [(1, 0), (3, 12)])
def test_a_good_mail_behind_receivers_that_do_not_answer_waits_for_few_of_their_tries(
    office, server, silence_ends, bad, minutes_at_most
):
    for number in range(bad):
        put_mail(key=f"{number}", to=f"ani@mati-{number}.example", subject="Nomor antrian", body="Silakan tunggu.")
    good = put_mail(key="baik", to="budi@contoh.example", subject="Nomor antrian", body="Silakan tunggu.")
    began, minutes = timezone.now(), -1

    while statuses([good]) != [SENT] and minutes < minutes_at_most:
        minutes += 1
        with time_machine.travel(began + timedelta(minutes=minutes, seconds=10), tick=False):
            send_all_owed(server, good)

    assert statuses([good]) == [SENT]


def send_all_owed(server: ScriptedServer, good: Mail) -> None:
    """Try every owed mail, with a server that falls silent at each receiver but the good one."""
    for mail in list(Mail.objects.owed(timezone.now())):
        server.says["RCPT"] = FRIENDLY["RCPT"] if mail == good else SAYS_NOTHING
        deliver(mail.pk)


@pytest.mark.parametrize("problem", [socket.gaierror(-3, "Temporary failure"), socket.gaierror(-2, "Not known")])
def test_a_server_whose_name_is_not_found_counts_as_silent(mails, server, settings, monkeypatch, problem):
    def is_dead(*args: object, **options: object):
        raise problem

    monkeypatch.setattr(mail_server.socket, "getaddrinfo", is_dead)

    deliver(mails[0].pk)

    assert statuses(mails) == [PUT_OFF] * 4


def test_a_server_whose_name_takes_longer_to_find_than_an_answer_may_take_counts_as_silent(mails, server, monkeypatch):
    now = [0.0]

    def slowly(host: str, port: int, **options: object):
        now[0] += 31
        return [(2, 1, 6, "", (host, port))]

    monkeypatch.setattr(mail_server, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(mail_server.socket, "getaddrinfo", slowly)

    deliver(mails[0].pk)

    assert statuses(mails) == [PUT_OFF] * 4
    assert server.heard == []


def test_a_server_with_an_address_that_does_not_answer_and_one_that_refuses_counts_as_silent(
    mails, server, monkeypatch
):
    def dead(address: tuple[str, int], timeout: float, source: object):
        raise TimeoutError if address[0] == "192.0.2.1" else ConnectionRefusedError

    addresses = [(2, 1, 6, "", (f"192.0.2.{number}", 25)) for number in (1, 2)]
    monkeypatch.setattr(mail_server.socket, "getaddrinfo", lambda *args, **options: addresses)
    monkeypatch.setattr(mail_server.socket, "create_connection", dead)

    deliver(mails[0].pk)

    assert statuses(mails) == [PUT_OFF] * 4


def test_the_pause_of_the_others_is_five_minutes(mails, server, settings):
    settings.EMAIL_TIMEOUT = 0.5
    server.says["greeting"] = SAYS_NOTHING

    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        now = timezone.now()
        deliver(mails[0].pk)

    assert Mail.objects.get(pk=mails[3].pk).next_try_at == now + PAUSES[0]
