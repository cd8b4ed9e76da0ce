"""The clock: no file keeps it from starting, one that was off runs what it missed, and it notes that it lives."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

import pytest
from celery.beat import Service
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from office.models import Pulse
from pst_desk import celery_app
from tests.waiting import end, wait_until

pytestmark = pytest.mark.django_db(transaction=True)  # the clock closes old connections, as no transaction survives


@pytest.fixture
def scheduler(monkeypatch):
    """Return what the clock uses to send its tasks. `scheduler.sent` names those that it sent."""
    scheduler = Service(celery_app, scheduler_cls=celery_app.conf.beat_scheduler).scheduler
    scheduler.sent = []
    monkeypatch.setattr(type(scheduler), "producer", None)
    monkeypatch.setattr(scheduler, "apply_async", lambda entry, **options: scheduler.sent.append(entry.name))
    return scheduler


def test_a_clock_runs_every_entry_when_it_starts_and_then_waits(scheduler):
    turns = len(settings.CELERY_BEAT_SCHEDULE)

    for _ in range(turns):
        scheduler.tick()
    waits = scheduler.tick()

    assert sorted(scheduler.sent) == sorted(settings.CELERY_BEAT_SCHEDULE)
    assert waits > 0


def test_the_clock_keeps_no_file(scheduler, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    scheduler.tick()
    scheduler.close()

    assert len(scheduler.sent) == 1
    assert list(tmp_path.iterdir()) == []


def test_each_turn_of_the_clock_notes_that_it_lives(scheduler):
    before = timezone.now()

    scheduler.tick()

    assert before <= Pulse.objects.get(pk=Pulse.Part.CLOCK).seen_at <= timezone.now()


@pytest.mark.parametrize("problem", [OperationalError("no server"), InterfaceError("connection already closed")])
def test_a_clock_whose_database_is_away_goes_on(scheduler, monkeypatch, caplog, problem):
    def away(*args, **facts):
        raise problem

    monkeypatch.setattr("office.pulses.note_seen", away)

    scheduler.tick()

    assert len(scheduler.sent) == 1
    assert "The pulse of the clock could not be noted." in caplog.text


@pytest.fixture
def own_signals():
    """Put the handlers of the process back after a test that changes them."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("own_signals")
def test_a_clock_that_is_asked_to_end_ends_although_the_exception_is_dropped(monkeypatch):
    service = Service(celery_app, scheduler_cls=celery_app.conf.beat_scheduler)
    asked = []

    def send(entry, **options):
        if asked:
            pytest.fail("The clock went on.")
        asked.append(entry.name)
        with suppress(SystemExit):  # as Python does in the callback of an import
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(type(service.scheduler), "producer", None)
    monkeypatch.setattr(service.scheduler, "apply_async", send)
    service.start()

    assert len(asked) == 1


def test_a_real_clock_is_seen_although_no_worker_takes_its_tasks():
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"])}
    command = [sys.executable, "-m", "celery", "-A", "pst_desk", "beat", "--pidfile="]

    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | own) as clock:
        try:
            wait_until(lambda: Pulse.objects.filter(pk=Pulse.Part.CLOCK).exists())
        finally:
            end(clock)
            celery_app.control.purge()

    assert [pulse.pk for pulse in Pulse.objects.all()] == [Pulse.Part.CLOCK]
