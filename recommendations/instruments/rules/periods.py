"""Find the last day of a reference time as people write it: "Keadaan 31 Desember 2026", "semester I 2027"."""

import calendar
import re
from collections.abc import Callable
from datetime import date

from office.dates import MONTH_NUMBERS

NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
YEAR = r"(?P<year>(?:19|20)\d{2})"
OF = r"\s*(?:,|tahun|th\.?)?\s*"


def ends_on(words: str) -> date | None:
    """Return the last day of the latest time in the text; None when the text names no time.

    A year ends on 31 December, a quarter on the last day of its third month, a school year (2026/2027) on 30 June.
    """
    found: list[date | None] = []
    rest = words.lower()
    for pattern, last_day in READERS:
        found += [last_day(match) for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return max(filter(None, found), default=None)


def _date(match: re.Match[str]) -> date | None:
    month = match["month"]
    try:
        return date(int(match["year"]), MONTH_NUMBERS.get(month) or int(month), int(match["day"]))
    except ValueError:
        return None


def _month_end(year: str, month: int) -> date:
    return date(int(year), month, calendar.monthrange(int(year), month)[1])


def _quarter(match: re.Match[str]) -> date:
    return _month_end(match["year"], 3 * NUMBERS[match["part"]])


def _half(match: re.Match[str]) -> date:
    return _month_end(match["year"], 6 * NUMBERS[match["part"]])


def _month(match: re.Match[str]) -> date:
    return _month_end(match["year"], MONTH_NUMBERS[match["month"]])


def _school_year(match: re.Match[str]) -> date:
    return _month_end(match["year"], 6)


def _year(match: re.Match[str]) -> date:
    return _month_end(match["year"], 12)


READERS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]]] = [
    (re.compile(rf"\b{YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b"), _date),
    (re.compile(rf"\b(?P<day>\d\d?)\s?[/.-]\s?(?P<month>\d\d?)\s?[/.-]\s?{YEAR}\b"), _date),
    (re.compile(rf"\b(?P<day>\d\d?)[\s-]+(?P<month>{MONTH})\b\.?{OF}-?{YEAR}\b"), _date),
    (re.compile(rf"\b(?:19|20)\d\d\s?/\s?{YEAR}\b"), _school_year),
    (re.compile(rf"\b(?:triwulan|kuartal|tw)\.?\s*(?P<part>iv|i{{1,3}}|[1-4])\b{OF}{YEAR}\b"), _quarter),
    (re.compile(rf"\b(?:semester|smt)\.?\s*(?P<part>i{{1,2}}|[12])\b{OF}{YEAR}\b"), _half),
    (re.compile(rf"\b(?P<month>{MONTH})\b\.?{OF}{YEAR}\b"), _month),
    (re.compile(rf"(?<!\d){YEAR}(?!\d)"), _year),
]
"""Ordered from the most to the least exact. Text that one pattern matches is removed before the next is tried."""
