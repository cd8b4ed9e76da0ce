"""Changes a submission's status and writes the event of the change. No other module changes the status."""

from datetime import datetime

from django.utils import timezone

from office import clock
from office.models import User
from recommendations.models import Round, Submission, SubmissionEvent
from recommendations.workflow import Move, MoveNotAllowed, NotBeingChecked, Status, status_after


def locked(submission: Submission) -> Submission:
    """Lock the submission until the transaction ends. Return its row as it is now. Call inside a transaction."""
    return Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)


def being_recorded(submission: Submission) -> Submission:
    """Lock a submission whose form is open for recording, and return it. Call inside a transaction.

    Raise MoveNotAllowed when the form is not open.
    """
    submission = locked(submission)
    if not submission.is_open_for_recording:
        raise MoveNotAllowed(Move.RECORD, Status(submission.status))
    return submission


def being_checked(submission: Submission, step: Move | None = None) -> tuple[Submission, Round]:
    """Lock a submission that is being examined. Return it with its examined round. Call inside a transaction.

    When it is not being examined, raise MoveNotAllowed for `step`, or NotBeingChecked without one.
    """
    submission = locked(submission)
    if submission.status != Status.CHECKING:
        status = Status(submission.status)
        raise MoveNotAllowed(step, status) if step else NotBeingChecked(status)
    examined = submission.rounds.recorded().latest("number")
    examined.submission = submission
    return submission, examined


def move(
    submission: Submission, step: Move, *, by: User | None, note: str = "", at: datetime | None = None
) -> Submission:
    """Take `step` with a locked `submission`: save its new status and write the event. Return the submission.

    Raise MoveNotAllowed when `step` does not begin in its status, ClockWentBack.
    """
    submission.status = status_after(step, Status(submission.status))
    submission.save()
    note_event(submission, step, by=by, note=note, at=at)
    return submission


def note_event(
    submission: Submission, step: Move, *, by: User | None, note: str = "", at: datetime | None = None
) -> None:
    """Write an event of the submission without changing its status, e.g. a file attached or a mail that failed.

    Without `at`, raise ClockWentBack for the act of a user. A caller that has asked the clock gives its time. The
    worker gives `at` when it notes what a user decided: what it has done is written at any time.
    """
    at = at or (clock.now() if by else timezone.now())
    SubmissionEvent.objects.create(submission=submission, move=step, at=at, by=by, note=note[:500])
