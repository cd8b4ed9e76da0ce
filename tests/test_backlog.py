"""A real worker that returns after a long absence does what is owed, oldest first; a PDF that kills it is poison."""

import copy
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from pst_desk import celery_app
from recommendations.letter.tasks import draw_letter
from recommendations.models import Letter
from recommendations.models.drawing_tries import STUCK_AFTER
from tests.factories import issued_submission
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
BEATS = 120


def of_worker(worker, words: str) -> int:
    """Return how often the worker's log has these words."""
    return len(re.findall(words, worker.log.read_text(encoding="utf-8")))


def test_missed_beats_expire_and_each_letter_costs_one_task(worker, mailbox, petugas, kepala):
    worker.stop()
    letters = [issued_submission(petugas, kepala).letter for _ in range(3)]
    celery_app.control.purge()  # the nudges are lost
    for place, letter in enumerate(letters):
        Letter.objects.filter(pk=letter.pk).update(issued_at=timezone.now() - timedelta(hours=1 + place))
    for _ in range(BEATS):
        celery_app.send_task("pst_desk.run_command", args=["catch_up"], expires=0.01)

    worker.start()
    wait_until(lambda: Letter.objects.undrawn().count() == 0)

    drawn = list(Letter.objects.order_by("drawn_at").values_list("pk", flat=True))
    assert drawn == [letter.pk for letter in reversed(letters)]
    assert of_worker(worker, r"Discarding revoked task") == BEATS
    assert of_worker(worker, r"draw_letter\[\S+\] received") == len(letters)


def test_a_letter_that_kills_the_worker_each_time_is_not_tried_by_the_fourth(worker, mailbox, petugas, kepala):
    worker.stop()
    letter = issued_submission(petugas, kepala).letter
    Letter.objects.filter(pk=letter.pk).update(content=_endless(letter.content))
    celery_app.control.purge()
    for tries in range(1, STUCK_AFTER + 1):
        worker.start()  # its first work is `catch_up`
        wait_until(lambda tries=tries: Letter.objects.get().tries == tries)
        worker.kill()
    other = issued_submission(petugas, kepala).letter

    worker.start()
    draw_letter.delay(letter.pk)
    wait_until(lambda: Letter.objects.get(pk=other.pk).is_drawn)

    poison = Letter.objects.get(pk=letter.pk)
    assert (poison.tries, poison.is_drawn) == (STUCK_AFTER, False)


def _endless(content: dict) -> dict:
    endless = copy.deepcopy(content)
    endless["annex"]["blocks"] = endless["annex"]["blocks"] * 60
    return endless
