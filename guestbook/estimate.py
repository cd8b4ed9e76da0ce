"""Estimate the wait that the ticket shows, e.g. "± 25 menit, perkiraan", from today's service times."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from statistics import median

from django.db.models import F

from guestbook.models import Visit
from guestbook.turns import people_ahead
from guestbook.workflow import Status
from office.models import Counter

RECENT = 20
ENOUGH = 3
STEP = 5
"""Minutes. Estimates are rounded up to this step, so that they do not look more exact than they are."""


def estimate(*, ahead: int, busy: int, counters: int, service_minutes: Sequence[float]) -> int | None:
    """Return the minutes until the first call, rounded up to five; None without open counters or enough service times.

    `ahead` people wait before this one, and `busy` of the open `counters` serve somebody. One turn takes the median
    service time.
    """
    if not counters or len(service_minutes) < ENOUGH:
        return None
    turns = max(ahead + busy - counters + 1, 0)
    return ceil(turns * median(service_minutes) / counters / STEP) * STEP


def estimate_for(visit: Visit) -> int | None:
    """Return the estimate in minutes for a visit that is about to be saved, or None when too little is known."""
    lasted = recent_service_minutes(visit)
    if len(lasted) < ENOUGH:
        return None  # without reading the queue
    counters = Counter.objects.filter(is_open=True, services=visit.service)
    return estimate(
        ahead=people_ahead(visit, visit.taken_at),
        busy=Visit.objects.active().filter(counter__in=counters).count(),
        counters=counters.count(),
        service_minutes=lasted,
    )


def recent_service_minutes(visit: Visit) -> list[float]:
    """Return how many minutes the newest visits of the same service and day took, newest first."""
    served = Visit.objects.on(visit.day).filter(service=visit.service, status=Status.SERVED, is_late_entry=False)
    lasted = served.order_by("-served_at").annotate(lasted=F("served_at") - F("serving_at"))
    newest = lasted.exclude(lasted=None).values_list("lasted", flat=True)[:RECENT]
    return [duration / timedelta(minutes=1) for duration in newest]
