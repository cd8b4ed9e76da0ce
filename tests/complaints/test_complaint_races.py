"""Two acts with one complaint at the same moment, on real connections."""

import uuid
from functools import partial

import pytest

from complaints.actions.handling import answer, close_complaint
from complaints.actions.receiving import give_waiting
from complaints.actions.talking import rate_handling, reply
from complaints.models import Complaint
from complaints.page_seal import shown_complaint
from complaints.reporter import Reporter
from complaints.workflow import Move, MoveNotAllowed
from office.models import Mail, User
from office.seals import MovedOn
from tests.factories import UserFactory, assigned_complaint, new_complaint
from tests.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered(petugas, kepala) -> Complaint:
    return answer(assigned_complaint(petugas, by=kepala), text="Mohon maaf.", by=petugas)


def test_one_complaint_form_sent_twice_at_once_is_one_complaint(petugas, kepala):
    send = partial(new_complaint, form_token=uuid.uuid4())

    first, second = at_once(send, send)

    assert first == second == Complaint.objects.get()
    assert first.events.count() == 1


def test_one_message_form_sent_twice_at_once_is_one_message(answered):
    send = partial(reply, answered, text="Masih panjang.", form_token=uuid.uuid4())

    at_once(send, send)

    assert answered.messages.filter(by=None).count() == answered.events.filter(move=Move.REPLY).count() == 1


def test_a_complaint_that_is_reopened_twice_at_once_is_reopened_once(answered, petugas):
    closed = close_complaint(answered, outcome="done", note="Selesai.", by=petugas)
    reopen = partial(rate_handling, closed, is_satisfied=False, text="Belum.")

    outcomes = at_once(reopen, reopen)

    assert sum(isinstance(one, Complaint) for one in outcomes) == 1
    assert sum(isinstance(one, MoveNotAllowed) for one in outcomes) == 1
    assert closed.events.filter(move=Move.REOPEN).count() == closed.messages.filter(by=None).count() == 1


def test_a_message_and_the_end_at_once_leave_no_message_unread(answered, petugas):
    shown = shown_complaint(answered)

    replied, closed = at_once(
        partial(reply, answered, text="Masih panjang."),
        partial(close_complaint, answered, outcome="done", note="Selesai.", shown=shown, by=petugas),
    )

    answered.refresh_from_db()
    if answered.is_open:
        assert isinstance(closed, MovedOn)
        assert answered.messages.filter(by=None).count() == 1
    else:
        assert isinstance(replied, MoveNotAllowed)
        assert answered.messages.filter(by=None).count() == 0


def test_two_clocks_give_a_waiting_complaint_to_one_officer(petugas, kepala):
    complaint = new_complaint(about=kepala, reporter=Reporter(name="Budi Contoh"))
    User.objects.filter(pk=petugas.pk).update(is_active=False)
    for name in ("Dewi Contoh", "Sari Contoh"):
        UserFactory(name=name).groups.set(petugas.groups.all())

    counts = at_once(give_waiting, give_waiting)

    assert sorted(counts) == [0, 1]
    assert complaint.events.filter(move=Move.ASSIGN, note__contains="Contoh").count() == 2  # on arrival, and now
    assert Mail.objects.filter(key__contains=":assigned:").count() == 2
