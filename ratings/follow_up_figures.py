"""How much of a follow-up plan is finished, and how fast, in exact fractions. Pure.

PEKPPP (PermenPANRB 29/2022 as changed by 4/2023, form F02) asks for the share of the SKM's follow-up plan that is
finished (steps of 0, 30, 80 and 100 %), and how fast it was (within 12, 9, 6, 3 or 1 months). We count the months from
the last day of the report's period, because the plan follows from that report.
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
    """`total` is the number of measures, the denominator of every share. `within` has for each limit how many."""

    total: int
    finished: int
    within: dict[int, int]

    @property
    def share(self) -> Fraction | None:
        """The share that is finished; None without a plan."""
        return Fraction(self.finished, self.total) if self.total else None

    @property
    def shares_within(self) -> dict[int, Fraction | None]:
        """The share that was finished within each limit; None without a plan."""
        return {months: Fraction(n, self.total) if self.total else None for months, n in self.within.items()}


def plan_figures(measures: Iterable[tuple[date, date | None]]) -> PlanFigures:
    """Return the figures of some measures, each as the last day of its period and the day when it was finished.

    A measure that is not finished has None as its day, and counts in the denominators only.
    """
    given = list(measures)
    done = [(ended, day) for ended, day in given if day]
    within = {months: sum(day <= months_after(ended, months) for ended, day in done) for months in WITHIN}
    return PlanFigures(len(given), len(done), within)


def months_after(day: date, months: int) -> date:
    """Return the same day of the month, so many calendar months later, or that month's last day when it is shorter.

    One month after 31 January is 28 February, or 29 in a leap year.
    """
    years, place = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, place + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
