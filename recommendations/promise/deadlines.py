"""Compute the due date of a promise: the result within 30 working days of "terekam lengkap" (SK 019/KPA/2024).

Day 1 is the first working day after the day of completeness; the due date is day 30.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from office.calendar import SATURDAY, add_working_days, days_after, is_working_day


@dataclass(frozen=True)
class SkippedDay:
    day: date
    reason: str


@dataclass(frozen=True)
class Promise:
    """A due date, with the dates it was computed from.

    `is_provisional`: the promise reaches into a year whose cuti bersama is not decreed yet. `skipped`: the days off
    after `start`, up to `due_on`.
    """

    start: date
    days: int
    due_on: date
    is_provisional: bool
    skipped: tuple[SkippedDay, ...]


def promise(start: date, *, days: int, days_off: Mapping[date, str], decreed_years: Collection[int]) -> Promise:
    """Return the promise for a form recorded complete on `start`, due after `days` working days.

    `days_off` maps public holidays and cuti bersama to their names. Raise ValueError when `days` is not positive.
    """
    due_on = add_working_days(start, days, days_off.keys())
    return Promise(
        start=start,
        days=days,
        due_on=due_on,
        is_provisional=is_provisional(start, due_on, decreed_years),
        skipped=tuple(_skipped(start, due_on, days_off)),
    )


def is_provisional(start: date, due_on: date, decreed_years: Collection[int]) -> bool:
    """Return whether any year from `start` to `due_on` has no decreed cuti bersama yet."""
    return not all(year in decreed_years for year in range(start.year, due_on.year + 1))


def _skipped(start: date, due_on: date, days_off: Mapping[date, str]) -> list[SkippedDay]:
    days = takewhile(lambda day: day <= due_on, days_after(start))
    return [SkippedDay(day, why_off(day, days_off)) for day in days if not is_working_day(day, days_off.keys())]


def why_off(day: date, days_off: Mapping[date, str]) -> str:
    """Return why `day` does not count, e.g. "Sabtu" or "Hari Raya Natal". `day` must be a day off."""
    if day in days_off:
        return days_off[day]
    return "Sabtu" if day.weekday() == SATURDAY else "Minggu"
