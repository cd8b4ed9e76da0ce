"""A late submission is not returned, verified or issued without a written reason."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.models import Mail
from recommendations.examination.actions.examining import return_to_applicant, verify, write_remark
from recommendations.models import Round
from recommendations.promise.actions.lateness import LateUnexplained, NotLate, explain_late
from recommendations.promise.alerts import alert
from recommendations.workflow import Move, Status
from tests.factories import issue, recorded_submission
from tests.pages import seal_of

REASON = "Menunggu penjelasan kerangka sampel dari dinas."
LAST_DAY, DAY_AFTER = "2027-01-07T10:00:00+08:00", "2027-01-08T10:00:00+08:00"


@pytest.fixture
def late(time_machine, petugas):
    """Return a submission recorded on 20 November 2026 and due on 7 January 2027; today is the day after."""
    time_machine.move_to("2026-11-20T14:05:00+08:00")
    submission = recorded_submission(petugas)
    write_remark(submission, item_id="variabel", kind="advice", text="Mohon dicek.", by=petugas)
    time_machine.move_to(DAY_AFTER)
    assert submission.due_on == date(2027, 1, 7)
    return submission


def reason_of(submission) -> str:
    return Round.objects.filter(submission=submission).first().late_reason


def test_no_reason_is_needed_on_the_last_day(late, petugas, time_machine):
    time_machine.move_to(LAST_DAY)

    assert verify(late, by=petugas).status == Status.VERIFIED
    with pytest.raises(NotLate):
        explain_late(late, reason=REASON, by=petugas)


def test_verifying_late_needs_a_reason_and_stores_it(late, petugas):
    for empty in ("", "  "):
        with pytest.raises(LateUnexplained, match="Tulis sebab terlambat"):
            verify(late, late_reason=empty, by=petugas)

    verify(late, late_reason=REASON, by=petugas)

    assert reason_of(late) == REASON
    event = late.events.get(move=Move.LATE)
    assert (event.note, event.by) == (f"putaran 1: {REASON}", petugas)


def test_returning_late_needs_a_reason(late, petugas):
    write_remark(late, item_id="tujuan_survei", kind="correction", text="Mohon dirinci.", by=petugas)
    with pytest.raises(LateUnexplained):
        return_to_applicant(late, by=petugas)
    assert late.rounds.count() == 1

    return_to_applicant(late, late_reason=REASON, by=petugas)

    assert reason_of(late) == REASON
    assert late.rounds.count() == 2


def test_a_lateness_is_explained_only_once(late, petugas, kepala, client_of):
    explain_late(late, reason=REASON, by=petugas)

    verify(late, late_reason="Sebab lain", by=petugas)
    page = client_of(kepala).get(reverse("recommendations:letter_issue", args=[late.pk])).content.decode()
    issue(late, by=kepala)

    assert reason_of(late) == REASON
    assert REASON in page
    assert 'name="late_reason"' not in page
    assert late.events.filter(move=Move.LATE).count() == 1


def test_a_letter_is_not_issued_late_without_a_reason(late, petugas, kepala, client_of, time_machine):
    time_machine.move_to(LAST_DAY)
    verify(late, by=petugas)
    time_machine.move_to(DAY_AFTER)
    head, address = client_of(kepala), reverse("recommendations:letter_issue", args=[late.pk])
    typed = {"number": "B-001/63710/HM.310/2027", "identity_number": "V-27.6371.001"}

    opened = head.get(address)
    page, typed = opened.content.decode(), typed | {"shown": opened.context["shown"]}
    refused = head.post(address, typed, follow=True).content.decode()
    head.post(address, typed | {"late_reason": REASON})

    assert 'name="late_reason"' in page
    assert "Tulis sebab terlambat dahulu." in refused
    assert (late.letter.number, reason_of(late)) == (typed["number"], REASON)


def test_the_reason_is_written_and_changed_on_the_page_of_the_deadline(late, client_of, petugas):
    desk, page = client_of(petugas), reverse("recommendations:deadline", args=[late.pk])
    before = desk.get(page).content.decode()

    for reason in (REASON, "Pemeriksa sakit <b>."):
        desk.post(reverse("recommendations:explain_late", args=[late.pk]), {"late_reason": reason})
    after = desk.get(page).content.decode()

    assert "Belum ditulis." in before
    assert "Pemeriksa sakit &lt;b&gt;." in after
    assert late.events.filter(move=Move.LATE).count() == 2


@pytest.mark.parametrize(("typed", "told"), [("", "Tulis sebab terlambat"), ("x" * 401, "paling banyak 400")])
def test_an_empty_or_too_long_reason_is_refused_with_a_message(late, client_of, petugas, typed, told):
    desk = client_of(petugas)
    page = desk.get(reverse("recommendations:examine", args=[late.pk])).content.decode()
    posted = {"late_reason": typed, "shown": seal_of(page)}
    for name in ("explain_late", "verify_submission"):
        answer = desk.post(reverse(f"recommendations:{name}", args=[late.pk]), posted, follow=True)
        assert told in answer.content.decode()
    assert reason_of(late) == ""


def test_the_dialogs_ask_only_while_there_is_no_reason(late, client_of, petugas):
    desk, page = client_of(petugas), reverse("recommendations:examine", args=[late.pk])

    before = desk.get(page).content.decode().count('name="late_reason"')
    explain_late(late, reason=REASON, by=petugas)

    assert (before, desk.get(page).content.decode().count('name="late_reason"')) == (2, 0)


def test_a_kept_promise_needs_no_reason(late, petugas):
    Round.objects.update(told_at=timezone.now())

    with pytest.raises(NotLate):
        explain_late(late, reason=REASON, by=petugas)


def test_the_alert_names_the_reason_or_says_that_there_is_none(late, petugas, kepala):
    alert(date(2027, 1, 8))
    explain_late(late, reason="Menunggu\n penjelasan.", by=petugas)
    alert(date(2027, 1, 11))

    bodies = list(Mail.objects.filter(to=kepala.email).order_by("pk").values_list("body", flat=True))
    assert "terlambat, sebab belum ditulis; petugas Rina Contoh" in bodies[0]
    assert "terlambat, sebab: Menunggu penjelasan.; petugas Rina Contoh" in bodies[1]


def test_naming_the_reasons_takes_no_query_per_row(late, petugas, kepala):
    def asked(day: date) -> int:
        with CaptureQueriesContext(connection) as queries:
            alert(day)
        return len(queries)

    few = asked(date(2027, 1, 8))
    for _ in range(3):
        Round.objects.filter(submission=recorded_submission(petugas)).update(due_on=date(2027, 1, 7), late_reason="x")

    assert asked(date(2027, 1, 11)) == few
