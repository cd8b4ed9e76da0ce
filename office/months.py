"""The months of a year as weeks of days, for the calendar page. Pure."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from office.calendar import MONTHS, SATURDAY

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""The first and the last year that has a calendar page."""
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


@dataclass(frozen=True)
class Day:
    """One day on the page. `kind` is "work", "weekend", "off", or "" for a day of another month."""

    day: date
    kind: str
    name: str = ""


@dataclass(frozen=True)
class Month:
    name: str
    weeks: list[list[Day]]
    off_count: int
    working_count: int


def months_of(year: int, days_off: Mapping[date, str]) -> list[Month]:
    """Return the twelve months of `year`. Weeks begin on Monday."""
    return [_month(year, month, days_off) for month in range(1, 13)]


def _month(year: int, month: int, days_off: Mapping[date, str]) -> Month:
    dates = Calendar().monthdatescalendar(year, month)
    weeks = [[_day(day, month, days_off) for day in week] for week in dates]
    kinds = [day.kind for week in weeks for day in week]
    return Month(MONTHS[month - 1], weeks, kinds.count("off"), kinds.count("work"))


def _day(day: date, month: int, days_off: Mapping[date, str]) -> Day:
    if day.month != month:
        return Day(day, "")
    if day in days_off:
        return Day(day, "off", days_off[day])
    return Day(day, "weekend" if day.weekday() >= SATURDAY else "work")
