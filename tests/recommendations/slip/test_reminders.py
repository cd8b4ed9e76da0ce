"""After three months without an answer the applicant gets one reminder; then the officer may close the submission."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from office.calendar import add_months
from office.models import Mail, Office
from recommendations.models import Round
from recommendations.recording.actions.completing import record_complete
from recommendations.slip.reminders import remind_waiting
from recommendations.submissions.actions.opening import cancel
from recommendations.tracking.actions import send_answers
from recommendations.workflow import Move, Status
from tests.factories import returned_submission
from tests.pages import page
from tests.recommendations.tracking.test_answering import answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(returned):
    """Return a returned submission whose applicant was told on 30 November 2026."""
    Round.objects.filter(number=1).update(told_at="2026-11-30 09:00+08:00")
    return returned


def reminded() -> int:
    return Mail.objects.filter(key__startswith="remind:").count()


@pytest.mark.parametrize(("day", "count"), [("2027-02-28", 0), ("2027-03-01", 1), ("2028-01-01", 1)])
def test_the_reminder_goes_out_after_three_whole_months(told, day, count):
    with time_machine.travel(f"{day} 06:30+08:00", tick=False):
        assert remind_waiting(timezone.localdate()) == count

    assert reminded() == count
    assert told.events.filter(move=Move.REMIND).count() == count


def test_the_daily_command_reminds_once_however_often_it_runs(told):
    for days in range(5):
        with time_machine.travel(f"2027-03-{10 + days} 06:30+08:00", tick=False):
            call_command("alert_due", verbosity=0)
            call_command("alert_due", verbosity=0)

    mail = Mail.objects.get(key__startswith="remind:")
    assert told.token in mail.body
    assert mail.to == told.applicant.email
    assert told.rounds.get(number=1).reminded_at


@pytest.mark.parametrize("what", ["untold", "answered", "recorded", "cancelled"])
def test_no_reminder_is_sent_when_no_answer_is_awaited(told, petugas, correction, what):
    {
        "untold": lambda: Round.objects.update(told_at=None),
        "answered": lambda: send_answers(told, answers({correction: "Sudah."})),
        "recorded": lambda: record_complete(told, by=petugas),
        "cancelled": lambda: cancel(told, reason="Ditarik.", by=petugas),
    }[what]()

    assert remind_waiting(add_months(timezone.localdate(), 12)) == 0


def test_the_office_sets_the_number_of_months(told):
    Office.objects.update(answer_months=6)

    for day, count in (("2027-03-01", 0), ("2027-06-01", 1)):
        with time_machine.travel(f"{day} 06:30+08:00", tick=False):
            assert remind_waiting(timezone.localdate()) == count


def test_many_are_reminded_in_few_statements(petugas, monkeypatch, django_assert_max_num_queries):
    for _ in range(6):
        returned_submission(petugas)
    Round.objects.filter(number=1).update(told_at=timezone.now() - timedelta(days=200))
    monkeypatch.setattr("recommendations.slip.reminders.AT_ONCE", 4)

    with django_assert_max_num_queries(20):
        assert remind_waiting(timezone.localdate()) == 6
    assert reminded() == 6


def test_after_the_reminder_the_page_offers_to_close_with_the_reason(told, client_of, petugas):
    desk, place = client_of(petugas), reverse("recommendations:submission_detail", args=[told.pk])
    before = page(desk, place, told.register)
    remind_waiting(add_months(timezone.localdate(), 12))

    after = page(desk, place, told.register)
    desk.post(reverse("recommendations:submission_cancel", args=[told.pk]), {"reason": ""})
    told.refresh_from_db()
    still = told.status
    desk.post(
        reverse("recommendations:submission_cancel", args=[told.pk]),
        {"reason": "Tidak ada jawaban pemohon, sesudah diingatkan."},
    )

    told.refresh_from_db()
    assert "Tutup sebagai dibatalkan" not in before
    assert "Tutup sebagai dibatalkan" in after
    assert "Tidak ada jawaban pemohon sampai" in after
    assert (still, told.status) == (Status.RETURNED, Status.CANCELLED)
