"""Move the due dates of open complaints when the office's calendar has changed.

The calendar is changed in recommendations, which knows no complaints. So the clock compares, and no version is stored:
a date that already fits the calendar stays.
"""

from collections.abc import Collection
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone

from complaints.models import Complaint
from complaints.moves import locked_complaint, note_complaint_event
from complaints.workflow import Move
from office.batches import each_alone
from office.calendar import add_working_days
from office.formats import short_date
from office.models import DayOff

LABELS = {"first_due_on": "tanggapan pertama", "due_on": "selesai"}


def follow_calendar() -> int:
    """Count the promised working days of every open complaint again. Return how many complaints moved.

    A term in calendar days does not move, nor one that was met. Raise ClockWentBack, and RowsFailed at the end.
    """
    days_off = DayOff.objects.names().keys()
    return sum(each_alone(Complaint.objects.open().order_by("pk"), partial(_follow, days_off=days_off)))


def _follow(complaint: Complaint, *, days_off: Collection[date]) -> bool:
    return bool(_moved_dates(complaint, days_off)) and _move(complaint, days_off)


@transaction.atomic
def _move(complaint: Complaint, days_off: Collection[date]) -> bool:
    complaint = locked_complaint(complaint)
    moved = _moved_dates(complaint, days_off) if complaint.is_open else {}
    if not moved:
        return False
    said = [
        f"{LABELS[name]}: {short_date(getattr(complaint, name))} → {short_date(day)}" for name, day in moved.items()
    ]
    for name, day in moved.items():
        setattr(complaint, name, day)
    complaint.save(update_fields=list(moved))
    note_complaint_event(complaint, Move.CALENDAR, by=None, note="; ".join(said))
    return True


def _moved_dates(complaint: Complaint, days_off: Collection[date]) -> dict[str, date]:
    """Return the due dates that have another day on this calendar, by their fields."""
    counted = {"due_on": (complaint.starts_on, complaint.due_days)}
    if complaint.responded_at is None:
        counted["first_due_on"] = (timezone.localdate(complaint.received_at), complaint.first_days)
    fitting = {name: add_working_days(start, days, days_off) for name, (start, days) in counted.items() if days}
    return {name: day for name, day in fitting.items() if day != getattr(complaint, name)}
