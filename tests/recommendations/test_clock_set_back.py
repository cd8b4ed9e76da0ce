"""While the office's clock is behind, no step with a submission is saved; what the worker owes is done."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from office.clock import ClockWentBack
from office.models import Mail
from office.outbox import take_as_arrived
from recommendations import uploads
from recommendations.archive.actions.duplicates import confirm_no_duplicate
from recommendations.attachments.actions.attaching import attach
from recommendations.examination.actions.examining import verify
from recommendations.letter.tasks import draw_letter, send_dispatch
from recommendations.models import SubmissionEvent
from recommendations.tracking.actions import Typed, answer_mark, send_answers
from tests import factories
from tests.factories import SubmissionFactory, paper, set_clock_back
from tests.pages import seal_of

pytestmark = pytest.mark.django_db


def test_nothing_is_verified(office, petugas):
    submission = factories.recorded_submission(petugas)
    confirm_no_duplicate(submission, by=petugas)
    set_clock_back()

    with pytest.raises(ClockWentBack):
        verify(submission, by=petugas)

    submission.refresh_from_db()
    assert submission.status == "checking"


def test_the_officer_reads_why_nothing_is_verified(office, petugas, client_of):
    submission = factories.recorded_submission(petugas)
    confirm_no_duplicate(submission, by=petugas)
    desk = client_of(petugas)
    examined = desk.get(reverse("recommendations:examine", args=[submission.pk])).content.decode()
    set_clock_back()

    facts, address = {"shown": seal_of(examined)}, reverse("recommendations:verify_submission", args=[submission.pk])
    page = desk.post(address, facts, follow=True).content.decode()

    assert "Jam komputer kantor mundur" in page


@pytest.mark.parametrize("is_officer", [True, False])
def test_no_file_is_attached(office, petugas, is_officer):
    submission = SubmissionFactory()
    set_clock_back()

    with pytest.raises(ClockWentBack):
        attach(submission, kind="kak", file=paper(), content_type=uploads.PDF, by=petugas if is_officer else None)

    assert not submission.attachments.exists()


def test_no_answer_of_an_applicant_is_sent(office, petugas):
    submission = factories.returned_submission(petugas)
    returned = submission.rounds.get(number=1)
    remark = returned.remarks.asking().first()
    set_clock_back()

    with pytest.raises(ClockWentBack):
        send_answers(submission, {remark.pk: Typed("Sudah kami perbaiki.", answer_mark(""))})

    returned.refresh_from_db()
    assert returned.answered_at is None


def test_the_letter_that_is_owed_is_drawn(office, petugas, kepala):
    submission = factories.issued_submission(petugas, kepala)
    set_clock_back()

    draw_letter(submission.letter.pk)

    submission.letter.refresh_from_db()
    assert submission.letter.is_drawn
    assert SubmissionEvent.objects.filter(submission=submission, move="draw").exists()


def test_a_mail_that_an_officer_took_as_arrived_is_noted(office, petugas, kepala):
    submission = factories.signed_submission(petugas, kepala)
    send_dispatch(submission.letter.dispatches.get().pk)
    mail = submission.letter.dispatches.get().mail
    Mail.objects.filter(pk=mail.pk).update(status=Mail.Status.UNKNOWN, sent_at=None)
    submission.letter.dispatches.update(noted="")
    take_as_arrived(mail, by=petugas)
    set_clock_back()

    call_command("catch_up", verbosity=0)

    submission.refresh_from_db()
    assert submission.letter.dispatches.get().noted == "sent"
    assert submission.status == "sent"


def test_an_answer_that_is_typed_while_the_clock_is_behind_is_refused_and_not_lost_later(office, petugas, client):
    submission = factories.returned_submission(petugas)
    remark = submission.rounds.get(number=1).remarks.asking().first()
    set_clock_back()

    facts = {f"answer-{remark.pk}": "Sudah kami perbaiki.", f"shown-{remark.pk}": answer_mark("")}
    address = reverse("recommendations:track_answer", args=[submission.token])
    answer = client.post(address, facts, headers={"HX-Request": "true"})

    remark.refresh_from_db()
    assert (answer.status_code, remark.answer) == (409, "")
    assert answer.content.decode().startswith("Jam komputer kantor mundur")
