"""The figures of a recap. Comments show how each was computed without the program."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from guestbook.models import Visit, VisitEvent
from guestbook.periods import NotAPeriod, Period, period_around, period_of
from guestbook.recap_tables import omission, tables_of
from guestbook.recaps import MEDIAN, NINETIETH, Times, in_minutes, percentile, read_median_wait, read_recap
from guestbook.workflow import Move, Status
from office.calendar import MONTHS
from office.models import Counter, Service, User
from tests.factories import UserFactory, VisitFactory, VisitorFactory

NOVEMBER = period_of("2026-11")


def at(words: str) -> datetime:
    """Return the moment `2026-11-02 08:00` in WITA."""
    return timezone.make_aware(datetime.strptime(words, "%Y-%m-%d %H:%M"))  # noqa: DTZ007 - made aware here


@pytest.fixture
def came(office, counter: Counter) -> Callable[..., Visit]:
    """Return `came`: `came("2026-11-02 08:00", called="2026-11-02 08:10", ...)` makes a visit with these WITA times."""
    officer = UserFactory(name="Rina Contoh")

    def visit(taken: str, called: str = "", serving: str = "", served: str = "", **facts) -> Visit:
        times = {"called_at": called, "serving_at": serving, "served_at": served}
        known = {name: at(words) for name, words in times.items() if words}
        place = {"counter": counter, "officer": officer} if called else {}
        status = Status.SERVED if served else Status.NO_SHOW if called else Status.WAITING
        moment = at(taken)
        facts = {"status": status, "day": timezone.localdate(moment), "taken_at": moment} | place | known | facts
        made = VisitFactory(**facts)
        if called:
            VisitEvent.objects.create(visit=made, move=Move.CALL, at=at(called), by=officer)
        return made

    return visit


# percentiles


@pytest.mark.parametrize(
    ("values", "median", "ninetieth"),
    [
        ([], None, None),
        ([7], 7, 7),
        ([10, 20], 15, 19),
        ([30, 10, 20], 20, 28),
        # rank 1 + 9 x 0.5 = 5.5 -> (5 + 6) / 2; rank 1 + 9 x 0.9 = 9.1 -> 9 + 0.1 x (100 - 9)
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], Fraction(11, 2), Fraction(181, 10)),
        # rank 1 + 10 x 0.9 = 10, whole
        (list(range(0, 110, 10)), 50, 90),
    ],
)
def test_percentiles_are_those_computed_by_hand(values, median, ninetieth):
    assert percentile(values, MEDIAN) == median
    assert percentile(values, NINETIETH) == ninetieth


@given(st.lists(st.integers(0, 10**6), min_size=1), st.fractions(0, 1))
def test_a_percentile_is_within_its_values_and_independent_of_their_order(values, share):
    found = percentile(values, share)

    assert min(values) <= found <= max(values)
    assert found == percentile(reversed(values), share)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0.0), (60, 1.0), (3, 0.1), (2, 0.0), (933, 15.6), (879, 14.7)])
def test_minutes_have_one_decimal_and_a_half_goes_up(seconds, minutes):
    assert in_minutes(Fraction(seconds)) == minutes


# periods


@pytest.mark.parametrize(
    ("code", "first", "last", "words"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "November 2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "Februari 2028"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "Desember 2026"),
        ("2026-T1", date(2026, 1, 1), date(2026, 3, 31), "Triwulan I 2026"),
        ("2026-T2", date(2026, 4, 1), date(2026, 6, 30), "Triwulan II 2026"),
        ("2026-T3", date(2026, 7, 1), date(2026, 9, 30), "Triwulan III 2026"),
        ("2026-T4", date(2026, 10, 1), date(2026, 12, 31), "Triwulan IV 2026"),
        ("2026-S1", date(2026, 1, 1), date(2026, 6, 30), "Semester I 2026"),
        ("2026-S2", date(2026, 7, 1), date(2026, 12, 31), "Semester II 2026"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "Tahun 2026"),
    ],
)
def test_a_period_knows_its_borders_and_its_code(code, first, last, words):
    period = period_of(code)

    assert (period.first, period.last, period.words, period.code) == (first, last, words, code)
    assert (period.days[0], period.days[-1]) == (first, last)
    assert len(set(period.days)) == (last - first).days + 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2026-11", "November 2026"),
        ("2026-T4", "Triwulan IV 2026 (Oktober–Desember)"),
        ("2026-S2", "Semester II 2026 (Juli–Desember)"),
        ("2026", "Tahun 2026"),
    ],
)
def test_the_title_of_a_period_names_it_once(code, words):
    assert period_of(code).full_words == words


def test_a_period_has_the_shorter_ones_inside():
    assert [one.code for one in period_of("2026-T4").inner] == ["2026-T4", "2026-10", "2026-11", "2026-12"]
    assert [one.code for one in period_of("2026").inner[:4]] == ["2026", "2026-S1", "2026-S2", "2026-T1"]
    assert len(period_of("2026").inner) == 1 + 2 + 4 + 12
    assert [one.code for one in period_of("2026-12").inner] == ["2026-12"]


@pytest.mark.parametrize(
    "code",
    ["", "2026-13", "2026-00", "2026-T5", "2026-T0", "2026-S3", "2026-S0", "26-11", "2026-11 ", "٢٠٢٦", "9999", "x"],
)
def test_a_text_that_names_no_period_is_refused(code):
    with pytest.raises(NotAPeriod):
        period_of(code)


@pytest.mark.parametrize(
    ("code", "former", "following"),
    [
        ("2026-12", "2026-11", "2027-01"),
        ("2026-T1", "2025-T4", "2026-T2"),
        ("2026-S1", "2025-S2", "2026-S2"),
        ("2026", "2025", "2027"),
    ],
)
def test_periods_follow_each_other_without_gap(code, former, following):
    period = period_of(code)

    assert (period.former.code, period.next.code) == (former, following)
    assert (period.first - period.former.last).days == (period.next.first - period.last).days == 1


@given(st.dates(date(2100, 1, 1), date(2199, 12, 31)), st.sampled_from([1, 3, 6, 12]))
def test_a_day_lies_in_the_period_around_it(day, months):
    period = period_around(day, months)

    assert period.first <= day <= period.last
    assert period_of(period.code) == period


def test_the_months_are_those_of_the_calendar():
    assert len(MONTHS) == 12
    assert Period(2026, 5, 1).words == "Mei 2026"


# one small month, computed on paper


@pytest.fixture
def november(came) -> None:
    """Make seven visits of November, one of 31 October and one of 1 December."""
    women, library = VisitorFactory(sex="female", education="master"), Service.objects.get(prefix="P")
    two = {"counter": Counter.objects.get(number=2), "officer": UserFactory(name="Dewi Contoh")}
    came("2026-10-31 23:59", "2026-10-31 23:59", "2026-10-31 23:59", "2026-10-31 23:59")
    # waits 10, 20, 40 minutes; services 15, 30, 60 minutes
    came("2026-11-01 00:01", "2026-11-01 00:11", "2026-11-01 00:12", "2026-11-01 00:27", visitor=women)
    came("2026-11-02 08:00", "2026-11-02 08:20", "2026-11-02 08:21", "2026-11-02 08:51", visitor=women)
    came("2026-11-02 08:05", "2026-11-02 08:45", "2026-11-02 08:46", "2026-11-02 09:46", service=library, **two)
    # over midnight: number at 23.50, called at 00.05, served at 00.30
    came("2026-11-02 23:50", "2026-11-03 00:05", "2026-11-03 00:06", "2026-11-03 00:30")
    # served days later: the wait was short, but the visit counts in no time
    came("2026-11-03 09:00", "2026-11-03 09:01", "2026-11-03 09:02", "2026-11-20 16:00")
    # one did not come; one left before a call
    came("2026-11-30 23:00", "2026-11-30 23:30")
    came("2026-11-30 23:59", status=Status.LEFT)
    came("2026-12-01 00:00", "2026-12-01 00:01", "2026-12-01 00:02", "2026-12-01 00:03")


def test_a_month_holds_its_own_days_only(november):
    whole = read_recap(NOVEMBER).whole

    assert (whole.visits, whole.served, whole.missed, whole.left, whole.open) == (7, 5, 1, 1, 0)


def test_times_are_of_one_day_only_and_the_rest_is_counted(november):
    whole = read_recap(NOVEMBER).whole

    # waits in minutes: 10, 20, 30 (did not come), 40; median 25, rank 1 + 3 x 0.9 = 3.7 -> 30 + 0.7 x 10 = 37
    assert sorted(whole.waits.seconds) == [600, 1200, 1800, 2400]
    assert (whole.waits.median, whole.waits.ninetieth, whole.waits.omitted) == (25.0, 37.0, 3)
    # services in minutes: 15, 30, 60; median 30, rank 1 + 2 x 0.9 = 2.8 -> 30 + 0.8 x 30 = 54
    assert sorted(whole.services.seconds) == [900, 1800, 3600]
    assert (whole.services.median, whole.services.ninetieth, whole.services.omitted) == (30.0, 54.0, 2)
    assert omission(whole.waits) == "3 kunjungan tanpa waktu lengkap tidak dihitung."


def test_every_visit_is_either_in_the_waits_or_counted_as_left_out(november):
    recap = read_recap(NOVEMBER)

    for group in [recap.whole, *recap.services, *recap.counters, *recap.officers, *(day for _, day in recap.days)]:
        assert len(group.waits.seconds) + group.waits.omitted == group.visits


def test_visits_are_grouped_by_day_service_counter_and_officer(november):
    recap = read_recap(NOVEMBER)

    days = {day.isoformat(): group.visits for day, group in recap.days}
    assert days == {"2026-11-01": 1, "2026-11-02": 3, "2026-11-03": 1, "2026-11-30": 2}
    assert [(group.name, group.visits) for group in recap.services] == [
        ("Rekomendasi Kegiatan Statistik", 6),
        ("Perpustakaan", 1),
    ]
    assert [(group.name, group.visits) for group in recap.counters] == [
        ("Loket 1", 5),
        ("Loket 2", 1),
        ("belum ada", 1),
    ]
    assert [(group.name, group.visits) for group in recap.officers] == [
        ("Rina Contoh", 5),
        ("Dewi Contoh", 1),
        ("belum ada", 1),
    ]
    library = recap.services[1]
    assert (library.waits.median, library.services.median) == (40.0, 60.0)


def test_classes_are_counted_by_visit_and_what_is_empty_too(november):
    recap = read_recap(NOVEMBER)

    tables = {table.key: table for table in tables_of(recap)}

    # 2 of 7 are 28.571 %, 5 of 7 are 71.428 %
    assert tables["sex"].rows == [["Laki-laki", 0, 0.0], ["Perempuan", 2, 28.6], ["tidak diisi", 5, 71.4]]
    assert ["S2", 2, 28.6] in tables["education"].rows
    assert tables["data_use"].rows[-1] == ["tidak diisi", 7, 100.0]


def test_two_officers_of_one_name_are_two(came):
    for _ in range(2):
        came("2026-11-02 08:00", "2026-11-02 08:20", officer=UserFactory(name="Rina Contoh"))

    assert [(group.name, group.visits) for group in read_recap(NOVEMBER).officers] == [("Rina Contoh", 1)] * 2


@pytest.mark.parametrize(
    ("code", "visits"),
    [("2025", 1), ("2025-T4", 1), ("2025-12", 1), ("2026", 3), ("2026-T1", 2), ("2026-01", 1), ("2026-T2", 1)],
)
def test_years_and_quarters_end_at_midnight_wita(came, code, visits):
    for moment in ("2025-12-31 23:59", "2026-01-01 00:00", "2026-03-31 23:59", "2026-04-01 00:00"):
        came(moment)

    assert read_recap(period_of(code)).whole.visits == visits


def test_a_wait_from_the_old_year_into_the_new_counts_in_no_time(came):
    came("2025-12-31 23:55", "2026-01-01 00:05", "2026-01-01 00:06", "2026-01-01 00:20")

    whole = read_recap(period_of("2025-12")).whole

    assert (whole.visits, whole.waits, whole.services) == (1, Times((), 1), Times((), 1))
    assert read_recap(period_of("2026-01")).whole.visits == 0


def test_a_morning_in_wita_that_is_yesterday_in_utc_is_one_day(came):
    came("2026-11-02 07:30", "2026-11-02 08:30", "2026-11-02 08:31", "2026-11-02 08:41")

    whole = read_recap(NOVEMBER).whole

    assert (whole.waits, whole.services) == (Times((3600,), 0), Times((600,), 0))


def test_the_wait_ends_at_the_first_call_however_often_it_is_repeated(came, petugas: User):
    visit = came("2026-11-02 08:00", "2026-11-02 08:10")
    for move in (Move.RECALL, Move.CALL):
        VisitEvent.objects.create(visit=visit, move=move, at=at("2026-11-02 09:00"), by=petugas)

    whole = read_recap(NOVEMBER).whole

    assert (whole.visits, whole.waits) == (1, Times((600,), 0))


def test_a_served_visit_without_its_start_and_a_clock_set_back_are_left_out_and_counted(came):
    came("2026-11-02 08:00", "2026-11-02 08:10", served="2026-11-02 08:30")
    came("2026-11-02 09:00", "2026-11-02 08:59", "2026-11-02 09:10", "2026-11-02 09:05")

    whole = read_recap(NOVEMBER).whole

    assert (whole.waits, whole.services) == (Times((600,), 1), Times((), 2))


def test_late_entries_and_visits_closed_at_night_are_counted_but_not_timed(came):
    whole_visit = ("2026-11-02 08:00", "2026-11-02 08:10", "2026-11-02 08:11", "2026-11-02 08:30")
    came(*whole_visit, is_late_entry=True)
    came(*whole_visit[:3], status=Status.UNCLOSED)

    whole = read_recap(NOVEMBER).whole

    assert (whole.visits, whole.open) == (2, 1)
    assert (whole.waits, whole.services) == (Times((), 2), Times((), 2))


def test_the_errors_of_the_estimates_leave_out_visits_without_an_estimate(came):
    for taken, called, off in [("08:00", "08:10", 5), ("09:00", "09:20", -10), ("10:00", "10:05", 20)]:
        came(f"2026-11-02 {taken}", f"2026-11-02 {called}", estimate_off=off)
    came("2026-11-02 11:00", "2026-11-02 11:05")
    came("2026-11-02 23:55", "2026-11-03 00:05", estimate_off=500)  # over midnight: counts in no time
    recap = read_recap(NOVEMBER)

    rows = {row[0]: row[1] for row in tables_of(recap)[0].rows}

    assert rows["Nomor dengan perkiraan tunggu"] == 3
    assert rows["Perkiraan meleset, median"] == 5.0  # of -10, 5, 20
    # of 5, 10, 20 without sign: rank 1 + 2 x 0.9 = 2.8 -> 10 + 0.8 x 10
    assert rows["Perkiraan meleset tanpa tanda, persentil 90"] == 18.0


@pytest.mark.parametrize("extra", [0, 1, 2])
def test_the_median_wait_alone_is_that_of_the_whole_recap_and_reads_two_visits(came, november, extra, petugas):
    whole_visit = ("2026-11-05 08:00", "2026-11-05 08:10", "2026-11-05 08:11", "2026-11-05 08:30")
    came(*whole_visit, is_late_entry=True)
    came(*whole_visit[:3], status=Status.UNCLOSED)
    came("2026-11-05 09:00", "2026-11-05 08:59", "2026-11-05 09:10", "2026-11-05 09:05")
    came("2026-11-05 08:00", "2026-11-05 08:10", served="2026-11-05 08:30")
    for number in range(extra):
        visit = came("2026-11-06 07:30", f"2026-11-06 08:0{number}")  # 07.30 is yesterday in UTC
        VisitEvent.objects.create(visit=visit, move=Move.CALL, at=at("2026-11-06 09:00"), by=petugas)

    with CaptureQueriesContext(connection) as asked:
        median = read_median_wait(NOVEMBER)

    waits = read_recap(NOVEMBER).whole.waits
    assert len(waits.seconds) == 5 + extra
    assert median == waits.median
    assert ("LIMIT 1" in asked[-1]["sql"], "LIMIT 2" in asked[-1]["sql"]) == (extra != 1, extra == 1)
    assert read_median_wait(period_of("2025")) is None


def test_an_empty_period_has_zeros_and_no_times(office):
    recap = read_recap(NOVEMBER)

    whole = recap.whole
    assert (whole.visits, whole.waits.median, whole.services.ninetieth) == (0, None, None)
    assert len(tables_of(recap)) == 11
    assert omission(whole.waits) == "Semua kunjungan dihitung."


def test_a_year_has_its_months_and_a_recap_is_one_query_for_any_number_of_visits(came, november):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            read_recap(period_of("2026"))
        return len(asked)

    few = queries()
    for minute in range(30):
        came(f"2026-06-{minute % 9 + 1:02} 08:{minute:02}", officer=UserFactory())

    assert queries() == few == 1
    recap = read_recap(period_of("2026"))
    assert [(group.name, group.visits) for group in recap.months] == [
        ("Juni 2026", 30),
        ("Oktober 2026", 1),
        ("November 2026", 7),
        ("Desember 2026", 1),
    ]
