"""Save the facts of the agency's surat pengantar."""

from datetime import date

from django.db import transaction

from office.models import User
from recommendations.models import Submission
from recommendations.moves import being_recorded


@transaction.atomic
def write_cover_letter(
    submission: Submission, *, number: str, written_on: date, signatory: str, by: User
) -> Submission:
    """Save number, date and signatory of the surat pengantar, and return the submission. Raise MoveNotAllowed.

    No event is written: the round that is recorded complete shows who recorded it.
    """
    submission = being_recorded(submission)
    submission.cover_number, submission.cover_date, submission.cover_signatory = number, written_on, signatory
    submission.save(update_fields=["cover_number", "cover_date", "cover_signatory"])
    return submission
