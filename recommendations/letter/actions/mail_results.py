"""What an officer knows about a mail with the letter and the mail server does not: it arrived, or it came back."""

from django.db import transaction

from office import outbox
from office.models import User
from office.refusals import Refused
from recommendations.letter.delivery import note_failed_arrival, note_result
from recommendations.models import Dispatch
from recommendations.moves import locked


class ResultKnown(Refused):
    """Raised when the mail is not in a state about which an officer can say this."""

    def __init__(self) -> None:
        super().__init__("Keadaan e-mail ini sudah berubah. Lihat hasilnya pada halaman ini.")


@transaction.atomic
def confirm_arrival(dispatch: Dispatch, *, by: User) -> Dispatch:
    """Take a mail with an unknown result as arrived, and return its dispatch: the submission moves on.

    Raise ResultKnown when the result is not unknown.
    """
    locked(dispatch.letter.submission)
    dispatch = _with_mail(dispatch)
    if dispatch.mail is None or not outbox.take_as_arrived(dispatch.mail, by=by):
        raise ResultKnown
    note_result(dispatch)
    return dispatch


@transaction.atomic
def note_bounce(dispatch: Dispatch, *, reason: str, by: User) -> Dispatch:
    """Record that a mail came back with this reason, and return its dispatch: the promise opens again.

    Raise ResultKnown when the mail was not sent.
    """
    submission = locked(dispatch.letter.submission)
    dispatch = _with_mail(dispatch)
    if dispatch.mail is None or not outbox.take_as_bounced(dispatch.mail, reason=reason, by=by):
        raise ResultKnown
    note_failed_arrival(submission, dispatch, by=by, reason=reason)
    return dispatch


def _with_mail(dispatch: Dispatch) -> Dispatch:
    return Dispatch.objects.select_related("mail", "letter__submission").get(pk=dispatch.pk)
