"""A real worker process works promptly, and no work is lost when it dies."""

import copy
import email
import email.policy
import hashlib
import os
import re
import shutil
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from kombu import Connection

from office.models import Mail, Pulse
from pst_desk import celery_app
from recommendations.letter.tasks import draw_letter
from recommendations.models import Attachment, Dispatch, Letter, Slip
from tests import factories
from tests.conftest import Worker
from tests.servers import own_redis
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def attached_pdf(raw: bytes) -> bytes:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return next(message.iter_attachments()).get_content()


def test_an_issued_letter_is_drawn_and_a_signed_one_mailed_without_a_request(worker, mailbox, petugas, kepala):
    letter = _drawn(factories.issued_submission(petugas, kepala).letter)
    before = len(mailbox.messages)

    signed = factories.sign(letter, by=petugas)

    wait_until(lambda: letter.dispatches.filter(noted="sent").exists())
    assert before == 0
    assert Letter.objects.get().submission.status == "sent"
    sha256 = signed.copies.accepted().get().sha256
    assert [hashlib.sha256(attached_pdf(raw)).hexdigest() for raw in mailbox.messages] == [sha256]


def _drawn(letter: Letter) -> Letter:
    """Wait until the worker has drawn the letter, and return it."""
    wait_until(lambda: Letter.objects.get(pk=letter.pk).is_drawn)
    return Letter.objects.get(pk=letter.pk)


def test_a_worker_killed_while_drawing_leaves_a_letter_that_the_next_one_draws(worker, mailbox, petugas, kepala):
    worker.stop()
    letter = factories.issued_submission(petugas, kepala).letter
    in_time = copy.deepcopy(letter.content)
    Letter.objects.filter(pk=letter.pk).update(content=_much_longer(letter.content))  # long enough to be killed in it
    worker.start()
    draw_letter.delay(letter.pk)
    wait_until(lambda: Letter.objects.get(pk=letter.pk).tries == 1)  # it counts the try, and then draws

    worker.kill()
    was_drawn = Letter.objects.get(pk=letter.pk).is_drawn
    Letter.objects.filter(pk=letter.pk).update(content=in_time)
    worker.start()

    assert not was_drawn
    assert _drawn(letter).tries == 2


def test_a_worker_is_noted_when_it_has_done_a_task(worker, office):
    worker.stop()  # a worker is noted at most twice a minute, and this one may have been noted just now
    sent_at = timezone.now()

    celery_app.send_task("pst_desk.run_command", args=["catch_up"])
    worker.start()

    wait_until(lambda: Pulse.objects.filter(pk=Pulse.Part.WORKER, seen_at__gte=sent_at).exists())


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


def test_a_letter_that_the_server_puts_off_is_seen_and_can_be_sent_at_once(worker, mailbox, petugas, kepala, client_of):
    mailbox.refuses = True
    submission = factories.issued_submission(petugas, kepala)
    factories.sign(_drawn(submission.letter), by=petugas)
    wait_until(lambda: Mail.objects.filter(status=Mail.Status.PUT_OFF).exists())
    page = client_of(petugas).get(f"/permohonan/{submission.pk}/").content.decode()

    mailbox.refuses = False
    client_of(petugas).post(reverse("recommendations:repeat_mail", args=[Dispatch.objects.get().pk]))

    wait_until(lambda: Dispatch.objects.filter(noted="sent").exists())
    assert "Ditunda" in page
    assert len(mailbox.messages) == 1


def test_a_letter_is_drawn_before_the_files_of_strangers_that_came_first(worker, mailbox, petugas, kepala):
    worker.stop()
    factories.issued_submission(petugas, kepala)

    worker.start()
    wait_until(lambda: not Attachment.objects.undrawn().exists())

    drawn = re.findall(r"Task recommendations\.tasks\.(draw_\w+)\[\S+\] received", worker.log.read_text("utf-8"))
    assert drawn[0] == "draw_letter"
    assert "draw_attachment" in drawn


@pytest.mark.skipif(not settings.CELERY_BROKER_URL.startswith("filesystem"), reason="the queue is not a folder")
def test_a_worker_goes_on_after_a_file_that_is_no_message(worker, mailbox, petugas, kepala):
    process = worker.process
    queue = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])
    (queue / f"000_empty.{settings.CELERY_TASK_DEFAULT_QUEUE}.msg").write_bytes(b"")

    _drawn(factories.issued_submission(petugas, kepala).letter)

    assert process.poll() is None
    assert [file.name[:9] for file in (queue / "unreadable").iterdir()] == ["000_empty"]


@pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server")
def test_a_worker_outlives_a_redis_that_is_silent_frozen_and_started_again(petugas, kepala):
    with own_redis() as (url, server):
        worker = Worker(os.environ | _own(url))
        worker.start()
        process = worker.process
        try:
            _let_the_read_limit_pass()  # nothing to do
            first, second = (factories.issued_submission(petugas, kepala).letter for _ in range(2))
            server.send_signal(signal.SIGSTOP)
            _let_the_read_limit_pass()
            server.send_signal(signal.SIGCONT)
            _draw(first, url)
            wait_until(lambda: Letter.objects.get(pk=first.pk).is_drawn)

            server.kill()
            wait_until(lambda: "Connection refused" in worker.log.read_text(encoding="utf-8"))
            with own_redis(port=urlsplit(url).port):
                _draw(second, url)
                wait_until(lambda: Letter.objects.get(pk=second.pk).is_drawn)

            assert worker.process is process
            assert process.poll() is None
        finally:
            worker.kill()


def _let_the_read_limit_pass() -> None:
    """Return when a connection that waited for an answer would have given up."""
    end = time.monotonic() + 2 * settings.REDIS_OPTIONS["socket_timeout"]
    wait_until(lambda: time.monotonic() > end)


def _own(url: str) -> dict[str, str]:
    """Return the environment of a worker with the test's database and the Redis of that URL."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "TEST_BROKER_URL": url,
    }


def _draw(letter: Letter, url: str) -> None:
    """Start the task through the Redis of that URL."""
    options = settings.REDIS_OPTIONS | {"global_keyprefix": settings.REDIS_PREFIX}
    with Connection(url, transport_options=options) as broker:
        draw_letter.apply_async([letter.pk], connection=broker)
