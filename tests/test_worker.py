"""A real worker process works promptly, and no work is lost when it dies."""

import copy
import email
import email.policy
import hashlib

import pytest
from django.core.management import call_command
from django.urls import reverse

from pst_desk import celery_app
from recommendations.letter.tasks import draw_letter
from recommendations.models import Dispatch, Letter, Slip
from tests import factories
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def attached_pdf(raw: bytes) -> bytes:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return next(message.iter_attachments()).get_content()


def test_an_issued_letter_is_drawn_and_mailed_without_a_request(worker, mailbox, petugas, kepala):
    letter = factories.issued_submission(petugas, kepala).letter

    wait_until(lambda: letter.dispatches.filter(status="sent").exists())

    letter.refresh_from_db()
    assert letter.submission.status == "sent"
    assert [hashlib.sha256(attached_pdf(raw)).hexdigest() for raw in mailbox.messages] == [letter.sha256]


def test_a_worker_killed_while_drawing_leaves_a_letter_that_the_next_one_draws(worker, mailbox, petugas, kepala):
    worker.stop()
    letter = factories.issued_submission(petugas, kepala).letter
    in_time = copy.deepcopy(letter.content)
    Letter.objects.filter(pk=letter.pk).update(content=_much_longer(letter.content))  # long enough to be killed in it
    worker.start()
    draw_letter.delay(letter.pk)
    wait_until(lambda: worker.is_busy_with("draw_letter"))

    worker.kill()
    was_drawn = Letter.objects.get(pk=letter.pk).is_drawn
    Letter.objects.filter(pk=letter.pk).update(content=in_time)
    worker.start()

    assert not was_drawn
    wait_until(lambda: letter.dispatches.filter(status="sent").exists())
    assert len(mailbox.messages) == 1


def _much_longer(content: dict) -> dict:
    longer = copy.deepcopy(content)
    longer["annex"]["blocks"] = longer["annex"]["blocks"] * 60
    return longer


def test_the_next_worker_draws_and_mails_the_slip_of_a_return(worker, mailbox, petugas):
    worker.stop()
    submission = factories.returned_submission(petugas)
    celery_app.control.purge()  # the queue is lost too
    first = submission.rounds.filter(number=1)
    untold = first.get().told_at

    call_command("catch_up", verbosity=0)
    worker.start()
    wait_until(lambda: first.exclude(told_at=None).exists())

    slip = Slip.objects.select_related("mail", "round").get()
    assert untold is None
    assert slip.round.told_at == slip.mail.sent_at
    assert [hashlib.sha256(attached_pdf(raw)).hexdigest() for raw in mailbox.messages] == [slip.sha256]


def test_a_mail_that_the_server_refuses_is_seen_and_can_be_repeated(worker, mailbox, petugas, kepala, client_of):
    mailbox.refuses = True
    submission = factories.issued_submission(petugas, kepala)
    wait_until(lambda: Dispatch.objects.filter(status=Dispatch.Status.FAILED).exists())
    page = client_of(petugas).get(f"/permohonan/{submission.pk}/").content.decode()

    mailbox.refuses = False
    failed = Dispatch.objects.get()
    client_of(petugas).post(reverse("recommendations:repeat_mail", args=[failed.pk]))

    wait_until(lambda: Dispatch.objects.filter(status="sent").exists())
    assert "Belum terkirim" in page
    assert Dispatch.objects.get().attempts == 2
    assert len(mailbox.messages) == 1
