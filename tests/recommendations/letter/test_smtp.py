"""A letter is mailed through real SMTP servers that accept, refuse, delay, hang up, or do not answer."""

import email
import email.policy
import hashlib
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from recommendations.letter.actions.sending import repeat_mail
from recommendations.letter.delivery import claim_dispatch, send
from recommendations.models import Dispatch
from recommendations.workflow import Status
from tests.conftest import free_port


class Server:
    """Gives the answers set by the test. With `hangs_up`, it takes the mail and disconnects without an answer."""

    def __init__(self):
        self.to_recipient = self.to_data = "250 OK"
        self.hangs_up = False
        self.taken: list[bytes] = []

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.to_data.startswith("250"):
            self.taken.append(envelope.content)
        if self.hangs_up:
            server.transport.abort()
        return self.to_data


@pytest.fixture
def server(settings) -> Iterator[Server]:
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield handler
    controller.stop()


@pytest.fixture
def try_it(mail) -> Callable[[], Dispatch]:
    """Return `try_it`: `try_it()` claims and sends the mail as the worker does, and returns its row."""

    def once() -> Dispatch:
        send(claim_dispatch(mail.pk, at=timezone.now()))
        mail.refresh_from_db()
        return mail

    return once


def test_an_accepting_server_gets_the_letter_whole(server, try_it):
    sent = try_it()

    message = email.message_from_bytes(server.taken[0], policy=email.policy.default)
    (attached,) = message.iter_attachments()
    assert sent.status == Dispatch.Status.SENT
    assert message["Message-ID"] == sent.message_id
    assert message["To"] == sent.to
    assert hashlib.sha256(attached.get_content()).hexdigest() == sent.letter.sha256


def test_a_refused_address_fails_with_the_servers_words(server, try_it):
    server.to_recipient = "550 5.1.1 Kotak surat tidak ada"

    failed = try_it()

    assert failed.status == Dispatch.Status.FAILED
    assert "Periksa alamatnya" in failed.error
    assert "550 5.1.1 Kotak surat tidak ada" in failed.error


def test_a_greylisting_server_takes_the_repeated_mail(server, try_it, petugas):
    server.to_recipient = "450 4.2.0 Greylisted"
    failed = try_it()
    assert "beberapa menit lagi" in failed.error

    server.to_recipient = "250 OK"
    repeat_mail(failed, by=petugas)
    sent = try_it()

    assert sent.status == Dispatch.Status.SENT
    assert sent.attempts == 2
    assert len(server.taken) == 1


def test_a_server_that_refuses_the_content_fails(server, try_it):
    server.to_data = "554 5.7.1 Ditolak"

    failed = try_it()

    assert failed.status == Dispatch.Status.FAILED
    assert "admin kantor" in failed.error


def test_a_server_that_dies_after_taking_the_letter_leaves_it_to_the_officer(server, try_it):
    server.hangs_up = True

    failed = try_it()

    assert len(server.taken) == 1
    assert failed.status == Dispatch.Status.FAILED
    assert "mungkin sudah sampai" in failed.error
    assert failed.letter.submission.status == Status.ISSUED


def test_no_server_at_all_fails_and_says_to_try_again(settings, try_it):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    failed = try_it()

    assert failed.status == Dispatch.Status.FAILED
    assert "Ulangi kirim" in failed.error
