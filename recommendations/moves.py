"""The one place where a submission's status changes, and the event that tells of it is written."""

from office.models import User
from recommendations.models import Round, Submission, SubmissionEvent
from recommendations.workflow import Move, MoveNotAllowed, Status, status_after


def locked(submission: Submission) -> Submission:
    """The row as it stands now, locked until the transaction ends; call inside a transaction."""
    return Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)


def being_recorded(submission: Submission) -> Submission:
    """The row, locked, of a submission whose form is open; call inside a transaction. Raises MoveNotAllowed."""
    submission = locked(submission)
    if not submission.is_open_for_recording:
        raise MoveNotAllowed(Move.RECORD, Status(submission.status))
    return submission


def being_checked(submission: Submission, step: Move = Move.VERIFY) -> tuple[Submission, Round]:
    """The locked submission and its examined round, to take `step` with. Raises MoveNotAllowed."""
    submission = locked(submission)
    if submission.status != Status.CHECKING:
        raise MoveNotAllowed(step, Status(submission.status))
    examined = submission.rounds.recorded().latest("number")
    examined.submission = submission
    return submission, examined


def move(submission: Submission, step: Move, *, by: User | None, note: str = "") -> Submission:
    """Take `step` with a locked `submission`: status, save, event. Raises MoveNotAllowed."""
    submission.status = status_after(step, Status(submission.status))
    submission.save()
    note_event(submission, step, by=by, note=note)
    return submission


def note_event(submission: Submission, step: Move, *, by: User | None, note: str = "") -> None:
    """Write an event that changes no status, e.g. a file attached or a mail that failed."""
    SubmissionEvent.objects.create(submission=submission, move=step, by=by, note=note[:500])
