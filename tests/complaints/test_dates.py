"""The days of a complaint: an earlier day of receipt, and a calendar that changes."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from complaints.actions import dates
from complaints.actions.dates import follow_calendar
from complaints.actions.handling import answer, assign_complaint, close_complaint
from complaints.actions.receiving import LONGEST_AGO, ReceivedOnNoDay
from complaints.models import Complaint, ComplaintTerm
from complaints.reporter import Reporter
from complaints.workflow import Move
from office.batches import RowsFailed
from office.formats import short_date
from office.models import DayOff
from recommendations.promise.actions.moving import change_calendar
from recommendations.promise.shifts import CalendarDraft
from tests.factories import assigned_complaint, new_complaint
from tests.pages import page

FRIDAY = datetime(2026, 11, 27, 10, tzinfo=timezone.get_default_timezone())
TUESDAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def friday():
    with time_machine.travel(FRIDAY, tick=False):
        yield FRIDAY.date()


@pytest.fixture
def desk(client_of, petugas, kepala):
    return client_of(petugas)


def entered(desk, **facts) -> str:
    form = desk.get("/aduan/catat/").context["form"]
    typed = {"channel": "box", "text": "Antrian panjang.", "form_token": str(form["form_token"].value())}
    return desk.post("/aduan/catat/", typed | facts, follow=True).content.decode()


def close_the_office(*days: date, by) -> None:
    entered = tuple(DayOff(day=day, name="Libur contoh", kind="other") for day in days)
    change_calendar(CalendarDraft(entered=entered), cause="SKB contoh", by=by)


def test_the_terms_count_from_the_day_on_which_it_reached_the_office(desk, petugas):
    shown = entered(desk, received_on="20/11/2026", reporter_name="Budi Contoh")

    complaint = Complaint.objects.get()
    assert '<p class="receipt-day">Rabu, 25 November 2026</p>' in shown
    assert (timezone.localdate(complaint.received_at), complaint.first_due_on) == (
        date(2026, 11, 20),
        date(2026, 11, 25),
    )
    assert complaint.events.get().note == "Kotak saran, sampai di kantor 20/11/2026"


def test_an_earlier_day_has_no_minute(client_of, desk, kepala):
    entered(desk, received_on="20/11/2026", reporter_name="Budi Contoh")
    entered(desk, reporter_name="Dewi Contoh")
    now, earlier = Complaint.objects.order_by("-received_at")
    head = client_of(kepala)

    assert "20 November 2026, 00.00" not in page(head, f"/aduan/{earlier.key}/", "Diterima Jumat, 20 November 2026")
    assert "Diterima Jumat, 27 November 2026, 10.00 WITA" in page(head, f"/aduan/{now.key}/", "Dewi Contoh")


@pytest.mark.parametrize("typed", ["", "27/11/2026"])
def test_today_is_the_day_when_none_is_typed(desk, typed):
    entered(desk, received_on=typed)

    assert Complaint.objects.get().received_at == FRIDAY


@pytest.mark.parametrize(
    ("typed", "told"),
    [("28/11/2026", "belum tiba"), ("26/11/2025", "lebih dari 365 hari yang lalu"), ("31/11/2026", "invalid-feedback")],
)
def test_a_day_that_cannot_be_is_refused(desk, typed, told):
    shown = entered(desk, received_on=typed)

    assert told in shown
    assert Complaint.objects.count() == 0


def test_the_act_refuses_the_same_days(friday, kepala):
    for day in (friday + timedelta(days=1), friday - LONGEST_AGO - timedelta(days=1)):
        with pytest.raises(ReceivedOnNoDay):
            new_complaint(channel="box", received_on=day)
    new_complaint(channel="box", received_on=friday - LONGEST_AGO)

    assert Complaint.objects.count() == 1


def test_the_due_dates_follow_a_changed_calendar(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    before = complaint.first_due_on, complaint.due_on
    close_the_office(TUESDAY, by=kepala)

    call_command("follow_calendar", stdout=(said := StringIO()))

    complaint.refresh_from_db()
    assert before == (date(2026, 12, 2), date(2026, 12, 4))
    assert (complaint.first_due_on, complaint.due_on) == (date(2026, 12, 3), date(2026, 12, 7))
    event = complaint.events.get(move=Move.CALENDAR)
    assert event.note == "selesai: 04/12/2026 → 07/12/2026; tanggapan pertama: 02/12/2026 → 03/12/2026"
    assert event.who == "sistem"
    assert "1 pengaduan" in said.getvalue()
    assert follow_calendar() == 0


def test_they_come_back_when_the_day_off_is_taken_back(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    close_the_office(TUESDAY, by=kepala)
    follow_calendar()
    change_calendar(CalendarDraft(removed=(TUESDAY,)), cause="SKB contoh", by=kepala)

    assert follow_calendar() == 1

    assert Complaint.objects.get().due_on == complaint.due_on


def test_a_term_that_was_met_stays(petugas, kepala):
    answered = answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas)
    closed = answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas)
    close_complaint(closed, outcome="done", note="Selesai.", by=petugas)
    close_the_office(TUESDAY, by=kepala)

    assert follow_calendar() == 1

    answered.refresh_from_db()
    closed.refresh_from_db()
    assert (answered.first_due_on, answered.due_on) == (date(2026, 12, 2), date(2026, 12, 7))
    assert (closed.first_due_on, closed.due_on) == (date(2026, 12, 2), date(2026, 12, 4))


def test_a_term_in_calendar_days_stays(petugas, kepala):
    ComplaintTerm.objects.update(unit="calendar")
    complaint = assigned_complaint(petugas, by=kepala)
    close_the_office(TUESDAY, by=kepala)

    assert follow_calendar() == 0
    assert (complaint.first_days, complaint.due_days) == (None, None)


def test_another_length_of_the_class_moves_no_promise(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    ComplaintTerm.objects.update(days=30)

    assert follow_calendar() == 0
    assert Complaint.objects.get().due_on == complaint.due_on


def test_a_day_off_has_moved_the_dates_before_the_alerts(petugas, kepala):
    new_complaint(reporter=Reporter(name="Budi Contoh"))
    close_the_office(TUESDAY, by=kepala)

    call_command("alert_complaints", stdout=StringIO())

    assert Complaint.objects.get().first_due_on == date(2026, 12, 3)


def assigned_again(complaint, code: str, *, by) -> str:
    """Give the complaint the class `code`. Return what the event says."""
    term = ComplaintTerm.objects.get(code=code)
    assign_complaint(complaint, assigned_to=complaint.assigned_to, about=None, term=term, by=by)
    return complaint.events.last().note


def test_another_class_before_the_end_moves_it_and_the_event_has_both_days(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    before = complaint.due_on

    note = assigned_again(complaint, "dengan-lapangan", by=kepala)

    complaint.refresh_from_db()
    assert complaint.due_on > before
    assert note.endswith(f"; selesai: {short_date(before)} → {short_date(complaint.due_on)}")


def test_another_class_after_the_end_moves_no_date_and_page_and_event_say_so(client_of, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    before = (complaint.due_on, complaint.due_days)

    with time_machine.travel(datetime.combine(complaint.due_on, FRIDAY.timetz()) + timedelta(days=1), tick=False):
        note = assigned_again(complaint, "dengan-lapangan", by=kepala)
        shown = page(client_of(kepala), f"/aduan/{complaint.key}/", "golongan lain tidak memindahkannya")

    complaint.refresh_from_db()
    assert (complaint.due_on, complaint.due_days, complaint.term.code) == (*before, "dengan-lapangan")
    assert note.endswith(f"; batas selesai {short_date(before[0])} sudah lewat, jadi tetap")
    assert "Terlambat" in shown


def test_a_complaint_that_cannot_move_does_not_hold_up_the_others(petugas, kepala, poison):
    bad, good = (assigned_complaint(petugas, by=kepala) for _ in range(2))
    close_the_office(TUESDAY, by=kepala)
    poison(dates, "_move", bad)

    with pytest.raises(RowsFailed):
        follow_calendar()

    assert not bad.events.filter(move=Move.CALENDAR).exists()
    assert good.events.filter(move=Move.CALENDAR).exists()
