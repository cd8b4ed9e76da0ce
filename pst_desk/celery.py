"""The Celery application, and a clock (beat) that only runs management commands."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_postrun, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pst_desk.settings")
# Celery runs Django's checks at each start and shows no result of them. For them it loads every page: a second.
os.environ.setdefault("CELERY_SKIP_CHECKS", "true")

AT_START_EXPIRES = 12 * 60 * 60
"""Seconds. A worker that dies again and again at its start leaves these messages behind."""

app = Celery("pst_desk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


CLOCKWORK = frozenset({"catch_up", "close_day", "alert_due", "alert_complaints", "alert_follow_ups", "follow_calendar"})
"""The commands that the clock may start. A message in the queue that names another command starts nothing."""


@app.task(name="pst_desk.run_command")
def run_command(name: str, *options: str) -> None:
    """Run a management command of the clock: all its work is a command, so a person can run it too.

    Note for the health page whether it did its work. Raise ValueError for any other command.
    """
    from django.core.management import call_command
    from django.utils import timezone

    from office.models import Pulse
    from office.pulses import note_refusal, note_seen

    if name not in CLOCKWORK:
        raise ValueError(f"The clock does not run {name!r}.")
    try:
        call_command(name, *options)
    except Exception as problem:
        note_refusal(Pulse.Part(name), type(problem).__name__)  # not its text, which may be about a person
        raise
    note_seen(Pulse.Part(name), timezone.now())


@worker_ready.connect
def catch_up_at_start(sender: Any, **kwargs: object) -> None:
    """Start the work that a dead worker left, as soon as a worker starts, without waiting for the clock."""
    from django.conf import settings
    from django.utils import timezone

    if settings.CATCH_UP_AT_START:
        catch_up = ["catch_up", "--not-asked-since", timezone.now().isoformat()]
        alerts = (["alert_due"], ["alert_complaints"], ["alert_follow_ups"])
        for command in (catch_up, ["close_day"], *alerts):
            sender.app.send_task("pst_desk.run_command", args=command, expires=AT_START_EXPIRES)


@task_postrun.connect
def note_that_the_worker_lives(sender: Any, **kwargs: object) -> None:
    """Note for the health page that a worker has done a task."""
    from office.pulses import note_worker

    if not sender.request.is_eager:
        note_worker()
