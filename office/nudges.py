"""Start the worker's tasks. A task only makes work prompt, so a broker that is away never fails what a person did.

The row that the action saved says what is owed, and the clock's `catch_up` starts the task again.
"""

import logging
from time import monotonic

from celery import Task
from django.db import transaction

from office.models import Pulse
from office.pulses import note_refusal

log = logging.getLogger(__name__)

QUIET = 30
"""Seconds without another try after the broker failed, because each try may wait for its time-out."""

_broker = {"away_until": 0.0}


def nudge(task: Task, *ids: int | None) -> None:
    """Start the task after the commit. Nothing that the broker does can fail the request."""
    transaction.on_commit(lambda: start_task(task, *ids), robust=True)


def start_task(task: Task, *ids: int | None) -> bool:
    """Start the task now. Return whether the broker took it; log the first refusal of QUIET seconds, raise nothing."""
    if monotonic() < _broker["away_until"]:
        return False
    try:
        task.apply_async(ids, retry=False)
    except Exception as problem:  # noqa: BLE001 - each broker has its own errors, and none may reach a person
        _broker["away_until"] = monotonic() + QUIET
        log.warning("The broker took no task. The clock starts the work later. %r", problem)
        note_refusal(Pulse.Part.BROKER, type(problem).__name__)  # not its text, which may have a password
        return False
    return True
