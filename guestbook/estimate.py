"""The wait that is told with the number: "± 25 menit, perkiraan". From today's own service times, or not told."""

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
"""Minutes: nobody should read more into it than it holds."""


def estimate(*, ahead: int, busy: int, counters: int, service_minutes: Sequence[float]) -> int | None:
    """Minutes until the first call, up to the next five; None when too little is known.

    `ahead` people wait before, `busy` of the open `counters` serve somebody; one turn takes the median service time.
    """
    if not counters or len(service_minutes) < ENOUGH:
        return None
    turns = max(ahead + busy - counters + 1, 0)
    return ceil(turns * median(service_minutes) / counters / STEP) * STEP


def estimate_for(visit: Visit) -> int | None:
    """The estimate for a visit that is about to be stored."""
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
    """How long the newest services of the same kind took on the same day."""
    served = Visit.objects.on(visit.day).filter(service=visit.service, status=Status.SERVED, is_late_entry=False)
    lasted = served.order_by("-served_at").annotate(lasted=F("served_at") - F("serving_at"))
    newest = lasted.exclude(lasted=None).values_list("lasted", flat=True)[:RECENT]
    return [duration / timedelta(minutes=1) for duration in newest]
