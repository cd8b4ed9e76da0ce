from datetime import date

import pytest

from recommendations.due_meter import Clock, meter
from recommendations.workflow import Status

CLOCK = Clock(started_on=date(2026, 11, 20), due_on=date(2027, 1, 7))
DAYS_OFF = {date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 5)}


def on(today, status=Status.CHECKING, clock=CLOCK):
    return meter(status, clock, today=today, total=30, days_off=DAYS_OFF)


@pytest.mark.parametrize(
    ("today", "kind", "say", "used"),
    [
        (date(2026, 11, 20), "ok", "Sisa 30 hari kerja", 0),
        (date(2026, 11, 23), "ok", "Sisa 29 hari kerja", 1),
        (date(2026, 12, 28), "ok", "Sisa 6 hari kerja", 24),
        (date(2026, 12, 29), "warn", "Sisa 5 hari kerja", 25),
        (date(2027, 1, 7), "warn", "Hari terakhir", 30),
        (date(2027, 1, 8), "late", "Terlambat 1 hari kerja", 30),
    ],
)
def test_the_meter_counts_working_days(today, kind, say, used):
    shown = on(today)

    assert (shown.kind, shown.say, shown.used) == (kind, say, used)


def test_a_return_that_has_not_reached_the_applicant_does_not_stop_the_promise():
    shown = on(date(2026, 12, 28), Status.RETURNED)

    assert (shown.say, shown.used) == ("Sisa 6 hari kerja", 24)
    assert shown.sub.startswith("Dikembalikan, belum sampai pada pemohon. Hari kerja ke-24 dari 30")


def test_a_provisional_date_is_called_so():
    clock = Clock(CLOCK.started_on, CLOCK.due_on, is_provisional=True)

    shown = on(date(2026, 11, 23), clock=clock)

    assert shown.kind == "info"
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
