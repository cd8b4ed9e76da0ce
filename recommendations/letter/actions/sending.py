"""Send the letter by e-mail, record that it was handed over, and close the submission."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from office.models import User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.letter.delivery import mark_delivered
from recommendations.letter.tasks import send_dispatch
from recommendations.models import Dispatch, Letter, Submission
from recommendations.moves import locked, move
from recommendations.workflow import Move, Status, status_after


class NotDrawnYet(Refused):
    """Raised when the PDF is not drawn yet."""

    def __init__(self) -> None:
        super().__init__("PDF surat sedang dibuat. Coba lagi sebentar lagi.")


class MailUnderWay(Refused):
    """Raised when a mail of this letter is waiting or being sent."""

    def __init__(self) -> None:
        super().__init__("E-mail surat ini sedang dikirim. Tunggu hasilnya.")


def send_by_email(submission: Submission, *, to: str, form_token: UUID, by: User) -> Dispatch:
    """Ask the worker to mail the letter to `to`. Return the dispatch: one for each `form_token`, also when repeated.

    Raise NotDrawnYet, MailUnderWay, MoveNotAllowed.
    """
    try:
        with transaction.atomic():
            return _request_mail(submission, to, form_token, by)
    except IntegrityError as double:
        asked = Dispatch.objects.filter(form_token=form_token, letter__submission=submission).first()
        if asked is None:
            raise MailUnderWay from double
        return asked


def _request_mail(submission: Submission, to: str, form_token: UUID, by: User) -> Dispatch:
    letter = _drawn_letter(submission)
    dispatch = Dispatch.objects.create(
        letter=letter, channel=Dispatch.Channel.EMAIL, to=to, form_token=form_token, requested_by=by
    )
    nudge(send_dispatch, dispatch.pk)
    return dispatch


@transaction.atomic
def repeat_mail(dispatch: Dispatch, *, by: User) -> Dispatch:
    """Ask the worker to send a failed mail again. Return the dispatch.

    Raise MailUnderWay when it has not failed or another mail of the letter is under way, and MoveNotAllowed when the
    submission is closed.
    """
    _drawn_letter(dispatch.letter.submission)
    repeated = Dispatch.objects.filter(pk=dispatch.pk, status=Dispatch.Status.FAILED)
    try:
        with transaction.atomic():
            changed = repeated.update(status=Dispatch.Status.WAITING, error="", requested_by=by)
    except IntegrityError as double:
        raise MailUnderWay from double
    if not changed:
        raise MailUnderWay
    nudge(send_dispatch, dispatch.pk)
    return dispatch


def hand_over(submission: Submission, *, to: str, form_token: UUID, by: User) -> Dispatch:
    """Record that the person named `to` was given the printed letter. Return the dispatch: one for each `form_token`.

    Raise NotDrawnYet, MoveNotAllowed.
    """
    try:
        with transaction.atomic():
            return _record_hand_over(submission, to, form_token, by)
    except IntegrityError:
        return Dispatch.objects.get(form_token=form_token)


def _record_hand_over(submission: Submission, to: str, form_token: UUID, by: User) -> Dispatch:
    letter = _drawn_letter(submission)
    dispatch = Dispatch.objects.create(
        letter=letter, channel=Dispatch.Channel.PAPER, to=to, form_token=form_token, requested_by=by
    )
    mark_delivered(dispatch, at=timezone.now(), by=by)
    return dispatch


def _drawn_letter(submission: Submission) -> Letter:
    submission = locked(submission)
    status_after(Move.DELIVER, Status(submission.status))
    letter = submission.letter
    if not letter.is_drawn:
        raise NotDrawnYet
    return letter


@transaction.atomic
def close_submission(submission: Submission, *, by: User) -> Submission:
    """Close a submission whose letter was sent or handed over. Raise MoveNotAllowed."""
    return move(locked(submission), Move.CLOSE, by=by)
