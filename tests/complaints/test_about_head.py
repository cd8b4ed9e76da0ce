"""A complaint about the head of the office: another person reads it, assigns it and ends it."""

from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from complaints.actions import receiving
from complaints.actions.handling import (
    IsAboutThem,
    NotYours,
    StaysAboutTheHead,
    answer,
    assign_complaint,
    close_complaint,
)
from complaints.actions.receiving import give_waiting
from complaints.actions.talking import rate_handling
from complaints.alerts import alert_complaints
from complaints.models import Complaint, ComplaintTerm
from complaints.recap_files import complaint_recap_book
from complaints.recaps import LEFT_OUT, complaint_tables, complaints_of
from complaints.reporter import Reporter
from complaints.staff import readers_of_all
from complaints.workflow import Move, Status
from guestbook.periods import period_around
from office.models import DayOff, Head, Mail, Office, User
from tests.complaints.acts import act
from tests.factories import UserFactory, assigned_complaint, new_complaint
from tests.pages import page

PERIOD = period_around(timezone.localdate(), 1)


def named_about(head: User) -> Complaint:
    """Return a complaint about the head of a reporter with a name: an officer gets it at once."""
    return new_complaint(about=head, reporter=Reporter(name="Budi Contoh"))


@pytest.fixture
def deputy(kepala) -> User:
    """Return a Plh. of today, beside the Kepala."""
    user = UserFactory(username="plh", name="Sari Contoh", email="sari@contoh.example")
    user.groups.set(kepala.groups.all())
    Head.objects.create(user=user, capacity="Plh.", since_on=timezone.localdate())
    return user


def test_it_goes_to_an_officer_and_the_head_learns_nothing(petugas, kepala):
    complaint = named_about(kepala)

    assert (complaint.status, complaint.assigned_to) == (Status.ASSIGNED, petugas)
    assert "pengaduan tentang Kepala" in complaint.events.last().note
    assert list(Complaint.objects.visible_to(petugas)) == [complaint]
    assert list(Complaint.objects.visible_to(kepala)) == []
    assert set(Mail.objects.values_list("to", flat=True)) == {petugas.email}


def test_the_officer_with_the_fewest_open_complaints_gets_it(petugas, other, kepala):
    assigned_complaint(petugas, by=kepala)

    assert named_about(kepala).assigned_to == other


def test_the_officer_gives_it_a_class_and_ends_it(petugas, kepala, simple):
    complaint = named_about(kepala)

    complaint = assign_complaint(complaint, assigned_to=petugas, about=kepala, term=simple, by=petugas)
    answer(complaint, text="Sudah kami teruskan.", by=petugas)
    complaint = close_complaint(complaint, outcome="passed_on", note="Kepada BPS provinsi.", by=petugas)

    assert (complaint.status, complaint.term) == (Status.CLOSED, simple)
    assert complaint.due_on is not None


def test_the_head_does_nothing_with_it(petugas, other, kepala, simple):
    complaint = named_about(kepala)

    with pytest.raises(IsAboutThem):
        assign_complaint(complaint, assigned_to=other, about=None, term=simple, by=kepala)
    with pytest.raises(NotYours):
        close_complaint(complaint, outcome="unproven", note="Tidak benar.", by=kepala)
    with pytest.raises(NotYours):
        assign_complaint(complaint, assigned_to=other, about=kepala, term=simple, by=_not_of(complaint, petugas, other))

    complaint.refresh_from_db()
    assert (complaint.about, complaint.status) == (kepala, Status.ASSIGNED)


def _not_of(complaint: Complaint, *officers: User) -> User:
    return next(one for one in officers if one != complaint.assigned_to)


def test_the_officer_cannot_hand_it_back_to_the_head(petugas, kepala, simple):
    complaint = named_about(kepala)

    with pytest.raises(StaysAboutTheHead):
        assign_complaint(complaint, assigned_to=petugas, about=None, term=simple, by=petugas)

    assert Complaint.objects.get().about == kepala


def test_another_head_of_today_assigns_it_as_any_other(petugas, kepala, deputy, simple):
    complaint = named_about(kepala)
    assert (complaint.assigned_to, list(Complaint.objects.visible_to(deputy))) == (None, [complaint])
    assert set(Mail.objects.values_list("to", flat=True)) == {deputy.email}

    with pytest.raises(IsAboutThem):
        assign_complaint(complaint, assigned_to=petugas, about=None, term=simple, by=kepala)
    complaint = assign_complaint(complaint, assigned_to=petugas, about=kepala, term=simple, by=deputy)

    assert complaint.assigned_to == petugas


def test_the_head_gets_no_mail_when_it_is_due_or_opened_again(petugas, kepala, simple):
    complaint = assign_complaint(named_about(kepala), assigned_to=petugas, about=kepala, term=simple, by=petugas)
    alert_complaints(complaint.due_on)
    answer(complaint, text="Ya.", by=petugas)
    closed = close_complaint(complaint, outcome="explained", note="Sudah.", by=petugas)
    rate_handling(closed, is_satisfied=False, text="Belum.")

    assert Mail.objects.filter(key__startswith="complaint-alert:").count() == 1
    assert Mail.objects.filter(key__contains=":reopened").count() == 1
    assert set(Mail.objects.values_list("to", flat=True)) == {petugas.email}


def test_the_pages_of_the_head_do_not_show_it_and_the_recap_counts_it(client_of, petugas, kepala):
    complaint = named_about(kepala)
    desk, head = client_of(petugas), client_of(kepala)

    assert complaint.short_code not in page(head, "/aduan/?saring=semua", "Pengaduan")
    assert complaint.short_code not in page(head, f"/aduan/?cari={complaint.code}", "Pengaduan")
    assert head.get(f"/aduan/{complaint.key}/").status_code == 404
    assert head.post(f"/aduan/{complaint.key}/tugaskan/", {"assigned_to": petugas.pk}).status_code == 404
    assert head.get("/aduan/").context["complaints_waiting"] == 0
    shown = page(desk, f"/aduan/{complaint.key}/", "Pengaduan ini tentang Kepala.")
    assert 'id="tugaskan"' in shown
    summary = head.get("/aduan/rekap/").context["summary"]
    assert summary.rows[0] == ["Diterima", 1]


def test_the_tables_of_the_head_say_only_that_it_was_received(petugas, kepala):
    complaint = new_complaint(about=kepala, channel="kiosk", element="perilaku", reporter=Reporter(name="Budi Contoh"))
    answer(complaint, text="Ya.", by=petugas)
    new_complaint(channel="page", element="waktu")

    for_head, for_others = (
        complaint_tables(complaints_of(PERIOD), PERIOD, timezone.localdate() + timedelta(days=90), hidden_from=hidden)
        for hidden in ([kepala.pk], [])
    )

    assert (for_head[0].rows[0], for_others[0].rows[0]) == (["Diterima", 2], ["Diterima", 2])
    assert (for_head[0].rows[1], for_others[0].rows[1]) == (["Terbuka", 1], ["Terbuka", 2])
    assert [row[:2] for row in for_head[1].rows] == [["Halaman pengaduan", 1]]
    assert [row[:2] for row in for_head[2].rows] == [["Waktu", 1]]
    assert [row[:2] for row in for_others[2].rows] == [["Waktu", 1], ["Perilaku petugas", 1]]


def test_every_register_has_the_same_remark(client_of, petugas, kepala):
    new_complaint()
    head = client_of(kepala)
    without = load_workbook(BytesIO(head.get("/aduan/rekap/unduh/xlsx/").content))["Register"]
    named_about(kepala)
    one = load_workbook(BytesIO(head.get("/aduan/rekap/unduh/xlsx/").content))["Register"]

    assert [cell.value for cell in without["A"]] == [cell.value for cell in one["A"]]
    assert one["A"][-1].value == LEFT_OUT


def test_every_kepala_makes_the_same_packet_without_complaints_about_one_of_them(petugas, kepala, deputy):
    about_head, about_deputy, other = (new_complaint(about=one) for one in (kepala, deputy, None))

    book = complaint_recap_book(
        PERIOD, office=Office.objects.current(), today=timezone.localdate(), hidden_from=readers_of_all()
    )

    codes = [cell.value for cell in load_workbook(BytesIO(book))["Register"]["A"]]
    assert other.short_code in codes
    assert {about_head.short_code, about_deputy.short_code}.isdisjoint(codes)


def test_one_that_is_given_at_once_has_an_end_and_an_alert(petugas, kepala):
    complaint = named_about(kepala)
    answer(complaint, text="Kami periksa.", by=petugas)

    complaint.refresh_from_db()
    assert complaint.term == ComplaintTerm.objects.ordinary()
    assert complaint.next_due_on == complaint.due_on
    assert complaint.due_on == complaint.term.ends_on(timezone.localdate(), DayOff.objects.names().keys())
    assert list(Complaint.objects.overdue(complaint.due_on + timedelta(days=1))) == [complaint]
    assert alert_complaints(complaint.due_on) == 1


def test_an_old_one_without_a_class_is_counted_and_gets_one_when_it_ends(petugas, kepala):
    complaint = answer(named_about(kepala), text="Ya.", by=petugas)
    Complaint.objects.update(term=None, due_on=None, due_days=None)
    summary = complaint_tables(complaints_of(PERIOD), PERIOD, timezone.localdate(), hidden_from=[])[0]
    assert summary.rows[-1] == ["Tanpa golongan, jadi tanpa batas selesai", 1]

    closed = close_complaint(complaint, outcome="explained", note="Sudah.", by=petugas)

    assert closed.term == ComplaintTerm.objects.ordinary()
    assert closed.due_on == closed.term.ends_on(closed.starts_on, DayOff.objects.names().keys())
    assert closed.due_days == closed.term.working_days
    with pytest.raises(IntegrityError, match="closed_complaint_has_class"), transaction.atomic():
        Complaint.objects.update(term=None)


def test_a_complaint_that_another_clock_gave_meanwhile_is_not_given_again(petugas, other, kepala):
    complaint = named_about(kepala)

    assert not receiving._given(complaint)
    assert complaint.events.filter(move=Move.ASSIGN).count() == 1


def test_the_register_of_the_head_has_no_row_of_it(client_of, petugas, kepala, tmp_path):
    hidden, shown = named_about(kepala), new_complaint()
    (tmp_path / "rekap.xlsx").write_bytes(client_of(kepala).get("/aduan/rekap/unduh/xlsx/").content)

    book = load_workbook(tmp_path / "rekap.xlsx")
    words = [str(cell.value) for row in book["Register"] for cell in row]

    assert shown.short_code in words
    assert hidden.short_code not in words
    assert str(petugas) not in words
    assert "pegawai lain" not in words
    assert ["Diterima", 2] in [[cell.value for cell in row][:2] for row in book["Ringkasan"]]


def test_the_officer_classifies_it_on_the_page(client_of, petugas, kepala, simple):
    complaint = named_about(kepala)

    typed = {"assigned_to": petugas.pk, "term": simple.pk, "element": "perilaku", "about": ""}
    act(client_of(petugas), complaint, "tugaskan", **typed)

    complaint.refresh_from_db()
    assert (complaint.term, complaint.element, complaint.about) == (simple, "perilaku", kepala)


def test_a_visitor_says_that_it_is_about_the_head(client, petugas, kepala):
    form = client.get("/pengaduan/").context["form"]
    typed = {"text": "Kepala marah.", "is_about_head": "on", "form_token": str(form["form_token"].value())}

    client.post("/pengaduan/", typed)

    complaint = Complaint.objects.get()
    assert (complaint.about, complaint.assigned_to) == (kepala, None)  # an officer gets it in the morning


def test_the_kepala_is_meant_and_not_the_plh(client, petugas, kepala, deputy):
    form = client.get("/pengaduan/").context["form"]
    typed = {"text": "Kepala marah.", "is_about_head": "on", "form_token": str(form["form_token"].value())}

    client.post("/pengaduan/", typed)

    assert Complaint.objects.get().about == kepala


def test_one_that_no_officer_has_goes_to_the_next_officer(petugas, other, kepala):
    complaint = named_about(kepala)
    User.objects.filter(pk=complaint.assigned_to.pk).update(is_active=False)

    call_command("alert_complaints", stdout=StringIO())

    complaint.refresh_from_db()
    assert complaint.assigned_to.is_active
    assert give_waiting() == 0


def test_one_about_a_former_head_is_the_new_heads(petugas, kepala, deputy, simple):
    complaint = named_about(kepala)
    Head.objects.filter(user=kepala).update(
        since_on=timezone.localdate() - timedelta(days=9), until_on=timezone.localdate() - timedelta(days=1)
    )

    complaint = assign_complaint(complaint, assigned_to=petugas, about=None, term=simple, by=deputy)

    assert (complaint.about, complaint.assigned_to) == (None, petugas)
