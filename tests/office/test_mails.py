"""The outbox with real SMTP servers: one accepts, one refuses for now, one refuses for good, one does not answer."""

import email
import email.policy
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from office.mailing import PAUSES, _send, claim, deliver
from office.models import Mail
from office.outbox import put_mail, repeat
from tests.servers import free_port
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(office) -> Mail:
    return put_mail(key="contoh:1", to="budi@contoh.example", subject="Nomor antrian R-007", body="Silakan tunggu.")


def test_a_mail_goes_out_once_with_its_file(office, mailbox):
    mail = put_mail(
        key="slip:1",
        to="budi@contoh.example",
        subject="Catatan",
        body="Terlampir.",
        file=b"%PDF-",
        file_name="slip.pdf",
    )

    first, second = deliver(mail.pk), deliver(mail.pk)

    message = email.message_from_bytes(mailbox.messages[0], policy=email.policy.default)
    assert (first.status, second, len(mailbox.messages)) == (Mail.Status.SENT, None, 1)
    assert message["To"] == "budi@contoh.example"
    assert message["Reply-To"] == office.email
    assert [part.get_filename() for part in message.iter_attachments()] == ["slip.pdf"]
    assert next(message.iter_attachments()).get_content() == b"%PDF-"


def test_the_same_key_is_never_mailed_twice(mail, mailbox):
    again = put_mail(key="contoh:1", to="ani@contoh.example", subject="Lain", body="Lain")

    assert again.pk == mail.pk
    assert Mail.objects.get().to == "budi@contoh.example"


def test_after_temporary_refusals_the_mail_is_tried_again_until_the_pauses_end(mail, mailbox):
    mailbox.refuses = True
    waits = []

    for pause in PAUSES:
        tried = deliver(mail.pk)
        waits.append(round((tried.next_try_at - timezone.now()) / timedelta(minutes=1)))
        assert (tried.status, deliver(mail.pk)) == (Mail.Status.WAITING, None)
        Mail.objects.update(next_try_at=timezone.now() - pause)
    last = deliver(mail.pk)

    assert waits == [5, 15, 60, 240, 720]
    assert (last.status, last.attempts) == (Mail.Status.FAILED, 6)
    assert "451" in last.error


def test_a_postponed_mail_is_sent_when_the_server_accepts_it(mail, mailbox):
    mailbox.refuses = True
    deliver(mail.pk)
    mailbox.refuses = False

    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        tried = deliver(mail.pk)

    assert (tried.status, tried.error) == (Mail.Status.SENT, "")


def test_a_missing_server_is_a_temporary_fault(mail, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    assert deliver(mail.pk).status == Mail.Status.WAITING


def test_an_address_that_no_mail_can_carry_fails_at_once_and_can_be_repeated(office, mailbox):
    mail = put_mail(key="contoh:2", to="budi@contoh.example", subject="Dua\nbaris", body="Isi")

    failed = deliver(mail.pk)

    assert failed.status == Mail.Status.FAILED
    assert repeat(failed)
    assert not repeat(failed)
    assert Mail.objects.get().attempts == 0


def claimed_long_ago(mail: Mail) -> Mail:
    long_ago = timezone.now() - timedelta(minutes=11)
    Mail.objects.update(next_try_at=long_ago)
    return claim(mail.pk, at=long_ago)


def test_a_mail_whose_worker_died_is_owed_again_under_the_same_message_id(mail, mailbox):
    claimed = claimed_long_ago(mail)

    taken_up = deliver(mail.pk)

    assert (taken_up.status, taken_up.attempts) == (Mail.Status.SENT, 2)
    assert taken_up.message_id == claimed.message_id


def test_a_worker_that_comes_back_late_does_not_undo_what_another_one_did(mail, mailbox):
    late = claimed_long_ago(mail)
    deliver(mail.pk)
    mailbox.refuses = True

    _send(late)

    assert Mail.objects.get().status == Mail.Status.SENT


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
