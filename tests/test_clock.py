"""The clock: no file keeps it from starting, and one that was off runs at its start what it missed."""

import pytest
from celery.beat import Service
from django.conf import settings

from pst_desk import celery_app


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
