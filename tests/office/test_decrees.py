"""Due dates for every start of five years, compared with an independent count from the decrees."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from office.models import DayOff
from tests.office.decrees import COLLECTIVE, DAYS_OFF, NATIONAL, days

FIRST, LAST = date(2023, 1, 1), date(2027, 12, 31)
DECREED_UNTIL = date(2027, 12, 31)
A_DAY = timedelta(days=1)


@pytest.fixture
def decreed(office, capsys):
    call_command("load_calendar", 2023, 2024, 2028)
    capsys.readouterr()


def due_by_hand(start: date) -> date:
    """Return the thirtieth working day after `start`, counted day by day."""
    day, count = start, 0
    while count < 30:
        day += A_DAY
        count += day.isoweekday() <= 5 and day not in DAYS_OFF
    return day


@pytest.mark.parametrize("year", NATIONAL)
def test_the_calendar_that_is_loaded_is_the_decree(decreed, year):
    loaded = {kind: set() for kind in DayOff.Kind}
    for one in DayOff.objects.filter(day__year=year):
        loaded[one.kind].add(one.day)

    assert loaded[DayOff.Kind.COLLECTIVE] == days(COLLECTIVE, year)
    assert set().union(*loaded.values()) == days(NATIONAL, year) | days(COLLECTIVE, year)


def test_due_date_is_right_for_every_start_of_five_years(decreed, capsys):
    starts = [FIRST + number * A_DAY for number in range((LAST - FIRST).days + 1)]

    for start in starts:
        call_command("due_date", start.isoformat())

    printed = capsys.readouterr().out.splitlines()
    decided = [start for start in starts if due_by_hand(start) <= DECREED_UNTIL]
    assert printed[: len(decided)] == [due_by_hand(start).isoformat() for start in decided]
    assert all(line.endswith(" provisional") for line in printed[len(decided) :])
    assert (len(starts), decided[-1]) == (1826, date(2027, 11, 18))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2024-02-29", "2024-04-24"),  # a leap day, before Nyepi and Lebaran
        ("2025-12-31", "2026-02-13"),
        ("2026-03-14", "2026-05-05"),  # a Saturday, in the week before Lebaran
        ("2026-03-20", "2026-05-07"),  # in the Lebaran week itself
        ("2026-11-21", "2027-01-07"),  # a Saturday
    ],
)
def test_due_dates_that_were_counted_on_paper(decreed, capsys, start, due):
    call_command("due_date", start)

    assert capsys.readouterr().out.split() == [due]
