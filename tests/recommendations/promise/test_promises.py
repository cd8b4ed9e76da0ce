"""Promises move when the calendar changes, each with a row in the ledger, or by a decision with its reason."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from office.calendar import WorkingDays, add_working_days, working_days_between
from office.models import CalendarChange, CalendarYear, DayOff, Mail
from recommendations.models import DueChange, Round, Submission
from recommendations.promise.actions.moving import (
    CalendarMovedOn,
    NoSuchDueDate,
    PromiseNotRunning,
    change_calendar,
    move_due_date,
)
from recommendations.promise.shifts import CalendarDraft, preview, preview_mark
from recommendations.promise.tasks import tell_later_dues
from recommendations.submissions.actions.opening import cancel
from recommendations.submissions.timeline import timeline
from tests import factories

pytestmark = pytest.mark.django_db
DECREE = "SKB 3 Menteri Nomor 1 Tahun 2026 (contoh)"


@pytest.fixture
def friday(time_machine):
    time_machine.move_to("2026-11-20T14:05:00+08:00")


@pytest.fixture
def promised(friday, office, petugas) -> Round:
    return factories.recorded_submission(petugas).rounds.get()


def off(day: date, name: str = "Cuti bersama tambahan") -> DayOff:
    return DayOff(day=day, name=name, kind=DayOff.Kind.COLLECTIVE)


def test_an_added_day_off_moves_the_promise_later_and_records_the_cause(promised, petugas):
    draft = CalendarDraft(entered=(off(date(2026, 12, 28)),))

    shown = preview(draft)
    change, moved = change_calendar(draft, cause=DECREE, by=petugas, shown=preview_mark(shown))

    promised.refresh_from_db()
    promised.submission.refresh_from_db()
    ledger = DueChange.objects.get()
    assert [(shift.old_due_on, shift.new_due_on, shift.count) for shift in shown] == [
        (date(2027, 1, 7), date(2027, 1, 8), 1)
    ]
    assert (moved, promised.due_on, promised.submission.due_on) == (1, date(2027, 1, 8), date(2027, 1, 8))
    assert (ledger.old_due_on, ledger.new_due_on) == (date(2027, 1, 7), date(2027, 1, 8))
    assert (ledger.calendar_change, ledger.cause, ledger.by) == (change, DECREE, petugas)
    told = timeline(promised.submission)[0]
    assert told.words == "Jatuh tempo pindah"
    assert told.note == f"dari 07/01/2027 menjadi 08/01/2027: {DECREE}, kalender versi {change.pk}"
    assert DayOff.objects.get(day=date(2026, 12, 28)).source == DECREE


def test_a_removed_day_off_moves_the_promise_earlier_without_a_mail(promised, petugas):
    draft = CalendarDraft(removed=(date(2026, 12, 24),))

    change, _ = change_calendar(draft, cause=DECREE, by=petugas)
    tell_later_dues()

    promised.refresh_from_db()
    assert promised.due_on == date(2027, 1, 6)
    assert not Mail.objects.exists()
    assert change.removed[0]["day"] == "2026-12-24"


def test_an_applicant_whose_due_date_moves_later_gets_one_mail(promised, petugas):
    change_calendar(CalendarDraft(entered=(off(date(2026, 12, 28)),)), cause=DECREE, by=petugas)

    tell_later_dues()
    tell_later_dues()

    mail = Mail.objects.get()
    assert mail.to == promised.submission.applicant.email
    assert "Jumat, 8 Januari 2027" in mail.body
    assert DECREE in mail.body


def test_only_promises_that_run_are_moved(friday, office, petugas, kepala):
    running, told, cancelled = (factories.recorded_submission(petugas) for _ in range(3))
    Round.objects.filter(submission=told).update(told_at=timezone.now())
    cancel(cancelled, reason="Ditarik pemohon", by=petugas)
    verified = factories.verified_submission(petugas)

    _, moved = change_calendar(CalendarDraft(entered=(off(date(2026, 12, 28)),)), cause=DECREE, by=petugas)

    assert moved == 2
    assert set(DueChange.objects.values_list("round__submission", flat=True)) == {running.pk, verified.pk}
    assert not Submission.objects.get(pk=cancelled.pk).due_on


def test_a_change_after_the_preview_is_not_applied_unseen(promised, petugas, office):
    draft = CalendarDraft(entered=(off(date(2026, 12, 28)),))
    shown = preview(draft)
    factories.recorded_submission(petugas)

    with pytest.raises(CalendarMovedOn):
        change_calendar(draft, cause=DECREE, by=petugas, shown=preview_mark(shown))
    kept = [CalendarChange.objects.filter(cause=DECREE), DueChange.objects, DayOff.objects.filter(day="2026-12-28")]
    counts = [rows.count() for rows in kept]

    change_calendar(draft, cause=DECREE, by=petugas, shown=preview_mark(preview(draft)))
    assert counts == [0, 0, 0]
    assert [rows.count() for rows in kept] == [1, 2, 1]


def test_a_decree_revised_twice_leaves_two_lines_in_the_ledger(promised, petugas):
    change_calendar(CalendarDraft(entered=(off(date(2026, 12, 28)),)), cause="Perubahan pertama", by=petugas)
    change_calendar(CalendarDraft(entered=(off(date(2026, 12, 29)),)), cause="Perubahan kedua", by=petugas)

    promised.refresh_from_db()
    assert promised.due_on == date(2027, 1, 11)
    assert [change.cause for change in promised.due_changes.all()] == ["Perubahan pertama", "Perubahan kedua"]


def test_entering_a_decree_makes_a_provisional_promise_certain(office, petugas, time_machine):
    time_machine.move_to("2027-12-20T09:00:00+08:00")
    promised = factories.recorded_submission(petugas).rounds.get()
    assert promised.due_is_provisional

    change_calendar(CalendarDraft(decreed_years=(2028,)), cause="SKB 2028 (contoh)", by=petugas)

    promised.refresh_from_db()
    assert not promised.due_is_provisional
    assert CalendarYear.objects.get(year=2028).source == "SKB 2028 (contoh)"
    assert not DueChange.objects.exists()


def test_a_decree_that_also_moves_the_day_makes_it_certain_too(office, petugas, time_machine):
    time_machine.move_to("2027-12-20T09:00:00+08:00")
    promised = factories.recorded_submission(petugas).rounds.get()
    draft = CalendarDraft(entered=(off(date(2028, 1, 31)),), decreed_years=(2028,))

    change_calendar(draft, cause="SKB 2028 (contoh)", by=petugas)

    before, promised = promised, Round.objects.get()
    assert promised.due_on > before.due_on
    assert not promised.due_is_provisional


def test_a_day_off_that_is_entered_again_replaces_the_old_one(promised, petugas):
    draft = CalendarDraft(entered=(off(date(2026, 12, 24), "Nama lain"),))

    change_calendar(draft, cause=DECREE, by=petugas)

    assert DayOff.objects.get(day=date(2026, 12, 24)).name == "Nama lain"
    assert not DueChange.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_rounds(friday, office, petugas, django_assert_max_num_queries):
    for _ in range(5):
        factories.recorded_submission(petugas)

    with django_assert_max_num_queries(20):
        _, moved = change_calendar(CalendarDraft(entered=(off(date(2026, 12, 28)),)), cause=DECREE, by=petugas)

    assert moved == 5


def test_a_decision_moves_one_promise_and_records_its_reason(promised, kepala):
    move_due_date(promised, due_on=date(2027, 1, 15), reason="Menunggu pendapat walidata", by=kepala)
    tell_later_dues()

    promised.refresh_from_db()
    promised.submission.refresh_from_db()
    assert (promised.due_on, promised.submission.due_on) == (date(2027, 1, 15), date(2027, 1, 15))
    assert promised.promise_days == 36
    assert timeline(promised.submission)[0].note == "dari 07/01/2027 menjadi 15/01/2027: Menunggu pendapat walidata"
    assert "Menunggu pendapat walidata" in Mail.objects.get().body


def test_a_moved_promise_keeps_its_number_of_days_when_the_calendar_changes(promised, petugas, kepala):
    move_due_date(promised, due_on=date(2027, 1, 15), reason="Menunggu pendapat walidata", by=kepala)

    change_calendar(CalendarDraft(entered=(off(date(2027, 1, 11)),)), cause=DECREE, by=petugas)

    promised.refresh_from_db()
    assert promised.due_on == date(2027, 1, 18)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2027, 1, 7), "sudah"),
        (date(2027, 1, 9), "bukan hari kerja"),
        (date(2026, 12, 25), "bukan hari kerja"),
        (date(2026, 11, 19), "sesudahnya"),
    ],
)
def test_an_impossible_due_date_is_refused(promised, kepala, due_on, words):
    with pytest.raises(NoSuchDueDate, match=words):
        move_due_date(promised, due_on=due_on, reason="Alasan", by=kepala)
    refused = DueChange.objects.count()

    move_due_date(promised, due_on=date(2027, 1, 8), reason="Alasan", by=kepala)
    assert refused == 0
    assert DueChange.objects.get().new_due_on == date(2027, 1, 8)


def test_a_promise_that_was_kept_is_not_moved(promised, kepala):
    Round.objects.update(told_at=timezone.now())

    with pytest.raises(PromiseNotRunning):
        move_due_date(promised, due_on=date(2027, 1, 15), reason="Alasan", by=kepala)


days = st.dates(date(2025, 6, 1), date(2027, 6, 30))


@given(start=days, end=days, count=st.integers(1, 80), days_off=st.sets(days, max_size=60))
def test_looking_up_working_days_equals_counting_them_one_by_one(start, end, count, days_off):
    calendar = WorkingDays(days_off, since=date(2026, 1, 1), until=date(2027, 3, 31))

    assert calendar.add(start, count) == add_working_days(start, count, days_off)
    assert calendar.between(start, end) == working_days_between(start, end, days_off)


def test_a_promise_that_starts_at_the_edge_of_the_year_is_found_in_the_years_looked_up(office):
    calendar = WorkingDays(set(), since=date(2026, 1, 1), until=date(2026, 12, 31))

    assert calendar.add(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert calendar.add(date(2026, 12, 30), 1) == date(2026, 12, 31)
