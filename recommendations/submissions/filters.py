"""Filter submissions for lists and figures. The address of a page contains its filters."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, TextChoices

from guestbook.periods import Period
from office.calendar import add_working_days
from office.models import User
from recommendations.models import Round, Submission
from recommendations.models.submissions import SubmissionQuerySet
from recommendations.workflow import ENDED, Status

SCOPES = {
    "terbuka": ("Terbuka", [status for status in Status if status not in ENDED]),
    "pemohon": ("Menunggu pemohon", [Status.RETURNED]),
    "kepala": ("Menunggu Kepala", [Status.VERIFIED, Status.ISSUED, Status.SIGNED, Status.SENT, Status.CLOSED]),
    "selesai": ("Selesai", list(ENDED)),
    "semua": ("Semua", list(Status)),
}
MINE = "saya"
"""In an address: the officer is the user who opens it."""
ANSWERED = "jawaban"
"""An additional step in the filter: returned, and the applicant has answered."""


class Due(TextChoices):
    """How near the due date of a running promise is."""

    LATE = "terlambat", "Terlambat"
    UNEXPLAINED = "tanpa-sebab", "Terlambat, sebab belum ditulis"
    TODAY = "hari-ini", "Hari ini"
    SOON = "2-hari", "Dalam 2 hari kerja"
    NEAR = "5-hari", "Dalam 5 hari kerja"
    LATER = "lebih", "Lebih dari 5 hari kerja"


def due_windows(today: date, days_off: Collection[date]) -> dict[Due, Q]:
    """Return the condition on a round's due date for each value of Due."""
    in_two, in_five = (add_working_days(today, days, days_off) for days in (2, 5))
    return {
        Due.LATE: Q(due_on__lt=today),
        Due.UNEXPLAINED: Q(due_on__lt=today, late_reason=""),
        Due.TODAY: Q(due_on=today),
        Due.SOON: Q(due_on__range=(today, in_two)),
        Due.NEAR: Q(due_on__range=(today, in_five)),
        Due.LATER: Q(due_on__gt=in_five),
    }


def due(found: SubmissionQuerySet, window: Q) -> SubmissionQuerySet:
    """Return the submissions with a running promise whose due date matches `window`."""
    return found.filter(Exists(Round.objects.promised().filter(window, submission=OuterRef("pk"))))


def due_counts(found: SubmissionQuerySet, windows: dict[Due, Q]) -> dict[str, int]:
    """Return the number of running promises of `found` in each window, by the name of its Due. One query."""
    running = Round.objects.promised().filter(submission__in=found.order_by().values("pk"))
    return running.aggregate(**{near.name: Count("pk", filter=window) for near, window in windows.items()})


def answered(found: SubmissionQuerySet) -> SubmissionQuerySet:
    """Return the returned submissions that the applicant has answered since the last recording."""
    came_in = Round.objects.filter(submission=OuterRef("pk"), answered_at__isnull=False)
    is_last = ~Exists(Round.objects.filter(submission=OuterRef("submission"), recorded_at__gt=OuterRef("answered_at")))
    return found.filter(Exists(came_in.filter(is_last)), status=Status.RETURNED)


def scope_rule(scope: str) -> Q:
    """Return the condition of a tab of the list, one of SCOPES. A letter that is replaced waits in any status."""
    if scope == "kepala":
        return Q(pk__in=Submission.objects.with_head().values("pk"))
    return Q(status__in=SCOPES[scope][1])


def at_step(found: SubmissionQuerySet, step: str) -> SubmissionQuerySet:
    """Return the submissions with the status `step`; for ANSWERED, those of `answered`."""
    return answered(found) if step == ANSWERED else found.filter(status=step)


def recorded_in(found: SubmissionQuerySet, period: Period) -> SubmissionQuerySet:
    """Return the submissions with a round that was recorded complete in `period`."""
    days = (period.first, period.last)
    return found.filter(Exists(Round.objects.filter(submission=OuterRef("pk"), starts_on__range=days)))


NARROWINGS: dict[str, Callable[[SubmissionQuerySet, Any], SubmissionQuerySet]] = {
    # field of the address: its filter
    "cari": lambda found, words: found.matching(words),
    "langkah": at_step,
    "petugas": lambda found, officer: found.filter(officer=officer),
    "instansi": lambda found, agency: found.filter(applicant__agency=agency),
    "formulir": lambda found, code: found.filter(instrument_code=code),
    "terekam": recorded_in,
}


def narrowed(found: SubmissionQuerySet, wanted: Mapping[str, Any], *, reader: User) -> SubmissionQuerySet:
    """Return `found` filtered by all fields of `wanted` except the due date; `due` filters by that."""
    chosen = {**wanted, "petugas": reader.pk} if wanted.get("petugas") == MINE else wanted
    for name in NARROWINGS.keys() & chosen.keys():
        found = NARROWINGS[name](found, chosen[name])
    return found


def sees_all(user: User) -> bool:
    """Return whether all submissions of the office concern this user, as they concern the Kepala."""
    return user.has_perm("recommendations.issue_letter")


def concerning(user: User) -> SubmissionQuerySet:
    """Return the submissions that concern this user: an officer's own, or all for the Kepala."""
    seen = Submission.objects.visible_to(user)
    return seen if sees_all(user) else seen.filter(officer=user)


def holders() -> list[User]:
    """Return the users who are the responsible officer of a submission, also of an ended one."""
    return list(User.objects.filter(Exists(Submission.objects.filter(officer=OuterRef("pk")))).order_by("name", "pk"))
