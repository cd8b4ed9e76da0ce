"""Link a submission with its visit after it was opened."""

from django.db import transaction

from guestbook.models import Visit
from office.models import User
from office.refusals import Refused
from recommendations.models import Submission
from recommendations.moves import locked, note_event
from recommendations.workflow import Move


class NotLinked(Refused):
    """Raised when the submission already has a visit, or has ended."""


@transaction.atomic
def link_visit(submission: Submission, *, visit: Visit, by: User) -> Submission:
    """Save the visit of a submission that was opened without one. Raise NotLinked."""
    submission = locked(submission)
    if submission.visit_id:
        raise NotLinked(f"Permohonan ini sudah ditautkan dengan kunjungan {submission.visit}.")
    if submission.is_ended:
        raise NotLinked(f"Permohonan ini berstatus {submission.get_status_display()}; kunjungannya tidak diubah lagi.")
    submission.visit = visit
    submission.save(update_fields=["visit"])
    note_event(submission, Move.LINK, by=by, note=f"{visit.ticket}, {visit.visitor.name}")
    return submission
