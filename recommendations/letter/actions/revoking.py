"""Revoke an issued letter; the head of the office does that, with a reason."""

from django.db import transaction

from office import clock
from office.heads import head_on
from office.models import User
from office.nudges import nudge
from recommendations.letter.ending import end, locked_letter
from recommendations.letter.panel_seal import ShownPanel
from recommendations.letter.tasks import tell_ended_letters
from recommendations.models import Letter
from recommendations.moves import move
from recommendations.workflow import Move


@transaction.atomic
def revoke_letter(letter: Letter, *, reason: str, shown: ShownPanel | None = None, by: User) -> Letter:
    """Revoke the letter from today on, and return it. Its submission ends, and a promise that still runs stops.

    An unsigned letter is revoked too: its numbers stay used. The reason is public. The applicant gets a mail. Raise
    NotTheHead, MovedOn, LetterMoveNotAllowed, SigningUnderWay, MoveNotAllowed, ClockWentBack.
    """
    head_on(clock.today(), by)
    submission, letter = locked_letter(letter, shown)
    now = clock.now()
    end(letter, Move.REVOKE, reason=reason, by=by, at=now)
    submission.due_on = None
    submission.rounds.promised().update(stopped_at=now)
    move(submission, Move.REVOKE, by=by, note=f"{letter.number}: {reason}", at=now)
    nudge(tell_ended_letters)
    return letter
