"""Why a result is late: written before it is told, so that nobody waits longer than promised without a reason."""

from django.db import transaction
from django.utils import timezone

from office.models import User
from office.refusals import Refused
from recommendations.models import Round, Submission
from recommendations.moves import locked, note_event
from recommendations.workflow import Move


class LateUnexplained(Refused):
    """Raised when the promise is past due and nobody wrote why."""

    def __init__(self) -> None:
        super().__init__("Janji ini lewat jatuh tempo. Tulis sebab terlambat dahulu.")


class NotLate(Refused):
    """Raised when there is no delay to explain."""

    def __init__(self) -> None:
        super().__init__("Janji ini tidak lewat jatuh tempo, jadi tidak ada yang perlu diterangkan.")


@transaction.atomic
def explain_late(submission: Submission, *, reason: str, by: User) -> Round:
    """Note why the running promise is late; written again, the last words count and the timeline keeps all.

    Raises LateUnexplained (no words), NotLate.
    """
    submission = locked(submission)
    running = submission.rounds.promised().last()
    if running is None or not is_past_due(running):
        raise NotLate
    _note(submission, running, reason, by=by)
    return running


def must_be_explained(examined: Round, reason: str, *, by: User) -> None:
    """Whoever takes a late round further says why, unless somebody has; call under the submission's lock.

    Raises LateUnexplained.
    """
    if is_past_due(examined) and not examined.late_reason:
        _note(examined.submission, examined, reason, by=by)


def is_past_due(promised: Round) -> bool:
    """Is its promise still to be kept, and its last day gone?"""
    if promised.due_on is None or promised.told_at or promised.stopped_at:
        return False
    return promised.due_on < timezone.localdate()


def _note(submission: Submission, promised: Round, reason: str, *, by: User) -> None:
    reason = reason.strip()[:400]
    if not reason:
        raise LateUnexplained
    promised.late_reason = reason
    promised.save(update_fields=["late_reason"])
    note_event(submission, Move.LATE, by=by, note=f"putaran {promised.number}: {reason}")
