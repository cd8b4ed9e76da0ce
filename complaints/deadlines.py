"""Until when a complaint has to be answered and closed. Pure: the caller brings the days off."""

from collections.abc import Collection
from datetime import date, timedelta

from office.calendar import add_working_days


def term_ends_on(start: date, days: int, *, counts_working_days: bool, days_off: Collection[date]) -> date:
    """Return the last day of a term of `days`; the first day after `start` is day 1.

    A term in working days is counted on the office's calendar. One in calendar days ends on its day, also on a day off.
    Raise ValueError when `days` is not positive.
    """
    if days < 1:
        raise ValueError("days must be 1 or more")
    return add_working_days(start, days, days_off) if counts_working_days else start + timedelta(days=days)
