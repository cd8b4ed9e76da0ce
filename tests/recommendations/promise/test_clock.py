"""The start and due date of a promise at the edges of days, years and calendars, with a machine clock in UTC."""

from datetime import date, datetime

import pytest

from office.models import CalendarYear, DayOff
from tests import factories


@pytest.mark.parametrize(
    ("now", "starts_on", "due_on"),
    [
        ("2026-11-19T23:30:00Z", date(2026, 11, 20), date(2027, 1, 7)),  # 07.30 WITA, still the day before in UTC
        ("2026-11-20T15:59:59Z", date(2026, 11, 20), date(2027, 1, 7)),  # 23.59.59 WITA
        ("2026-11-20T16:00:00Z", date(2026, 11, 21), date(2027, 1, 7)),  # midnight WITA: Saturday
        ("2026-03-20T04:00:00Z", date(2026, 3, 20), date(2026, 5, 7)),  # in the Lebaran week
        ("2026-12-31T15:30:00Z", date(2026, 12, 31), date(2027, 2, 16)),  # 31 December, 23.30 WITA
        ("2026-12-31T16:30:00Z", date(2027, 1, 1), date(2027, 2, 16)),  # 1 January, 00.30 WITA: a day off
    ],
)
def test_a_promise_starts_on_the_day_of_the_office_not_of_the_machine(
    office, petugas, time_machine, now, starts_on, due_on
):
    time_machine.move_to(datetime.fromisoformat(now))

    recorded = factories.recorded_submission(petugas).rounds.get()

    assert (recorded.starts_on, recorded.due_on, recorded.due_is_provisional) == (starts_on, due_on, False)


def test_a_leap_day_in_a_year_without_a_decree_gives_a_provisional_date(office, petugas, time_machine):
    time_machine.move_to("2028-02-29T10:00:00+08:00")

    recorded = factories.recorded_submission(petugas).rounds.get()

    assert recorded.starts_on == date(2028, 2, 29)
    assert recorded.due_is_provisional


def test_a_year_missing_in_the_calendar_gives_a_provisional_date(office, petugas, time_machine):
    """The next year is not loaded: its days off count as working days, and the due date is marked provisional."""
    DayOff.objects.filter(day__year=2027).delete()
    CalendarYear.objects.filter(year=2027).delete()
    time_machine.move_to("2026-11-20T10:00:00+08:00")

    recorded = factories.recorded_submission(petugas).rounds.get()

    assert (recorded.due_on, recorded.due_is_provisional) == (date(2027, 1, 5), True)
