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
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from guestbook.periods import Period
from guestbook.recaps import MEDIAN, NINETIETH, percentile
from office.formats import percent, tenths
from reports.recap_facts import RecapFact, RecapKind, Whose, promise_facts, recap_facts


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
    return submission_recap_of(period, recap_facts(period, today, days_off))


def read_promises(period: Period, *, today: date, days_off: Collection[date]) -> SubmissionGroup:
    """Return only the figures of the promises (recorded, kept, broken, overdue, days ...), with one query."""
    return submission_group(period.words, list(promise_facts(period, today, days_off)))


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
