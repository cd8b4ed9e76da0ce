from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from complaints import alerts as module
from complaints.actions import receiving
from complaints.actions.handling import answer
from complaints.actions.talking import reply
from complaints.alerts import NAMED, alert_complaints
from complaints.models import Complaint
from complaints.reporter import Reporter
from office.batches import RowsFailed
from office.models import Mail, User
from tests.factories import assigned_complaint, new_complaint

ZONE = timezone.get_default_timezone()
FRIDAY = datetime(2026, 11, 27, 6, 35, tzinfo=ZONE)


@pytest.fixture
def friday():
    with time_machine.travel(FRIDAY, tick=False):
        yield FRIDAY.date()


def alerts() -> dict[str, str]:
    return {mail.to: mail.body for mail in Mail.objects.filter(key__startswith="complaint-alert:")}


def test_who_handles_a_due_complaint_and_the_kepala_get_one_mail(friday, petugas, kepala):
    due, later = (assigned_complaint(petugas, by=kepala) for _ in range(2))
    Complaint.objects.filter(pk=due.pk).update(first_due_on=friday + timedelta(days=3))  # Monday, the next working day

    count = alert_complaints(friday)

    assert count == 2
    assert set(alerts()) == {petugas.email, kepala.email}
    assert all(due.short_code in body and later.short_code not in body for body in alerts().values())


def test_the_mail_has_no_text_and_no_whole_code(friday, petugas, kepala):
    due = assigned_complaint(petugas, by=kepala)
    Complaint.objects.update(first_due_on=friday)

    alert_complaints(friday)

    body = alerts()[petugas.email]
    assert due.short_code in body
    assert due.text not in body
    assert due.shown_code not in body


def test_an_unassigned_complaint_is_the_kepalas(friday, petugas, kepala):
    new_complaint()
    Complaint.objects.update(first_due_on=friday - timedelta(days=1))

    alert_complaints(friday)

    assert set(alerts()) == {kepala.email}
    assert "belum ditugaskan" in alerts()[kepala.email]


def test_an_answered_complaint_is_named_again_before_its_end(friday, petugas, kepala):
    complaint = answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas)
    Complaint.objects.update(first_due_on=friday)
    assert alert_complaints(friday) == 0

    assert alert_complaints(complaint.due_on) == 2


def test_a_day_is_alerted_once_and_a_day_off_never(friday, petugas, kepala):
    assigned_complaint(petugas, by=kepala)
    Complaint.objects.update(first_due_on=friday)

    counts = [alert_complaints(friday) for _ in range(2)]
    on_saturday = alert_complaints(friday + timedelta(days=1))

    assert Mail.objects.filter(key__startswith="complaint-alert:").count() == 2
    assert counts == [2, 0]
    assert on_saturday == 0


def test_a_long_mail_names_twenty_and_counts_the_rest(friday, petugas, kepala):
    for _ in range(NAMED + 3):
        assigned_complaint(petugas, by=kepala)
    Complaint.objects.update(first_due_on=friday)

    alert_complaints(friday)

    assert "dan 3 lagi" in alerts()[petugas.email]


def test_the_command_of_the_clock_alerts(friday, petugas, kepala):
    assigned_complaint(petugas, by=kepala)
    Complaint.objects.update(first_due_on=friday, first_days=None)
    said = StringIO()

    call_command("alert_complaints", stdout=said)

    assert "2 orang diingatkan" in said.getvalue()


def test_the_kepala_learns_once_that_an_officer_left_with_a_complaint(friday, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala, reporter=Reporter(name="Budi Contoh"))
    User.objects.filter(pk=petugas.pk).update(is_active=False)

    for _ in range(2):
        call_command("follow_calendar", stdout=StringIO())

    assert Mail.objects.get(key__contains=":left:").to == kepala.email
    reply(complaint, text="Halo?")
    assert Mail.objects.get(key__contains=":replied:").to == kepala.email


def test_an_alert_that_cannot_be_written_does_not_hold_up_the_others(friday, petugas, kepala, poison):
    assigned_complaint(petugas, by=kepala)
    Complaint.objects.update(first_due_on=friday)
    poison(module, "_mail", petugas)

    with pytest.raises(RowsFailed):
        alert_complaints(friday)

    assert set(alerts()) == {kepala.email}


def test_a_complaint_that_cannot_be_given_does_not_hold_up_the_alerts(friday, petugas, kepala, monkeypatch):
    assigned_complaint(petugas, by=kepala)
    Complaint.objects.update(first_due_on=friday)
    for part in ("give_waiting", "follow_calendar"):
        monkeypatch.setattr(f"complaints.management.commands.alert_complaints.{part}", lambda: 1 / 0)

    with pytest.raises(RowsFailed):
        call_command("alert_complaints", stdout=StringIO())

    assert set(alerts()) == {petugas.email, kepala.email}


def test_a_complaint_whose_officer_left_does_not_hold_up_the_mails_of_others(friday, petugas, kepala, poison):
    bad, good = (assigned_complaint(petugas, by=kepala) for _ in range(2))
    User.objects.filter(pk=petugas.pk).update(is_active=False)
    poison(receiving, "tell_left", bad)

    with pytest.raises(RowsFailed):
        receiving.tell_heads_of_left()

    assert Mail.objects.filter(key__contains=f":{kepala.pk}:left:").get().key.startswith(f"complaint:{good.pk}:")
