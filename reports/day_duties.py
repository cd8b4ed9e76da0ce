"""Read what somebody still has to do at the end of a day: complaints, and what is due until the next working day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from complaints.models import Complaint
from complaints.models.complaints import ComplaintQuerySet
from guestbook.recaps import hours_of
from office.calendar import add_working_days
from office.models import User
from ratings.models import FollowUp
from recommendations.models import Round
from recommendations.submissions.filters import concerning

COMPLAINT_ROWS = 25
"""A list of complaints names at most this many, and counts the rest."""


@dataclass(frozen=True)
class DueItem:
    """A submission, a complaint or a measure of the follow-up plan that is due on `on`.

    A complaint has its code only, never its text.
    """

    on: date
    name: str
    words: str
    url: str


@dataclass(frozen=True)
class Duties:
    """What is `due` until `next_day`, the next working day; and the complaints whose reporter waits for the user.

    `waiting` has the first COMPLAINT_ROWS of them, `waiting_count` is how many there are.
    """

    today: date
    next_day: date
    due: list[DueItem]
    waiting: list[Complaint]
    waiting_count: int

    @property
    def more_waiting(self) -> int:
        """How many wait for the user and are not in `waiting`."""
        return self.waiting_count - len(self.waiting)

    @property
    def due_now(self) -> int:
        """How many are due today or were due before."""
        return sum(item.on <= self.today for item in self.due)


def complaints_received(user: User, day: date) -> ComplaintQuerySet:
    """Return the complaints of the local `day` that `user` may see, in no order of time."""
    begins, ends = hours_of(day)
    found = Complaint.objects.visible_to(user).filter(received_at__gte=begins, received_at__lt=ends)
    return found.order_by("code")


def read_duties(user: User, today: date, days_off: Collection[date]) -> Duties:
    """Return the duties of `user`: an officer's own, or those of the whole office for the Kepala. Five queries."""
    next_day = add_working_days(today, 1, days_off)
    items = [*_due_submissions(user, next_day), *_due_complaints(user, next_day), *_due_measures(user, next_day)]
    waiting = Complaint.objects.waiting_for(user).order_by("first_due_on", "pk")
    due = sorted(items, key=lambda item: (item.on, item.name))
    return Duties(today, next_day, due, list(waiting[:COMPLAINT_ROWS]), waiting.count())


def _due_submissions(user: User, until: date) -> list[DueItem]:
    rounds = Round.objects.promised().filter(due_on__lte=until, submission__in=concerning(user).order_by().values("pk"))
    found = rounds.select_related("submission").defer("answers", "typed_by")
    return [
        DueItem(one.due_on, one.submission.register, one.submission.shown_title, _page(one.submission_id))
        for one in found
        if one.due_on
    ]


def _page(submission: int) -> str:
    return reverse("recommendations:submission_detail", args=[submission])


def _due_complaints(user: User, until: date) -> list[DueItem]:
    found: ComplaintQuerySet = Complaint.objects.visible_to(user).due_by(until)
    if not user.has_perm("complaints.view_complaint"):
        found = found.filter(assigned_to=user)
    return [
        DueItem(one.next_due_on, f"Pengaduan {one.short_code}", one.get_status_display(), _complaint_page(one))
        for one in found
        if one.next_due_on and one.next_due_on <= until
    ]


def _complaint_page(complaint: Complaint) -> str:
    return reverse("complaints:complaint_detail", args=[complaint.key])


def _due_measures(user: User, until: date) -> list[DueItem]:
    """Return the measures of the SKM's follow-up plan for which `user` is responsible."""
    return [
        DueItem(one.due_on, f"Tindak lanjut {one.get_aspect_display()}", one.period_words, _measure_page(one.pk))
        for one in FollowUp.objects.due_of(user).filter(due_on__lte=until)
        if one.due_on
    ]


def _measure_page(pk: int) -> str:
    return reverse("ratings:follow_up_detail", args=[pk])
