"""The head decides that a wrong letter is to be replaced, or that it is kept after all.

The replacing letter is issued like any letter (`issue_letter`).
"""

from django.db import transaction

from office import clock
from office.heads import head_on
from office.models import User
from office.nudges import nudge
from office.refusals import Refused
from recommendations.letter.ending import LetterBeingReplaced, locked_letter, must_be_endable, withdraw_mails
from recommendations.letter.panel_seal import ShownPanel
from recommendations.letter.tasks import send_dispatch
from recommendations.models import Dispatch, Letter
from recommendations.moves import note_event
from recommendations.workflow import Move, Status, status_after


class AnswersCorrected(Refused):
    """Raised when a letter is to be kept, but answers were corrected since, so that its words are old."""

    def __init__(self) -> None:
        super().__init__("Isian sudah diperbaiki, jadi surat lama tidak cocok lagi. Terbitkan surat penggantinya.")


@transaction.atomic
def want_replacement(letter: Letter, *, reason: str, shown: ShownPanel | None = None, by: User) -> Letter:
    """Note that the letter is wrong and is to be replaced, and return it. It is not signed or sent any more.

    Its submission waits for the head again, with its status and its promise unchanged. Raise NotTheHead, MovedOn,
    LetterMoveNotAllowed, LetterBeingReplaced, SigningUnderWay, MoveNotAllowed, ClockWentBack.
    """
    head_on(clock.today(), by)
    submission, letter = locked_letter(letter, shown)
    must_be_endable(letter, Move.REPLACE)
    status_after(Move.REISSUE, Status(submission.status))
    if letter.is_being_corrected:
        raise LetterBeingReplaced(letter)
    letter.correction_at, letter.correction_by, letter.correction_reason = clock.now(), by, reason
    letter.save(update_fields=["correction_at", "correction_by", "correction_reason"])
    withdraw_mails(letter, "Kepala mengganti surat ini sebelum e-mail ini dikirim.")
    note_event(submission, Move.CORRECT, by=by, note=f"{letter.number}: {reason}", at=letter.correction_at)
    return letter


@transaction.atomic
def keep_letter(letter: Letter, *, shown: ShownPanel | None = None, by: User) -> Letter:
    """Keep a letter that was to be replaced, and return it. It may be signed and sent again.

    Do nothing when it is not to be replaced. Raise NotTheHead, MovedOn, AnswersCorrected, ClockWentBack.
    """
    head_on(clock.today(), by)
    submission, letter = locked_letter(letter, shown)
    if not letter.is_being_corrected:
        return letter
    if letter.corrections.exists():
        raise AnswersCorrected
    letter.correction_at, letter.correction_by, letter.correction_reason = None, None, ""
    letter.save(update_fields=["correction_at", "correction_by", "correction_reason"])
    note_event(submission, Move.KEEP, by=by, note=letter.number)
    for dispatch in Dispatch.objects.unmailed().filter(letter=letter):
        nudge(send_dispatch, dispatch.pk)
    return letter
