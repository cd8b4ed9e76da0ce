"""Count working days; name the months. Pure: the caller passes the days off.

A working day is Monday to Friday (Perpres 21/2023) and neither libur nasional nor cuti bersama.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date, timedelta

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, days_off: Collection[date]) -> bool:
    """Return whether `day` is a working day: Monday to Friday and not in `days_off`."""
    return day.weekday() < SATURDAY and day not in days_off


def days_after(day: date) -> Iterator[date]:
    """Yield every calendar day after `day`, without end."""
    while True:
        day += ONE_DAY
        yield day


def add_working_days(start: date, count: int, days_off: Collection[date]) -> date:
    """Return the `count`-th working day after `start`; the first working day after `start` is day 1.

    Raise ValueError when `count` is not positive: a promise of no days is a mistake of the caller.
    """
    if count < 1:
        raise ValueError("count must be 1 or more")
    working = (day for day in days_after(start) if is_working_day(day, days_off))
    return next(day for number, day in enumerate(working, start=1) if number == count)


def working_days_between(start: date, end: date, days_off: Collection[date]) -> int:
    """Count the working days after `start`, up to and including `end`. Negative when `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start, days_off)
    span = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=number), days_off) for number in span)


class WorkingDays:
    """The working days of a span, listed once, so that calculations for many dates need not count day by day."""

    def __init__(self, days_off: Collection[date], *, since: date, until: date):
        """List the working days from `since` to `until`. Dates outside that span are counted day by day."""
        self.days_off, self.since, self.until = days_off, since, until
        span = range(since.toordinal(), until.toordinal() + 1)
        off = {day.toordinal() for day in days_off}
        self._ordinals = [day for day in span if (day - 1) % 7 < SATURDAY and day not in off]  # ordinal 1 was a Monday

    def add(self, start: date, count: int) -> date:
        """Return the same as `add_working_days`. Raise ValueError when `count` is not positive."""
        place = bisect_right(self._ordinals, start.toordinal()) + count - 1
        if count < 1 or start < self.since or place >= len(self._ordinals):
            return add_working_days(start, count, self.days_off)
        return date.fromordinal(self._ordinals[place])

    def between(self, start: date, end: date) -> int:
        """Return the same as `working_days_between`."""
        if not (self.since <= start <= self.until and self.since <= end <= self.until):
            return working_days_between(start, end, self.days_off)
        return bisect_right(self._ordinals, end.toordinal()) - bisect_right(self._ordinals, start.toordinal())


def add_months(day: date, count: int) -> date:
    """Return the same day of the month `count` months later (earlier if negative), or a shorter month's last day."""
    place = day.year * 12 + day.month - 1 + count
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
