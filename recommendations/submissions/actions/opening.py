"""Open a submission, or cancel it."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from guestbook.models import Visit
from office import clock
from office.models import Office, User
from office.refusals import Refused
from recommendations.models import Applicant, Round, Submission
from recommendations.moves import locked, move, note_event
from recommendations.workflow import Move


class FormOpenedOther(Refused):
    """Raised when the form has opened a submission of another account, or with another instrument."""

    def __init__(self, opened: Submission):
        super().__init__(f"Isian ini sudah membuka permohonan {opened.register}. Buka halaman baru untuk yang lain.")


def open_submission(
    *, applicant: Applicant, instrument_code: str, form_token: UUID, visit: Visit | None, by: User
) -> Submission:
    """Open a submission for `applicant` and return it: one for each `form_token`, also when repeated.

    Raise FormOpenedOther, ClockWentBack.
    """
    try:
        with transaction.atomic():
            submission = _open(applicant, instrument_code, form_token, visit, by)
    except IntegrityError:
        submission = Submission.objects.get(form_token=form_token)
    if (submission.applicant_id, submission.instrument_code) != (applicant.pk, instrument_code):
        raise FormOpenedOther(submission)
    return submission


def _open(applicant: Applicant, instrument_code: str, form_token: UUID, visit: Visit | None, by: User) -> Submission:
    opened = Submission.objects.filter(form_token=form_token).first()
    if opened:
        return opened
    Office.objects.locked()  # one register number at a time
    year = clock.today().year
    last = Submission.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    submission = Submission.objects.create(
        number=last + 1,
        year=year,
        form_token=form_token,
        instrument_code=instrument_code,
        applicant=applicant,
        visit=visit,
        officer=by,
    )
    Round.objects.create(submission=submission, number=1, answers=_first_answers(submission))
    note_event(submission, Move.OPEN, by=by, note=f"{instrument_code} atas nama akun {applicant.account}")
    return submission


def _first_answers(submission: Submission) -> dict[str, Any]:
    """Return the answers that are known already, so that the officer does not type them again."""
    return {submission.instrument.agency_item: submission.applicant.agency.name}


@transaction.atomic
def cancel(submission: Submission, *, reason: str, by: User) -> Submission:
    """Cancel a submission with the reason; its running promise stops. Raise MoveNotAllowed, ClockWentBack."""
    submission = locked(submission)
    submission.due_on = None
    submission.rounds.promised().update(stopped_at=clock.now())
    return move(submission, Move.CANCEL, by=by, note=reason)
