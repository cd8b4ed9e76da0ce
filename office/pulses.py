"""Note when a part of the desk is seen alive, and when it fails. The health page reads it."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, transaction
from django.db.models import F
from django.utils import timezone

from office.formats import clock, short_date
from office.models import Pulse

log = logging.getLogger(__name__)

WORKER_NOTED_EVERY = timedelta(seconds=30)
"""A worker with many tasks is not noted after each of them."""

SILENT_AFTER = timedelta(minutes=5)
"""Worker and clock are seen every minute; a long task may take five."""

COMMANDS_TAKE = {
    Pulse.Part.CATCH_UP: timedelta(minutes=20),
    Pulse.Part.FOLLOW_CALENDAR: timedelta(hours=1),
    Pulse.Part.ALERT_DUE: timedelta(hours=30),
    Pulse.Part.ALERT_COMPLAINTS: timedelta(hours=30),
    Pulse.Part.ALERT_FOLLOW_UPS: timedelta(hours=30),
    Pulse.Part.CLOSE_DAY: timedelta(hours=30),
}
"""The commands that the clock starts, each with the longest time between two runs that did their work."""

_noted: dict[str, datetime] = {}


def note_seen(part: Pulse.Part, at: datetime) -> None:
    """Save that the part was alive at that time."""
    Pulse.objects.update_or_create(pk=part, defaults={"seen_at": at})


def note_worker() -> None:
    """Save that this worker has just done a task, at most every WORKER_NOTED_EVERY."""
    now, before = timezone.now(), _noted.get(Pulse.Part.WORKER)
    if before is None or not timedelta() <= now - before < WORKER_NOTED_EVERY:
        note_seen(Pulse.Part.WORKER, now)
        _noted[Pulse.Part.WORKER] = now


def note_clock() -> None:
    """Save that the clock lives now. A database that is away is logged, because the clock must go on."""
    try:
        close_old_connections()  # no request and no task does it for the clock
        note_seen(Pulse.Part.CLOCK, timezone.now())
    except (DatabaseError, InterfaceError):
        log.warning("The pulse of the clock could not be noted.")


def note_refusal(part: Pulse.Part, words: str) -> None:
    """Count a failure of the part. A database that is away is logged, because the caller must go on."""
    facts = {"last_failure_at": timezone.now(), "words": words[:100]}
    try:
        with transaction.atomic():
            Pulse.objects.get_or_create(pk=part)
            Pulse.objects.filter(pk=part).update(failures=F("failures") + 1, **facts)
    except DatabaseError:
        log.warning("A failure of the %s could not be counted.", part.value)


def worker_silence() -> str:
    """Return a sentence for the officer who waits for the worker, when it is silent; "" while it was seen lately."""
    pulse = Pulse.objects.filter(pk=Pulse.Part.WORKER).first()
    seen_at = pulse.seen_at if pulse else None
    if seen_at is None:
        return "Pekerja belum pernah memberi tanda, beri tahu admin. PDF dan e-mail menunggu sampai ia berjalan."
    if timezone.now() - seen_at < SILENT_AFTER:
        return ""
    since = f"{short_date(seen_at)} {clock(seen_at)}"
    return f"Pekerja tidak memberi tanda sejak {since}, beri tahu admin. PDF dan e-mail menunggu sampai ia berjalan."
