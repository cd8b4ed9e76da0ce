"""Working days compared with the decrees (SKB 3 Menteri), and with a slow count day by day."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from office.calendar import add_working_days, is_working_day, working_days_between
from office.models import CalendarYear, DayOff

LEBARAN = {date(2026, 3, 18), date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 24)}
days = st.dates(date(2023, 1, 1), date(2027, 6, 30))
offs = st.sets(days, max_size=60)


def test_the_first_working_day_after_the_start_is_day_one():
    friday = date(2026, 11, 20)

    assert add_working_days(friday, 1, set()) == date(2026, 11, 23)


def test_a_start_on_a_saturday_counts_as_the_friday_before():
    assert add_working_days(date(2026, 11, 21), 30, set()) == add_working_days(date(2026, 11, 20), 30, set())


def test_the_lebaran_week_is_skipped_as_a_whole():
    assert add_working_days(date(2026, 3, 17), 1, LEBARAN) == date(2026, 3, 25)


def test_a_promise_of_no_days_is_a_mistake():
    with pytest.raises(ValueError, match="1 or more"):
        add_working_days(date(2026, 11, 20), 0, set())


@given(start=days, count=st.integers(1, 60), days_off=offs)
def test_the_due_day_is_a_working_day_and_as_many_lie_before_it_as_promised(start, count, days_off):
    due = add_working_days(start, count, days_off)

    assert is_working_day(due, days_off)
    assert working_days_between(start, due, days_off) == count


@given(start=days, length=st.integers(0, 120), days_off=offs)
def test_days_between_are_those_counted_one_by_one(start, length, days_off):
    end = start + timedelta(days=length)

    by_hand = [start + timedelta(days=n) for n in range(1, length + 1)]

    counted = working_days_between(start, end, days_off)
    assert counted == len([day for day in by_hand if day.weekday() < 5 and day not in days_off])
    assert working_days_between(end, start, days_off) == -counted


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["2026-11-20"], "2027-01-07"),
        (["2026-11-22"], "2027-01-07"),
        (["2026-11-20", "--days", "1"], "2026-11-23"),
        (["2027-12-20"], "2028-02-02 provisional"),
    ],
)
def test_due_date_prints_the_day_first(office, capsys, arguments, printed):
    call_command("load_calendar", 2028)
    capsys.readouterr()

    call_command("due_date", *arguments)

    assert capsys.readouterr().out.splitlines()[0] == printed


def test_due_date_explains_every_day_it_skipped(office, capsys):
    capsys.readouterr()

    call_command("due_date", "2026-12-22", "--days", "3", "--explain")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2026-12-29"
    assert [line[:10] for line in lines[1:]] == ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27"]
    assert "Cuti Bersama" in lines[1]
    assert "Natal" in lines[2]
    assert lines[3].endswith("Sabtu")


@pytest.mark.parametrize("start", ["2026-02-30", "kemarin", "20-11-2026"])
def test_due_date_says_what_to_type_for_an_impossible_date(office, start):
    with pytest.raises(CommandError, match="Tulis seperti"):
        call_command("due_date", start)


def test_loading_a_year_again_keeps_what_the_office_entered(office, capsys):
    DayOff.objects.create(day=date(2026, 8, 18), name="Cuti bersama tambahan", kind=DayOff.Kind.COLLECTIVE)
    before = DayOff.objects.count()

    call_command("load_calendar", 2026)

    assert DayOff.objects.count() == before
    assert DayOff.objects.get(day=date(2026, 8, 18)).name == "Cuti bersama tambahan"


def test_a_year_without_a_decree_is_not_called_decreed(office, capsys):
    call_command("load_calendar", 2029)

    assert not CalendarYear.objects.get(year=2029).is_decreed
    assert CalendarYear.objects.get(year=2027).is_decreed
