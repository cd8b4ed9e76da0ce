"""Counting working days, and the names of the months. Pure: the caller brings the days off.

A working day is Monday to Friday (Perpres 21/2023) and neither libur nasional nor cuti bersama.
"""

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
    """Whether `day` counts: Monday to Friday and not among `days_off`."""
    return day.weekday() < SATURDAY and day not in days_off


def days_after(day: date) -> Iterator[date]:
    """Every calendar day after `day`, without end."""
    while True:
        day += ONE_DAY
        yield day


def add_working_days(start: date, count: int, days_off: Collection[date]) -> date:
    """The `count`-th working day after `start`; the first working day after `start` is day 1.

    Raises ValueError when `count` is not positive: a promise of no days is a mistake of the caller.
    """
    if count < 1:
        raise ValueError("count must be 1 or more")
    working = (day for day in days_after(start) if is_working_day(day, days_off))
    return next(day for number, day in enumerate(working, start=1) if number == count)


def working_days_between(start: date, end: date, days_off: Collection[date]) -> int:
    """How many working days lie after `start` up to and with `end`; negative when `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start, days_off)
    span = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=number), days_off) for number in span)
