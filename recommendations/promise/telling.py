"""A promise is kept when the applicant knows the result of the round, not when the officer returned the form."""

from datetime import datetime

from django.db import transaction

from office.models import User
from recommendations.models import Slip, Submission
from recommendations.moves import locked, note_event
from recommendations.workflow import Move, Status


@transaction.atomic
def tell_round(slip: Slip, *, at: datetime, by: User | None, note: str) -> bool:
    """The applicant has been told the result of the slip's round; False when that is known, or the promise ended."""
    submission = locked(slip.round.submission)
    told = submission.rounds.promised().filter(pk=slip.round_id).update(told_at=at)
    if told:
        _end_promise(submission)
        note_event(submission, Move.TELL, by=by, note=f"putaran {slip.round.number}: {note}")
    return bool(told)


def _end_promise(submission: Submission) -> None:
    """Nothing is due while the applicant corrects the form."""
    if submission.status == Status.RETURNED:
        submission.due_on = None
        submission.save(update_fields=["due_on"])


def tell_by_reply(submission: Submission, *, at: datetime, by: User | None, note: str) -> None:
    """The applicant has replied, so was told of what was returned. Call with the locked submission."""
    for untold in submission.rounds.promised().defer("answers", "typed_by"):
        submission.rounds.filter(pk=untold.pk).update(told_at=at)
        _end_promise(submission)
        words = f"putaran {untold.number}: {note} sebelum penyerahan atau e-mail tercatat"
        note_event(submission, Move.TELL, by=by, note=words)
