"""Save and remove the opinions of the walidata (Diskominfotik) on a submission, and draw their files again."""

from datetime import date

from django.core.files import File
from django.db import transaction

from office.models import User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.attachments.actions.storing import delete_after_commit, kept, sha256_of, storing
from recommendations.examination.tasks import draw_opinion
from recommendations.models import Opinion, Submission
from recommendations.moves import locked, note_event
from recommendations.tries import try_again
from recommendations.workflow import Move, MoveNotAllowed, Status

BEFORE_VERIFIED = (Status.RECORDING, Status.CHECKING, Status.RETURNED)


class OpinionStands(Refused):
    """Raised when the submission was verified after this opinion was saved."""

    def __init__(self) -> None:
        super().__init__("Pendapat ini sudah dipertimbangkan saat verifikasi, jadi tetap tercatat.")


class OpinionTaken(Refused):
    """Raised when the opinion has been removed in the meantime."""

    def __init__(self) -> None:
        super().__init__("Pendapat ini sudah dihapus di tempat lain.")


def note_opinion(
    submission: Submission,
    *,
    source: str,
    number: str = "",
    given_on: date,
    text: str,
    file: "File[bytes]",
    content_type: str,
    by: User,
) -> Opinion:
    """Save an opinion and its checked file, unchanged.

    Raise MoveNotAllowed when the submission is verified or has ended, and NotStored when the file cannot be stored.
    """
    with storing(file) as path:
        submission = _before_verified(submission)
        opinion = Opinion.objects.create(
            submission=submission,
            source=source,
            number=number,
            given_on=given_on,
            text=text,
            content_type=content_type,
            sha256=sha256_of(file),
            by=by,
            **kept(file, path),
        )
        note_event(submission, Move.OPINION, by=by, note=f"{opinion}: {opinion.name}")
        if opinion.is_drawable:
            nudge(draw_opinion, opinion.pk)
        return opinion


def draw_opinion_again(opinion: Opinion) -> bool:
    """Begin again with the tries of a stuck file. Return False when it is drawn or still tried."""
    return try_again(opinion, draw_opinion)


@transaction.atomic
def remove_opinion(opinion: Opinion, *, by: User) -> Submission:
    """Delete an opinion that was saved by mistake, and its file. The timeline still names it.

    Raise MoveNotAllowed when the submission is verified or has ended, OpinionTaken when the opinion is already removed,
    and OpinionStands when the submission was once verified after the opinion was saved.
    """
    submission = _before_verified(opinion.submission)
    if not submission.opinions.filter(pk=opinion.pk).exists():
        raise OpinionTaken
    if submission.events.filter(move=Move.VERIFY, at__gte=opinion.at).exists():
        raise OpinionStands
    note_event(submission, Move.OPINION, by=by, note=f"dihapus: {opinion}: {opinion.name}")
    opinion.delete()
    delete_after_commit(opinion)
    return submission


def _before_verified(submission: Submission) -> Submission:
    submission = locked(submission)
    if submission.status not in BEFORE_VERIFIED:
        raise MoveNotAllowed(Move.OPINION, Status(submission.status))
    return submission
