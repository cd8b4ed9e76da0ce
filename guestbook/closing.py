"""Close the visits that were forgotten at the end of a day, so that no visit stays open and distorts the figures."""

from datetime import date, datetime

from django.db import transaction

from guestbook.models import Visit, VisitEvent
from guestbook.workflow import STEPS, Move, Status
from office.clock import must_be_supported

AT_A_TIME = 500
"""Rows per statement, because SQLite limits the values in one statement."""


@transaction.atomic
def close_days(until: date, *, at: datetime) -> int:
    """Close every open visit of the local days up to and including `until`. Return how many were closed.

    Safe to repeat at any time: a closed visit is not closed again. When visits are open, raise ClockRanAhead or
    ClockWentBack unless the time up to `at` can have passed.
    """
    step = STEPS[Move.CLOSE_DAY]
    forgotten = Visit.objects.select_for_update(of=("self",)).filter(day__lte=until, status__in=step.before)
    rows = list(forgotten.order_by("pk").values_list("pk", "status"))
    if rows:
        must_be_supported(at)
    for start in range(0, len(rows), AT_A_TIME):
        some = rows[start : start + AT_A_TIME]
        VisitEvent.objects.bulk_create(
            VisitEvent(visit_id=pk, move=Move.CLOSE_DAY, at=at, note=f"Sebelumnya: {Status(status).label.lower()}")
            for pk, status in some
        )
        Visit.objects.filter(pk__in=[pk for pk, _ in some]).update(status=step.after)
    return len(rows)
