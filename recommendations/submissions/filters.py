"""Which submissions a list or a figure is about: the ways to narrow them down that an address keeps."""

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
    "kepala": ("Menunggu Kepala", [Status.VERIFIED]),
    "selesai": ("Selesai", list(ENDED)),
    "semua": ("Semua", list(Status)),
}
MINE = "saya"
"""Whose address says so: whoever reads it."""
ANSWERED = "jawaban"
"""A step of its own in the list: given back, and the applicant has answered."""


class Due(TextChoices):
    """How near the end of a running promise is."""

    LATE = "terlambat", "Terlambat"
    UNEXPLAINED = "tanpa-sebab", "Terlambat, sebab belum ditulis"
    TODAY = "hari-ini", "Hari ini"
    SOON = "2-hari", "Dalam 2 hari kerja"
    NEAR = "5-hari", "Dalam 5 hari kerja"
    LATER = "lebih", "Lebih dari 5 hari kerja"


def due_windows(today: date, days_off: Collection[date]) -> dict[Due, Q]:
    """What each nearness asks of a running round's due date."""
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
    """Those with a running promise that is due as `window` says."""
    return found.filter(Exists(Round.objects.promised().filter(window, submission=OuterRef("pk"))))


def due_counts(found: SubmissionQuerySet, windows: dict[Due, Q]) -> dict[str, int]:
    """How many running promises of `found` are due when: one query."""
    running = Round.objects.promised().filter(submission__in=found.order_by().values("pk"))
    return running.aggregate(**{near.name: Count("pk", filter=window) for near, window in windows.items()})


def answered(found: SubmissionQuerySet) -> SubmissionQuerySet:
    """Given back, and the applicant's answer has come in: the officer's turn."""
    came_in = Round.objects.filter(submission=OuterRef("pk"), answered_at__isnull=False)
    is_last = ~Exists(Round.objects.filter(submission=OuterRef("submission"), recorded_at__gt=OuterRef("answered_at")))
    return found.filter(Exists(came_in.filter(is_last)), status=Status.RETURNED)


def at_step(found: SubmissionQuerySet, step: str) -> SubmissionQuerySet:
    """Those with the status `step`, or ANSWERED."""
    return answered(found) if step == ANSWERED else found.filter(status=step)


def recorded_in(found: SubmissionQuerySet, period: Period) -> SubmissionQuerySet:
    """Those with a round that was recorded complete in `period`."""
    days = (period.first, period.last)
    return found.filter(Exists(Round.objects.filter(submission=OuterRef("pk"), starts_on__range=days)))


NARROWINGS: dict[str, Callable[[SubmissionQuerySet, Any], SubmissionQuerySet]] = {
    # field of the address: how it narrows
    "cari": lambda found, words: found.matching(words),
    "langkah": at_step,
    "petugas": lambda found, officer: found.filter(officer=officer),
    "instansi": lambda found, agency: found.filter(applicant__agency=agency),
    "formulir": lambda found, code: found.filter(instrument_code=code),
    "terekam": recorded_in,
}


def narrowed(found: SubmissionQuerySet, wanted: Mapping[str, Any], *, reader: User) -> SubmissionQuerySet:
    """`found` by everything in `wanted` but the nearness of the due date, which `due` narrows by."""
    chosen = {**wanted, "petugas": reader.pk} if wanted.get("petugas") == MINE else wanted
    for name in NARROWINGS.keys() & chosen.keys():
        found = NARROWINGS[name](found, chosen[name])
    return found


def sees_all(user: User) -> bool:
    """Whether every submission of the office concerns this person: the Kepala."""
    return user.has_perm("recommendations.issue_letter")


def concerning(user: User) -> SubmissionQuerySet:
    """What concerns this person: an officer's own submissions, the Kepala's are all."""
    seen = Submission.objects.visible_to(user)
    return seen if sees_all(user) else seen.filter(officer=user)


def holders() -> list[User]:
    """Who is or was the officer of a submission."""
    return list(User.objects.filter(Exists(Submission.objects.filter(officer=OuterRef("pk")))).order_by("name", "pk"))
