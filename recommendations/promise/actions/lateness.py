"""Save the late reason: an overdue round needs one before it is returned, verified or issued."""

from django.db import transaction
from django.utils import timezone

from office.models import User
from office.refusals import Refused
from recommendations.models import Round, Submission
from recommendations.moves import locked, note_event
from recommendations.workflow import Move


class LateUnexplained(Refused):
    """Raised when the promise is past due and has no late reason."""

    def __init__(self) -> None:
        super().__init__("Janji ini lewat jatuh tempo. Tulis sebab terlambat dahulu.")


class NotLate(Refused):
    """Raised when no running promise is past due, so there is no delay to explain."""

    def __init__(self) -> None:
        super().__init__("Janji ini tidak lewat jatuh tempo, jadi tidak ada yang perlu diterangkan.")


@transaction.atomic
def explain_late(submission: Submission, *, reason: str, by: User) -> Round:
    """Save why the running promise is late, and return its round.

    A new reason replaces the one before; the timeline shows both. Raise NotLate, or LateUnexplained when `reason` is
    empty.
    """
    submission = locked(submission)
    running = submission.rounds.promised().last()
    if running is None or not is_past_due(running):
        raise NotLate
    _note(submission, running, reason, by=by)
    return running


def must_be_explained(examined: Round, reason: str, *, by: User) -> None:
    """Save `reason` when the round is past due and has no late reason yet; otherwise do nothing.

    Call with the submission locked. Raise LateUnexplained when a reason is needed and `reason` is empty.
    """
    if is_past_due(examined) and not examined.late_reason:
        _note(examined.submission, examined, reason, by=by)


def is_past_due(promised: Round) -> bool:
    """Return whether the promise still runs and its due date is over."""
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
