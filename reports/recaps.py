"""Count the submissions of a period, the promises kept, and the working days they took.

Definitions. The service promises the applicant the result within 30 working days from "terekam lengkap" (standar
pelayanan SK 019/KPA/2024; day 1 is the first working day after that day). Every day is the office's own local date.

- received: submissions opened in the period.
- recorded: rounds recorded complete in the period; every round of a submission counts.
- returned: returns to the applicant in the period; every return counts.
- verified: submissions verified in the period, once each.
- issued: letters dated in the period. A letter that replaces another one is not counted again.
- sent: submissions whose letter first reached the applicant in the period.
- cancelled: submissions cancelled in the period.
- told: rounds whose result was sent to the applicant in the period (`told_at`). The promise is kept when that day is
  not after the present due date, moved or not; otherwise it is broken. The share is kept / told.
- within: the told rounds whose day of `told_at` is not after the first due date: the one before a person moved it for
  the first time. A change of the calendar moves that date too. `promises` has the working days promised first.
- overdue: promises due in or before the period that were still running at its end (in the current period: past due
  today). They are neither kept nor broken yet, so no share counts them.
- stopped: promises that ended in the period without a result, because the submission was cancelled.
- days: working days from the start of the promise to the day of `told_at`, for the rounds that count as told.
- rounds: rounds recorded complete up to now, for the submissions whose letter was issued in the period.

No value is guessed: a fact without a value is counted in `Recap.omitted`. The officer is the present one.
"""

from collections import Counter as Tally
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from guestbook.periods import Period
from guestbook.recaps import MEDIAN, NINETIETH, hours_of, percentile
from office.calendar import WorkingDays
from office.formats import percent, tenths
from recommendations.models import DueChange, Letter, Round, Submission, SubmissionEvent
from recommendations.workflow import Move
from reports.recap_facts import RecapFact, RecapKind, Whose

Hours = tuple[datetime, datetime]
"""The moments between which the period lies."""


@dataclass(frozen=True)
class SubmissionGroup:
    """The figures of some facts: of a month, an agency, an officer, a form, or of the whole period."""

    name: str
    received: int
    recorded: int
    returned: int
    verified: int
    issued: int
    sent: int
    cancelled: int
    kept: int
    broken: int
    overdue: int
    stopped: int
    days: tuple[int, ...]
    rounds: tuple[int, ...]
    within: int
    promises: tuple[int, ...]
    facts: int

    @property
    def told(self) -> int:
        return self.kept + self.broken

    @property
    def kept_share(self) -> float | None:
        """The percentage of kept promises with one decimal, rounded half up; None when no result was told."""
        return percent(self.kept, self.told)

    @property
    def median(self) -> float | None:
        """The median of `days`, or None: half of the rounds took no longer."""
        return tenths(percentile(self.days, MEDIAN))

    @property
    def ninetieth(self) -> float | None:
        """The 90th percentile of `days`, or None: nine of ten rounds took no longer."""
        return tenths(percentile(self.days, NINETIETH))

    @property
    def rounds_mean(self) -> float | None:
        """The mean number of rounds per issued letter, or None."""
        return tenths(Fraction(sum(self.rounds), len(self.rounds))) if self.rounds else None


@dataclass(frozen=True)
class Omitted:
    """Counts of what the figures leave out or depend on. The page explains each in words."""

    stopped: int
    provisional: int
    moved: int
    untold: int


@dataclass(frozen=True)
class SubmissionRecap:
    period: Period
    whole: SubmissionGroup
    months: list[SubmissionGroup]
    forms: list[SubmissionGroup]
    agencies: list[SubmissionGroup]
    officers: list[SubmissionGroup]
    omitted: Omitted
    rounds: Tally[int] = field(default_factory=Tally)


def read_submission_recap(period: Period, *, today: date, days_off: Collection[date]) -> SubmissionRecap:
    """Return the recap of `period`, with five queries for any number of submissions."""
    return submission_recap_of(period, _facts(period, today, days_off))


def read_promises(period: Period, *, today: date, days_off: Collection[date]) -> SubmissionGroup:
    """Return only the figures of the promises (recorded, kept, broken, overdue, days ...), with one query."""
    hours = (hours_of(period.first)[0], hours_of(period.last)[1])
    return submission_group(period.words, list(_promised(period, hours, today, days_off)))


def submission_recap_of(period: Period, found: Iterable[RecapFact]) -> SubmissionRecap:
    """Return the recap of `period`: its facts counted by month, form, agency and officer."""
    facts = list(found)
    whole = submission_group("Jumlah", facts)
    return SubmissionRecap(
        period=period,
        whole=whole,
        months=_months(period, facts),
        forms=_groups(facts, lambda whose: (whose.form,)),
        agencies=_groups(facts, lambda whose: (whose.agency, whose.agency_id)),
        officers=_groups(facts, lambda whose: (whose.officer, whose.officer_id)),
        omitted=_omitted(facts),
        rounds=Tally(whole.rounds),
    )


def submission_group(name: str, facts: list[RecapFact]) -> SubmissionGroup:
    """Return the figures of some facts."""
    counts = Tally(fact.kind for fact in facts)
    return SubmissionGroup(
        name=name,
        **{kind.value: counts[kind] for kind in RecapKind},
        days=tuple(fact.days for fact in facts if fact.days is not None),
        rounds=tuple(fact.rounds for fact in facts if fact.rounds is not None),
        within=sum(fact.is_within for fact in facts),
        promises=tuple(sorted({fact.promised for fact in facts if fact.promised is not None})),
        facts=len(facts),
    )


def _months(period: Period, facts: list[RecapFact]) -> list[SubmissionGroup]:
    """Return the figures of every month, also the empty ones. Overdue promises belong to no month."""
    parts = [Period(period.year, period.month + place, 1) for place in range(period.months)]
    happened = [fact for fact in facts if fact.kind is not RecapKind.OVERDUE]
    return [
        submission_group(part.words, [fact for fact in happened if part.first <= fact.day <= part.last])
        for part in parts
    ]


def _groups(facts: list[RecapFact], key: Callable[[Whose], tuple[Any, ...]]) -> list[SubmissionGroup]:
    """Return the groups, the most received submissions first. `key` begins with the name of the group."""
    parts: dict[tuple[Any, ...], list[RecapFact]] = {}
    for fact in facts:
        parts.setdefault(key(fact.whose), []).append(fact)
    groups = [submission_group(found[0], part) for found, part in parts.items()]
    return sorted(groups, key=lambda one: (-one.received, -one.facts, one.name))


def _omitted(facts: list[RecapFact]) -> Omitted:
    told = [fact for fact in facts if fact.kind in (RecapKind.KEPT, RecapKind.BROKEN)]
    sent = {fact.whose.submission for fact in facts if fact.kind is RecapKind.SENT}
    issued = {fact.whose.submission for fact in facts if fact.kind is RecapKind.ISSUED}
    return Omitted(
        stopped=sum(fact.kind is RecapKind.STOPPED for fact in facts),
        provisional=sum(fact.is_provisional for fact in told),
        moved=sum(fact.was_moved for fact in told),
        untold=len(issued - sent),
    )


WHOSE = ("pk", "instrument_code", "applicant__agency__name", "applicant__agency", "officer__name", "officer")
OF_SUBMISSION = tuple(f"submission__{name}" for name in WHOSE)
ONCE = {Move.VERIFY: RecapKind.VERIFIED, Move.DELIVER: RecapKind.SENT, Move.CANCEL: RecapKind.CANCELLED}


def _facts(period: Period, today: date, days_off: Collection[date]) -> Iterator[RecapFact]:
    hours = (hours_of(period.first)[0], hours_of(period.last)[1])
    yield from _received(hours)
    yield from _moved_on(hours)
    yield from _issued(period)
    yield from _promised(period, hours, today, days_off)


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


def _promised(period: Period, hours: Hours, today: date, days_off: Collection[date]) -> Iterator[RecapFact]:
    """Yield the rounds recorded, told or stopped in the period, and those overdue at its end."""
    begin, end = hours
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
