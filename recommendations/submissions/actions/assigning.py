"""Change the responsible officer of a submission. The alerts go to the new officer."""

from django.db import transaction
from django.db.models import QuerySet

from office.models import User
from office.refusals import Refused
from recommendations.models import Submission
from recommendations.moves import locked, note_event
from recommendations.workflow import Move, MoveNotAllowed, Status

REASON_LENGTH = 400


class ReasonNeeded(Refused):
    """Raised when another officer is responsible and no reason is given."""

    def __init__(self, holder: User):
        super().__init__(f"Tulis alasannya: {holder} yang bertanggung jawab sampai sekarang.")


class TakenMeanwhile(Refused):
    """Raised when the responsible officer has changed since the page was shown."""

    def __init__(self, holder: User):
        super().__init__(f"{holder} bertanggung jawab sejak baru saja. Periksa dahulu, lalu alihkan bila masih perlu.")


class NotAnOfficer(Refused):
    """Raised when the chosen user is not active or may not examine submissions."""

    def __init__(self, to: User):
        super().__init__(f"{to} bukan petugas yang aktif. Pilih petugas lain.")


def officers() -> QuerySet[User]:
    """Return the users who may be responsible: active, with the permission to examine through a role."""
    may = User.objects.with_perm("recommendations.examine_submission", is_active=True, include_superusers=False)
    return may.order_by("name", "pk")


@transaction.atomic
def assign(submission: Submission, *, to: User, reason: str = "", seen: int | None = None, by: User) -> Submission:
    """Make `to` responsible. `seen` is the id of the responsible officer that the page showed.

    Do nothing when `to` is responsible already. Raise MoveNotAllowed when the submission has ended, TakenMeanwhile,
    NotAnOfficer, and ReasonNeeded when the responsible officer is not `by` and no reason is given.
    """
    submission, reason = locked(submission), reason.strip()[:REASON_LENGTH]
    holder = submission.officer
    if submission.is_ended:
        raise MoveNotAllowed(Move.ASSIGN, Status(submission.status))
    if to == holder:
        return submission
    if seen is not None and seen != holder.pk:
        raise TakenMeanwhile(holder)
    _must_be_possible(holder, to, reason, by)
    submission.officer = to
    submission.save(update_fields=["officer"])
    note_event(submission, Move.ASSIGN, by=by, note=f"dari {holder} kepada {to}" + (f": {reason}" if reason else ""))
    return submission


def _must_be_possible(holder: User, to: User, reason: str, by: User) -> None:
    if not officers().filter(pk=to.pk).exists():
        raise NotAnOfficer(to)
    if holder != by and not reason:
        raise ReasonNeeded(holder)
