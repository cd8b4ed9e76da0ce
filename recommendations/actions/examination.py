"""Examining a recorded round: remarks per item, then returned to the applicant or verified."""

from django.db import transaction
from django.utils import timezone

from office.models import User
from recommendations.actions.duplicates import must_not_be_duplicate
from recommendations.actions.slips import write_slip
from recommendations.models import Remark, Round, Submission
from recommendations.moves import being_checked, move
from recommendations.workflow import Move


class NothingToCorrect(Exception):
    """Returned without a remark that asks for a correction; the text is fit for the screen."""

    def __init__(self):
        super().__init__("Tulis sedikitnya satu catatan perbaikan sebelum mengembalikan.")


class CorrectionsOpen(Exception):
    """Verified while a correction is still asked for; the text is fit for the screen."""

    def __init__(self, count: int):
        super().__init__(f"Masih ada {count} catatan perbaikan. Ubah menjadi saran, hapus, atau kembalikan permohonan.")


@transaction.atomic
def write_remark(submission: Submission, *, item_id: str, kind: str, text: str, by: User) -> Remark | None:
    """Write, change or (empty `text`) take back the remark on one item. Raises UnknownItem, MoveNotAllowed."""
    submission, examined = being_checked(submission)
    submission.instrument.item(item_id)
    if not text:
        examined.remarks.filter(item=item_id).delete()
        return None
    return Remark.objects.update_or_create(
        round=examined, item=item_id, defaults={"kind": kind, "text": text, "by": by, "at": timezone.now()}
    )[0]


@transaction.atomic
def return_to_applicant(submission: Submission, *, by: User) -> Round:
    """Owe the visitor the slip that says what to improve; the next round opens as a copy.

    This round's promise runs on until the visitor has been told (telling.py). Raises NothingToCorrect, MoveNotAllowed.
    """
    submission, examined = being_checked(submission)
    corrections = examined.remarks.filter(kind=Remark.Kind.CORRECTION).count()
    if not corrections:
        raise NothingToCorrect
    write_slip(examined, by=by)
    move(submission, Move.RETURN, by=by, note=f"putaran {examined.number}, {corrections} catatan perbaikan")
    return Round.objects.create(submission=submission, number=examined.number + 1, answers=examined.answers)


@transaction.atomic
def verify(submission: Submission, *, by: User) -> Submission:
    """The form is fit and duplicates nothing: on to the Kepala. Remaining advice travels into the annex.

    Raises CorrectionsOpen, DuplicateUndecided, IsDuplicate, MoveNotAllowed.
    """
    submission, examined = being_checked(submission)
    corrections = examined.remarks.filter(kind=Remark.Kind.CORRECTION).count()
    if corrections:
        raise CorrectionsOpen(corrections)
    must_not_be_duplicate(examined, by=by)
    return move(submission, Move.VERIFY, by=by, note=f"putaran {examined.number}, {examined.remarks.count()} saran")
