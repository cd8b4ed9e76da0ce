"""Let a signed copy count: from now on the letter is in force and can be sent."""

from office import clock
from office.models import Office, User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.letter.ending import must_be_usable
from recommendations.letter.pdf import NotDrawnYet
from recommendations.letter.tasks import send_dispatch
from recommendations.models import Dispatch, Letter, SignedCopy, Submission
from recommendations.moves import locked, move
from recommendations.workflow import LETTER_LIFE, LetterStatus, Move, Status, status_after


class OtherRoute(Refused):
    """Raised when the letter was issued to be signed in another way: its printed words say how."""

    def __init__(self, letter: Letter):
        super().__init__(f"Surat ini terbit dengan cara tanda tangan “{letter.get_route_display()}”.")


def awaiting(letter: Letter) -> Submission:
    """Lock and return the submission of a drawn letter that waits for its signature. Call inside a transaction.

    Raise MoveNotAllowed, LetterMoveNotAllowed, LetterBeingReplaced, NotDrawnYet.
    """
    submission = locked(letter.submission)
    status_after(Move.SIGN, Status(submission.status))
    now = Letter.objects.get(pk=letter.pk)
    LETTER_LIFE.status_after(Move.SIGN, LetterStatus(now.status))
    must_be_usable(now, Move.SIGN)
    if not now.is_drawn:
        raise NotDrawnYet
    return submission


def count(copy: SignedCopy, submission: Submission, *, by: User, remark: str = "") -> Letter:
    """Let `copy` be the signed letter of a locked submission, and return the letter. The caller has checked the copy.

    The timeline shows the signer, the way, and the remark. The letter is not marked as maybe signed any more. The mail
    to the applicant is owed when the office sends letters as soon as they are signed. Raise MoveNotAllowed,
    LetterMoveNotAllowed, ClockWentBack.
    """
    copy.outcome, copy.decided_at, copy.decided_by = SignedCopy.State.ACCEPTED, clock.now(), by
    copy.save(update_fields=["outcome", "decided_at", "decided_by"])
    letter = Letter.objects.get(pk=copy.letter_id)
    letter.submission = submission
    letter.status = LETTER_LIFE.status_after(Move.SIGN, LetterStatus(letter.status))
    letter.maybe_signed_at = None
    letter.save(update_fields=["status", "maybe_signed_at"])
    note = f"{copy.signer}, {copy.get_route_display()}" + (f". {remark}" if remark else "")
    move(submission, Move.SIGN, by=by, note=note, at=copy.decided_at)
    for dispatch in _owed(copy, submission, by):
        nudge(send_dispatch, dispatch.pk)
    return letter


def _owed(copy: SignedCopy, submission: Submission, by: User) -> list[Dispatch]:
    """Return the dispatches by mail that the signature starts: those that waited for it, or a new one."""
    waiting = copy.letter.dispatches.filter(channel=Dispatch.Channel.EMAIL, mail=None)
    if waiting.update(signed=copy):
        return list(waiting)
    if not Office.objects.current().send_when_signed:
        return []
    to = submission.applicant.email
    facts = {"letter": copy.letter, "signed": copy, "channel": Dispatch.Channel.EMAIL}
    return [Dispatch.objects.create(**facts, to=to, requested_by=by)]
