"""Whom a complaint is about is corrected: the history says so, and the former one never handles it."""

import pytest

from complaints.actions.handling import WasAboutThem, assign_complaint
from complaints.models import Complaint
from complaints.staff import handlers_of
from complaints.workflow import Move
from office.models import User
from tests.complaints.acts import act
from tests.factories import new_complaint
from tests.pages import page


@pytest.fixture
def corrected(petugas, other, kepala, simple) -> Complaint:
    """Return a complaint about one officer that the Kepala corrected: it is about none, and the other has it."""
    complaint = new_complaint(about=petugas)
    return assign_complaint(complaint, assigned_to=other, about=None, term=simple, by=kepala)


def test_a_correction_is_an_event_with_who_from_and_to(corrected, client_of, petugas, other, kepala):
    event = corrected.events.get(move=Move.ABOUT)

    assert (event.by, event.was_about, event.note) == (kepala, petugas, f"{petugas} → tidak ada")
    assert event.note in page(client_of(other), f"/aduan/{corrected.key}/", "Pegawai yang diadukan diganti")


def test_the_former_one_neither_gets_the_complaint_nor_sees_the_event(corrected, client_of, petugas, kepala, simple):
    with pytest.raises(WasAboutThem):
        assign_complaint(corrected, assigned_to=petugas, about=None, term=simple, by=kepala)
    Complaint.objects.update(received_by=petugas)

    shown = page(client_of(petugas), f"/aduan/{corrected.key}/", "Ditugaskan")

    assert petugas not in handlers_of(corrected)
    assert "Pegawai yang diadukan diganti" not in shown


def test_one_act_that_corrects_and_gives_it_to_the_former_one_is_refused(petugas, other, kepala, simple):
    complaint = new_complaint(about=petugas)

    with pytest.raises(WasAboutThem):
        assign_complaint(complaint, assigned_to=petugas, about=None, term=simple, by=kepala)

    assert not complaint.events.filter(move=Move.ABOUT).exists()


def test_an_assignment_that_changes_nothing_about_it_writes_no_such_event(petugas, other, kepala, simple):
    complaint = new_complaint(about=petugas)

    assign_complaint(complaint, assigned_to=other, about=petugas, term=simple, by=kepala)

    assert [event.move for event in complaint.events.all()] == [Move.RECEIVE, Move.ASSIGN]


@pytest.mark.parametrize("leaves", ["account", "role"])
def test_the_one_complained_about_stays_in_the_form_after_leaving(leaves, client_of, petugas, other, kepala, simple):
    complaint = new_complaint(about=petugas)
    if leaves == "account":
        User.objects.filter(pk=petugas.pk).update(is_active=False)
    else:
        petugas.groups.clear()
    head = client_of(kepala)
    form = head.get(f"/aduan/{complaint.key}/").context["acts"]["assign"]

    act(head, complaint, "tugaskan", assigned_to=other.pk, term=simple.pk, about=form["about"].value())

    complaint.refresh_from_db()
    assert petugas in form.fields["about"].queryset
    assert (complaint.assigned_to, complaint.about) == (other, petugas)
