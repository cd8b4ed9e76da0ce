"""A month, a quarter, a half-year (semester) or a year, in addresses 2026-11, 2026-T4, 2026-S2 or 2026. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from office.calendar import MONTHS

SPANS = (("Bulan", 1), ("Triwulan", 3), ("Semester", 6), ("Tahun", 12))
ROMAN = ("I", "II", "III", "IV")
LETTERS = {"T": 3, "S": 6}
"""The months of the spans that are numbered within their year, by the letter in their code."""
CODE = re.compile(r"(2[01]\d\d)(?:-(0[1-9]|1[0-2])|-(T[1-4]|S[12]))?", re.ASCII)


class NotAPeriod(ValueError):
    """Raised when a text is not the code of a period."""


@dataclass(frozen=True)
class Period:
    """A span of whole months that begins with `month` of `year`."""

    year: int
    month: int
    months: int  # 1, 3, 6 or 12

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return _months_later(self.first, self.months) - timedelta(days=1)

    @property
    def days(self) -> list[date]:
        """Every calendar day of the period."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def code(self) -> str:
        """The period as written in addresses."""
        if self.months == 1:
            return f"{self.year}-{self.month:02}"
        letter = next((letter for letter, months in LETTERS.items() if months == self.months), "")
        return f"{self.year}-{letter}{self.number}" if letter else str(self.year)

    @property
    def number(self) -> int:
        """Which of its year's periods it is, e.g. 4 for the last quarter."""
        return (self.month - 1) // self.months + 1

    @property
    def words(self) -> str:
        """The period in words: `November 2026`, `Triwulan IV 2026`, `Semester II 2026` or `Tahun 2026`."""
        if self.months == 1:
            return f"{MONTHS[self.month - 1]} {self.year}"
        if self.months == 12:
            return f"Tahun {self.year}"
        name = next(name for name, months in SPANS if months == self.months)
        return f"{name} {ROMAN[self.number - 1]} {self.year}"

    @property
    def full_words(self) -> str:
        """The period in words for a title, e.g. `November 2026` or `Semester II 2026 (Juli–Desember)`."""
        if self.months in (1, 12):
            return self.words
        return f"{self.words} ({MONTHS[self.month - 1]}–{MONTHS[self.month + self.months - 2]})"

    @property
    def inner(self) -> list["Period"]:
        """The period itself and the shorter ones that lie in it, the longest first."""
        firsts = [_months_later(self.first, number) for number in range(self.months)]
        shorter = [months for _, months in reversed(SPANS) if months <= self.months]
        found = [period_around(first, months) for months in shorter for first in firsts]
        return list(dict.fromkeys(found))

    @property
    def former(self) -> "Period":
        return period_around(self.first - timedelta(days=1), self.months)

    @property
    def next(self) -> "Period":
        return period_around(self.last + timedelta(days=1), self.months)


def period_around(day: date, months: int) -> Period:
    """Return the period of 1, 3, 6 or 12 `months` that contains `day`."""
    return Period(day.year, (day.month - 1) // months * months + 1, months)


def period_of(code: str) -> Period:
    """Return the period of `code`. Raise NotAPeriod when it is not the code of one."""
    found = CODE.fullmatch(code)
    if not found:
        raise NotAPeriod(code)
    year, month, part = found.groups()
    if part:
        months = LETTERS[part[0]]
        return Period(int(year), (int(part[1]) - 1) * months + 1, months)
    return Period(int(year), int(month), 1) if month else Period(int(year), 1, 12)


@dataclass(frozen=True)
class PeriodLink:
    """A link to a period: its words and its address. The address is "" when no page shows the period."""

    words: str
    address: str
    is_current: bool = False


def period_links(period: Period, address_of: Callable[[Period], str]) -> dict[str, list[PeriodLink] | PeriodLink]:
    """Return the links to the month, quarter, half-year and year at the beginning of `period`, and to its neighbours.

    The keys are "spans", "former" and "next".
    """
    spans = [(name, period_around(period.first, months)) for name, months in SPANS]
    return {
        "spans": [PeriodLink(name, address_of(one), one == period) for name, one in spans],
        "former": PeriodLink(period.former.words, address_of(period.former)),
        "next": PeriodLink(period.next.words, address_of(period.next)),
    }


def _months_later(first: date, months: int) -> date:
    over, month = divmod(first.month - 1 + months, 12)
    return date(first.year + over, month + 1, 1)
