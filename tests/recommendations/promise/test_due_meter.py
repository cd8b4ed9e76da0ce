from datetime import date

import pytest

from recommendations.promise.due_meter import Clock, meter
from recommendations.workflow import Status

CLOCK = Clock(started_on=date(2026, 11, 20), due_on=date(2027, 1, 7))
DAYS_OFF = {date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 5)}


def on(today, status=Status.CHECKING, clock=CLOCK):
    return meter(status, clock, today=today, total=30, days_off=DAYS_OFF)


@pytest.mark.parametrize(
    ("today", "kind", "icon", "say", "left", "used"),
    [
        (date(2026, 11, 20), "ok", "ok", "Aman", "sisa 30 hari kerja", 0),
        (date(2026, 11, 23), "ok", "ok", "Aman", "sisa 29 hari kerja", 1),
        (date(2026, 12, 10), "ok", "ok", "Aman", "sisa 16 hari kerja", 14),
        (date(2026, 12, 11), "ok", "clock", "Setengah waktu", "sisa 15 hari kerja", 15),
        (date(2026, 12, 28), "ok", "clock", "Setengah waktu", "sisa 6 hari kerja", 24),
        (date(2026, 12, 29), "warn", "warn", "Segera", "sisa 5 hari kerja", 25),
        (date(2027, 1, 7), "warn", "warn", "Hari ini", "", 30),
        (date(2027, 1, 8), "late", "late", "Terlambat 1 hari kerja", "", 30),
        (date(2027, 1, 12), "late", "late", "Terlambat 3 hari kerja", "", 30),
    ],
)
def test_the_light_is_icon_word_and_colour_by_working_days(today, kind, icon, say, left, used):
    shown = on(today)

    assert (shown.kind, shown.icon, shown.say, shown.left, shown.used) == (kind, icon, say, left, used)


def test_the_weekend_after_a_due_friday_is_past_it():
    clock = Clock(started_on=date(2026, 11, 20), due_on=date(2026, 12, 4))

    assert on(date(2026, 12, 4), clock=clock).say == "Hari ini"
    saturday, sunday, monday = (on(date(2026, 12, day), clock=clock) for day in (5, 6, 7))

    assert (saturday.kind, saturday.say) == (sunday.kind, sunday.say) == ("late", "Lewat jatuh tempo")
    assert (monday.kind, monday.say) == ("late", "Terlambat 1 hari kerja")


def test_a_return_that_has_not_reached_the_applicant_does_not_stop_the_promise():
    shown = on(date(2026, 12, 28), Status.RETURNED)

    assert (shown.say, shown.left, shown.used) == ("Setengah waktu", "sisa 6 hari kerja", 24)
    assert shown.sub.startswith("Dikembalikan, belum sampai pada pemohon. Hari kerja ke-24 dari 30")


def test_a_provisional_date_is_marked_as_provisional():
    clock = Clock(CLOCK.started_on, CLOCK.due_on, is_provisional=True)

    shown = on(date(2026, 11, 23), clock=clock)

    assert (shown.kind, shown.say, shown.is_provisional) == ("info", "Aman", True)
    assert shown.sub.endswith("Kamis, 7 Januari 2027 (sementara)")


@pytest.mark.parametrize(
    ("status", "clock", "say"),
    [
        (Status.RECORDING, None, "Belum mulai"),
        (Status.RETURNED, Clock(CLOCK.started_on, CLOCK.due_on, date(2026, 12, 7)), "Berhenti"),
        (Status.CANCELLED, CLOCK, "Dibatalkan"),
        (Status.SENT, Clock(CLOCK.started_on, CLOCK.due_on, date(2026, 12, 7)), "Terpenuhi"),
        (Status.SENT, Clock(CLOCK.started_on, CLOCK.due_on, date(2027, 1, 8)), "Terlambat dipenuhi"),
    ],
)
def test_a_clock_that_does_not_run_has_no_ruler(status, clock, say):
    shown = on(date(2027, 1, 8), status, clock)

    assert (shown.say, shown.used) == (say, None)
