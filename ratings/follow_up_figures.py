"""How much of a follow-up plan is finished, and how fast, in exact fractions. Pure.

PEKPPP (PermenPANRB 29/2022 as changed by 4/2023, form F02) asks for the share of the SKM's follow-up plan that is
finished (steps of 0, 30, 80 and 100 %), and how fast it was (within 12, 9, 6, 3 or 1 months). We count the months from
the day on which the report was frozen, because the plan follows from that report and opens with it.

Work may begin before that day. A measure that was finished before it counts as finished on that day, so that a plan
does not look faster than it was.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

WITHIN = (1, 3, 6, 9, 12)
"""The limits in calendar months."""


@dataclass(frozen=True)
class PlanFigures:
    """`total` is the number of measures, the denominator of every share. `within` has for each limit how many.

    `early` is how many of the finished ones were finished before their report was frozen.
    """

    total: int
    finished: int
    within: dict[int, int]
    early: int = 0

    @property
    def share(self) -> Fraction | None:
        """The share that is finished; None without a plan."""
        return Fraction(self.finished, self.total) if self.total else None

    @property
    def shares_within(self) -> dict[int, Fraction | None]:
        """The share that was finished within each limit; None without a plan."""
        return {months: Fraction(n, self.total) if self.total else None for months, n in self.within.items()}


@dataclass(frozen=True)
class Measure:
    """One row of a plan: when its report was frozen, and when its measure was finished; None when it is not."""

    frozen_on: date
    done_on: date | None

    @property
    def is_early(self) -> bool:
        """Return whether it was finished before its report was frozen."""
        return self.done_on is not None and self.done_on < self.frozen_on

    @property
    def counted_on(self) -> date | None:
        """The day on which it counts as finished: the day of the finish, but not before its report was frozen."""
        return self.frozen_on if self.is_early else self.done_on


def plan_figures(measures: Iterable[Measure]) -> PlanFigures:
    """Return the figures of some measures. One that is not finished counts in the denominators only."""
    given = list(measures)
    done = [(one.frozen_on, day) for one in given if (day := one.counted_on)]
    within = {months: sum(day <= months_after(frozen, months) for frozen, day in done) for months in WITHIN}
    return PlanFigures(len(given), len(done), within, sum(one.is_early for one in given))


def months_after(day: date, months: int) -> date:
    """Return the same day of the month, so many calendar months later. A month's last day gives a month's last day.

    One month after 31 January is 28 February, or 29 in a leap year; one month after 30 September is 31 October.
    """
    years, place = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, place + 1
    last = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))
