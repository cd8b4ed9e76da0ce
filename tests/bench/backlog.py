"""Drain twelve hours without a worker: the real worker of the Procfile returns to letters, beats, and nudges.

Then the same with an emptied queue: only the rows say what is owed.
"""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from office.models import Head
from pst_desk import celery_app, roles
from recommendations.letter.tasks import draw_letter
from recommendations.models import Letter
from tests.bench.figures import Figure
from tests.factories import issued_submission
from tests.procfile import ROOT, command

LETTERS, HOURS = 40, 12
BUDGET = 5
PATIENCE = 600


def measure() -> list[Figure]:
    """Measure how long the first letter takes from the start of the worker's process, and how many tasks a letter."""
    broker = settings.CELERY_BROKER_URL.partition(":")[0]
    letters = [issued_submission(*people()).letter for _ in range(LETTERS)]
    figures = []
    for way, is_lost in ((f"the queue of {broker} waits", False), (f"the queue of {broker} is emptied", True)):
        _twelve_hours(letters)
        if is_lost:
            celery_app.control.purge()
        figures += _drained(f"{HOURS} h of backlog, {LETTERS} letters", way)
    celery_app.control.purge()
    return figures


def people():
    users = get_user_model().objects
    kepala, is_new = users.get_or_create(
        username="bench-kepala", defaults={"name": "Siti Contoh", "must_change_password": False}
    )
    if is_new:
        kepala.groups.add(Group.objects.get(name=roles.KEPALA))
        Head.objects.create(user=kepala, since_on="2020-01-01")
    return users.get(username="bench"), kepala


def _twelve_hours(letters: list[Letter]) -> None:
    """Make the letters owed again, and fill the queue minute by minute: a beat each, and the letters' nudges."""
    celery_app.control.purge()
    since = timezone.now() - timedelta(hours=HOURS)
    undrawn = {"pdf": "", "sha256": "", "drawn_at": None, "asked_at": None, "tries": 0, "tried_at": None}
    minutes = HOURS * 60
    for minute in range(minutes):
        celery_app.send_task("pst_desk.run_command", args=["catch_up"], expires=0.01)
        place, is_begin = divmod(minute * len(letters), minutes)
        if is_begin < len(letters):
            draw_letter.delay(letters[place].pk)
    for place, letter in enumerate(letters):
        at = since + timedelta(minutes=place * minutes / len(letters))
        Letter.objects.filter(pk=letter.pk).update(issued_at=at, **undrawn)


def _drained(job: str, way: str) -> list[Figure]:
    log = Path(settings.VAR_DIR) / "bench-worker.log"
    with running_worker(log) as began:
        first = seconds_until(lambda: Letter.objects.exclude(pdf="").exists(), began)
        every = seconds_until(lambda: not Letter.objects.undrawn().exists(), began)
        seconds_until(lambda: "draw_letter" not in _under_way(log), began)
    in_order = list(Letter.objects.order_by("drawn_at").values_list("pk", flat=True))
    is_owed_first = in_order == list(Letter.objects.order_by("issued_at").values_list("pk", flat=True))
    tasks = len(re.findall(r"draw_letter\[\S+\] received", log.read_text(encoding="utf-8")))
    return [
        Figure(
            job,
            f"{way}: first letter",
            f"{first:.1f} s after the worker's start (budget {BUDGET}); all in {every:.0f} s",
            first < BUDGET,
            depends_on_load=True,
        ),
        Figure(job, f"{way}: order", "owed first, drawn first" if is_owed_first else "NOT IN ORDER", is_owed_first),
        Figure(
            job,
            f"{way}: tasks",
            f"{tasks} for {LETTERS} letters (budget {2 * LETTERS})",
            tasks <= 2 * LETTERS,
        ),
    ]


def _under_way(log: Path) -> str:
    """Return the names of the tasks that the worker has received and not finished."""
    said = log.read_text(encoding="utf-8")
    ended = set(re.findall(r"Task \S+?\[(\S+)\] succeeded", said))
    return " ".join(name for name, task in re.findall(r"Task (\S+?)\[(\S+)\] received", said) if task not in ended)


@contextmanager
def running_worker(log: Path) -> Iterator[float]:
    """Run the Procfile's worker. Yield the time of its start."""
    began = time.monotonic()
    with log.open("wb") as written:
        started = command("worker", "--loglevel INFO")
        worker = subprocess.Popen(started, cwd=ROOT, env=os.environ, stdout=written, stderr=written)
    try:
        yield began
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def seconds_until(is_so, began: float) -> float:
    while not is_so():
        if time.monotonic() - began > PATIENCE:
            raise TimeoutError(f"Not within {PATIENCE} s.")
        time.sleep(0.05)
    return time.monotonic() - began
