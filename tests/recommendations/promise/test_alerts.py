"""Alerts are sent in time, once, in one mail per person and day, and also after the machine was off."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from office.models import DayOff, Mail
from recommendations.models import AlertDay, Round
from recommendations.promise.actions.moving import change_calendar, move_due_date
from recommendations.promise.alerts import NAMED, AlertLevel, alert
from recommendations.promise.shifts import CalendarDraft
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(time_machine, office, petugas) -> Round:
    """Return a round recorded on Friday 20 November 2026: day 15 is 11 December, due Thursday 7 January 2027."""
    time_machine.move_to("2026-11-20T14:05:00+08:00")
    return factories.recorded_submission(petugas).rounds.get()


def level_told_on(day: date) -> int:
    """Send the alerts of `day`. Return the level of the only round, or 0 when no alert was sent."""
    return Round.objects.get().alert_level if alert(day) else 0


def days(first: date, last: date) -> list[date]:
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]


def test_a_promise_is_alerted_at_half_time_then_5_and_2_days_before_then_on_the_day_and_after_it(promised):
    span = days(date(2026, 11, 23), date(2027, 1, 12))

    told = {day: level for day in span if (level := level_told_on(day))}

    assert told == {
        date(2026, 12, 11): AlertLevel.HALF,
        date(2026, 12, 29): AlertLevel.NEAR,
        date(2027, 1, 4): AlertLevel.SOON,
        date(2027, 1, 7): AlertLevel.TODAY,
        date(2027, 1, 8): AlertLevel.LATE,
        date(2027, 1, 11): AlertLevel.LATE,
        date(2027, 1, 12): AlertLevel.LATE,
    }


def test_the_same_alert_run_ten_times_is_sent_once(promised, petugas, time_machine):
    time_machine.move_to("2026-12-11T06:30:00+08:00")

    for _ in range(10):
        call_command("alert_due", stdout=StringIO())

    mail = Mail.objects.get()
    assert mail.to == petugas.email
    assert "setengah waktu sudah lewat" in mail.body


def test_after_a_week_without_a_worker_only_the_most_urgent_alert_is_sent(promised):
    alert(date(2026, 12, 28))

    alert(date(2027, 1, 6))

    assert Round.objects.get().alert_level == AlertLevel.SOON
    assert [mail.key.rpartition(":")[2] for mail in Mail.objects.order_by("pk")] == ["2026-12-28", "2027-01-06"]


def test_no_alert_is_sent_on_a_day_off(promised):
    assert [alert(day) for day in (date(2027, 1, 9), date(2027, 1, 10), date(2027, 1, 5))] == [0, 0, 0]
    assert not AlertDay.objects.exists()


def test_the_kepala_is_alerted_from_two_days_before(promised, kepala):
    alert(date(2026, 12, 29))
    before = set(Mail.objects.values_list("to", flat=True))

    alert(date(2027, 1, 4))

    assert kepala.email not in before
    assert Mail.objects.filter(to=kepala.email).count() == 1


def test_one_person_gets_one_mail_a_day_however_many_promises(time_machine, office, petugas, kepala):
    time_machine.move_to("2026-11-20T14:05:00+08:00")
    for _ in range(NAMED + 3):
        factories.recorded_submission(petugas)

    alert(date(2027, 1, 8))

    mails = {mail.to: mail for mail in Mail.objects.all()}
    assert set(mails) == {petugas.email, kepala.email}
    assert mails[petugas.email].body.count("terlambat, sebab belum ditulis; petugas Rina Contoh") == NAMED
    assert "dan 3 lagi" in mails[petugas.email].body
    assert f"{NAMED + 3} permohonan terlambat" in mails[petugas.email].body


def test_a_round_whose_applicant_was_told_is_not_alerted(promised):
    Round.objects.update(told_at=timezone.now())

    assert alert(date(2027, 1, 8)) == 0
    assert not Mail.objects.exists()


def test_a_promise_moved_later_is_not_alerted_a_second_time_for_the_same(promised, petugas):
    alert(date(2026, 12, 29))
    extra = DayOff(day=date(2026, 12, 30), name="Cuti bersama tambahan", kind=DayOff.Kind.COLLECTIVE)
    change_calendar(CalendarDraft(entered=(extra,)), cause="SKB contoh", by=petugas)

    said = [alert(day) for day in days(date(2026, 12, 31), date(2027, 1, 4))]

    assert Round.objects.get().due_on == date(2027, 1, 8)
    assert said == [0, 0, 0, 0, 0]
    assert alert(date(2027, 1, 6)) == 1


def test_a_late_promise_with_a_new_due_date_is_alerted_again_when_that_has_passed(promised, kepala):
    alert(date(2027, 1, 8))
    move_due_date(promised, due_on=date(2027, 2, 26), reason="Menunggu walidata", by=kepala)

    assert alert(date(2027, 1, 11)) == 0
    assert Round.objects.get().alert_level == 0
    assert alert(date(2027, 3, 1)) == 1
    assert Round.objects.get().alert_level == AlertLevel.LATE


def test_alerts_of_an_officer_who_left_go_to_the_kepala(promised, petugas, kepala):
    petugas.is_active = False
    petugas.save()

    alert(date(2026, 12, 11))

    assert [mail.to for mail in Mail.objects.all()] == [kepala.email]


def test_more_promises_take_no_more_statements(time_machine, office, petugas, kepala, django_assert_max_num_queries):
    time_machine.move_to("2026-11-20T14:05:00+08:00")
    for _ in range(6):
        factories.recorded_submission(petugas)

    with django_assert_max_num_queries(20) as counted:
        alert(date(2027, 1, 8))
    work = [query for query in counted if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    with django_assert_max_num_queries(5):
        again = alert(date(2027, 1, 8))

    assert again == 0
    assert len(work) <= 10, [query["sql"][:80] for query in work]
