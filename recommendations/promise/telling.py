"""Mark a returned round as told, which ends its promise.

A round counts as told when the applicant knows its result, not already when the officer returns the form.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from office.models import User
from recommendations.models import Slip, Submission
from recommendations.moves import locked, note_event
from recommendations.workflow import Move, Status


@transaction.atomic
def tell_round(slip: Slip, *, at: datetime, by: User | None, note: str) -> bool:
    """Mark the slip's round as told at `at`, and write the event.

    Return False and change nothing when its promise does not run: the round is marked already, or the promise stopped.
    """
    submission = locked(slip.round.submission)
    told = submission.rounds.promised().filter(pk=slip.round_id).update(told_at=at)
    if told:
        _end_promise(submission)
        note_event(submission, Move.TELL, by=by, note=f"putaran {slip.round.number}: {note}", at=timezone.now())
    return bool(told)


def untell_round(slip: Slip, *, told_at: datetime, by: User | None, note: str) -> bool:
    """Open the promise of the slip's round again, because the mail that told it at `told_at` did not arrive.

    Write the event in any case. Return False and leave the round told when the applicant knows the result in another
    way: by an answer, a later recorded round, or the slip handed over. Call with the returned submission locked.
    """
    submission = slip.round.submission
    words = f"putaran {slip.round.number}: {note}"
    note_event(submission, Move.BOUNCE, by=by, note=words)
    later = submission.rounds.recorded().filter(number__gt=slip.round.number)
    if later.exists():
        return False
    mine = submission.rounds.filter(pk=slip.round_id, told_at=told_at, answered_at=None)
    untold = mine.update(told_at=slip.handed_over_at)
    if not untold or slip.handed_over_at:
        return False
    submission.due_on = slip.round.due_on
    submission.save(update_fields=["due_on"])
    return True


def _end_promise(submission: Submission) -> None:
    """Clear the due date of a returned submission: no result is due while the applicant corrects the form."""
    if submission.status == Status.RETURNED:
        submission.due_on = None
        submission.save(update_fields=["due_on"])


def tell_by_reply(submission: Submission, *, at: datetime, by: User | None, note: str) -> None:
    """Mark every round whose promise still runs as told at `at`: an applicant who replies knows the result.

    Call with the submission locked.
    """
    for untold in submission.rounds.promised().defer("answers", "typed_by"):
        submission.rounds.filter(pk=untold.pk).update(told_at=at)
        _end_promise(submission)
        words = f"putaran {untold.number}: {note} sebelum penyerahan atau e-mail tercatat"
        note_event(submission, Move.TELL, by=by, note=words)
