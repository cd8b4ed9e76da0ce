"""The facts that a recap of recommendations counts, read from the database. `recaps` says which they are."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from guestbook.periods import Period
from guestbook.recaps import hours_of
from office.calendar import WorkingDays
from recommendations.models import DueChange, Letter, Round, Submission, SubmissionEvent
from recommendations.workflow import Move

Hours = tuple[datetime, datetime]
"""The moments between which the period lies."""


class RecapKind(Enum):
    RECEIVED = "received"
    RECORDED = "recorded"
    RETURNED = "returned"
    VERIFIED = "verified"
    ISSUED = "issued"
    SENT = "sent"
    CANCELLED = "cancelled"
    KEPT = "kept"
    BROKEN = "broken"
    OVERDUE = "overdue"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Whose:
    """The submission of a fact, with the details that a recap needs."""

    submission: int
    form: str
    agency: str
    agency_id: int
    officer: str
    officer_id: int


@dataclass(frozen=True)
class RecapFact:
    """One event on the local `day`. A round that was told has `days` and `promised`; an issued letter has `rounds`."""

    kind: RecapKind
    whose: Whose
    day: date
    days: int | None = None
    rounds: int | None = None
    promised: int | None = None
    is_within: bool = False
    is_provisional: bool = False
    was_moved: bool = False


WHOSE = ("pk", "instrument_code", "applicant__agency__name", "applicant__agency", "officer__name", "officer")
OF_SUBMISSION = tuple(f"submission__{name}" for name in WHOSE)
ONCE = {Move.VERIFY: RecapKind.VERIFIED, Move.DELIVER: RecapKind.SENT, Move.CANCEL: RecapKind.CANCELLED}


def recap_facts(period: Period, today: date, days_off: Collection[date]) -> Iterator[RecapFact]:
    """Yield every fact of the period, with five queries for any number of submissions."""
    hours = _hours(period)
    yield from _received(hours)
    yield from _moved_on(hours)
    yield from _issued(period)
    yield from promise_facts(period, today, days_off)


def _hours(period: Period) -> Hours:
    return hours_of(period.first)[0], hours_of(period.last)[1]


def _received(hours: Hours) -> Iterator[RecapFact]:
    opened = Submission.objects.filter(opened_at__gte=hours[0], opened_at__lt=hours[1]).order_by()
    for at, *whose in opened.values_list("opened_at", *WHOSE).iterator():
        yield RecapFact(RecapKind.RECEIVED, Whose(*whose), timezone.localdate(at))


def _moved_on(hours: Hours) -> Iterator[RecapFact]:
    """Yield every return, and each submission's first verification in the period, first delivery and cancellation."""
    earlier = SubmissionEvent.objects.filter(submission=OuterRef("submission"), move=OuterRef("move")).filter(
        Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk"))
    )
    happened = SubmissionEvent.objects.filter(at__gte=hours[0], at__lt=hours[1]).order_by()
    counted = happened.filter(
        Q(move=Move.RETURN)
        | Q(move__in=(Move.DELIVER, Move.CANCEL)) & ~Exists(earlier)
        | Q(move=Move.VERIFY) & ~Exists(earlier.filter(at__gte=hours[0]))
    )
    for move, at, *whose in counted.values_list("move", "at", *OF_SUBMISSION).iterator():
        yield RecapFact(ONCE.get(Move(move), RecapKind.RETURNED), Whose(*whose), timezone.localdate(at))


def _issued(period: Period) -> Iterator[RecapFact]:
    recorded = Count("submission__rounds", filter=Q(submission__rounds__recorded_at__isnull=False))
    first = Letter.objects.filter(issued_on__range=(period.first, period.last), replaces=None)
    letters = first.order_by().annotate(recorded=recorded)
    for day, rounds, *whose in letters.values_list("issued_on", "recorded", *OF_SUBMISSION).iterator():
        yield RecapFact(RecapKind.ISSUED, Whose(*whose), day, rounds=rounds)


def promise_facts(period: Period, today: date, days_off: Collection[date]) -> Iterator[RecapFact]:
    """Yield the rounds recorded, told or stopped in the period, and those overdue at its end."""
    begin, end = _hours(period)
    within = {"gte": begin, "lt": end}
    ended_later = (Q(told_at=None) | Q(told_at__gte=end)) & (Q(stopped_at=None) | Q(stopped_at__gte=end))
    is_overdue = Q(due_on__lte=period.last, due_on__lt=today) & ended_later
    changes = DueChange.objects.filter(round=OuterRef("pk"))
    by_person = changes.filter(calendar_change=None).order_by("at", "pk")
    dues = {"moved": Exists(changes), "first_due_on": Subquery(by_person.values("old_due_on")[:1])}
    asked = [Q(**{f"{name}__{part}": at for part, at in within.items()}) for name in TIMES]
    rounds = Round.objects.filter(asked[0] | asked[1] | asked[2] | is_overdue).order_by().annotate(**dues)
    calendar = WorkingDays(days_off, since=date(period.year - 1, 1, 1), until=date(period.year + 1, 12, 31))
    for values in rounds.values_list(*TIMES, *PROMISE, *OF_SUBMISSION):
        yield from _of_round(period, today, calendar, values)


TIMES = ("recorded_at", "told_at", "stopped_at")
PROMISE = ("starts_on", "promise_days", "due_on", "first_due_on", "due_is_provisional", "moved")


def _of_round(period: Period, today: date, calendar: WorkingDays, values: tuple[Any, ...]) -> Iterator[RecapFact]:
    recorded_at, told_at, stopped_at, start, days, due_on, first_due_on, is_provisional, moved, *rest = values
    whose = Whose(*rest)
    recorded, told, stopped = (at and timezone.localdate(at) for at in (recorded_at, told_at, stopped_at))
    if recorded and period.first <= recorded <= period.last:
        yield RecapFact(RecapKind.RECORDED, whose, recorded)
    if told and period.first <= told <= period.last:
        kind = RecapKind.KEPT if told <= due_on else RecapKind.BROKEN
        yield RecapFact(
            kind,
            whose,
            told,
            days=calendar.between(start, told),
            promised=calendar.between(start, first_due_on) if first_due_on else days,
            is_within=told <= (first_due_on or due_on),
            is_provisional=is_provisional,
            was_moved=moved,
        )
    elif stopped and period.first <= stopped <= period.last:
        yield RecapFact(RecapKind.STOPPED, whose, stopped)
    elif due_on <= period.last and due_on < today and _runs_after(period.last, told, stopped):
        yield RecapFact(RecapKind.OVERDUE, whose, due_on)


def _runs_after(last: date, *ends: date | None) -> bool:
    return all(end is None or end > last for end in ends)
