"""What an officer knows of a sent letter and the desk does not: it arrived, came back, or was answered."""

from django.db import transaction

from office import clock, outbox
from office.models import User
from office.refusals import Refused
from recommendations.letter.delivery import note_arrival, note_failed_arrival, note_result
from recommendations.models import Dispatch
from recommendations.moves import locked


class NotToAnswer(Refused):
    """Raised when the dispatch is no WhatsApp message, or its answer is entered already."""

    def __init__(self) -> None:
        super().__init__("Jawaban atas pesan ini sudah tercatat. Lihat pada halaman ini.")


@transaction.atomic
def note_answer(dispatch: Dispatch, *, answer: str, by: User) -> Dispatch:
    """Record what the applicant answered to a WhatsApp message, and return its dispatch: the letter arrived.

    Raise NotToAnswer, ClockWentBack.
    """
    submission = locked(dispatch.letter.submission)
    dispatch = _with_mail(dispatch)
    if dispatch.channel != Dispatch.Channel.WHATSAPP or dispatch.answered_at:
        raise NotToAnswer
    dispatch.answered_at = clock.now()
    dispatch.save(update_fields=["answered_at"])
    note_arrival(submission, dispatch, at=dispatch.answered_at, by=by, answer=answer)
    return dispatch


@transaction.atomic
def confirm_arrival(dispatch: Dispatch, *, by: User) -> Dispatch:
    """Take a mail with an unknown result as arrived, and return its dispatch: the submission moves on.

    Raise MailResultKnown when the result is not unknown.
    """
    locked(dispatch.letter.submission)
    dispatch = _with_mail(dispatch)
    if dispatch.mail is None or not outbox.take_as_arrived(dispatch.mail, by=by):
        raise outbox.MailResultKnown
    note_result(dispatch)
    return dispatch


@transaction.atomic
def note_bounce(dispatch: Dispatch, *, reason: str, by: User) -> Dispatch:
    """Record that a mail came back with this reason, and return its dispatch: the promise opens again.

    Raise MailResultKnown when the mail was not sent.
    """
    submission = locked(dispatch.letter.submission)
    dispatch = _with_mail(dispatch)
    if dispatch.mail is None or not outbox.take_as_bounced(dispatch.mail, reason=reason, by=by):
        raise outbox.MailResultKnown
    note_failed_arrival(submission, dispatch, by=by, reason=reason)
    return dispatch


def _with_mail(dispatch: Dispatch) -> Dispatch:
    return Dispatch.objects.select_related("mail", "letter__submission").get(pk=dispatch.pk)
