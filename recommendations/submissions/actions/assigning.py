"""Who is responsible for a submission: given to somebody, or taken over. Alerts follow."""

from django.db import transaction
from django.db.models import QuerySet

from office.models import User
from office.refusals import Refused
from recommendations.models import Submission
from recommendations.moves import locked, note_event
from recommendations.workflow import Move, MoveNotAllowed, Status

REASON_LENGTH = 400


class ReasonNeeded(Refused):
    """Raised when a submission is taken from somebody else without a reason."""

    def __init__(self, holder: User):
        super().__init__(f"Tulis alasannya: {holder} yang bertanggung jawab sampai sekarang.")


class TakenMeanwhile(Refused):
    """Raised when somebody else became responsible after the page was drawn."""

    def __init__(self, holder: User):
        super().__init__(f"{holder} bertanggung jawab sejak baru saja. Periksa dahulu, lalu alihkan bila masih perlu.")


class NotAnOfficer(Refused):
    """Raised when the person it is given to does not examine submissions, or has left."""

    def __init__(self, to: User):
        super().__init__(f"{to} bukan petugas yang aktif. Pilih petugas lain.")


def officers() -> QuerySet[User]:
    """Everybody who may be responsible: active, and examines submissions by role."""
    may = User.objects.with_perm("recommendations.examine_submission", is_active=True, include_superusers=False)
    return may.order_by("name", "pk")


@transaction.atomic
def assign(submission: Submission, *, to: User, reason: str = "", seen: int | None = None, by: User) -> Submission:
    """Make `to` responsible. `seen`: the id of whom the page named as responsible.

    To whom it belongs already, nothing happens. Raises MoveNotAllowed when the submission has ended, TakenMeanwhile,
    NotAnOfficer, and ReasonNeeded when it is taken from anybody but `by`.
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
