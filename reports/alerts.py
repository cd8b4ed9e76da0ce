"""What a dashboard warns of: how much is late of each kind, and the promises, complaints and measures that are due."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from complaints.models import Complaint
from office.calendar import add_working_days
from office.formats import figure
from office.models import User
from ratings.models import FollowUp
from recommendations.models import Round
from recommendations.models.submissions import SubmissionQuerySet
from recommendations.promise.alerts import WORDS, AlertLevel
from recommendations.submissions.filters import sees_all
from recommendations.submissions.rows import CalendarFacts

MOST_ALERTS = 10
ALERT_BADGES = {
    # level of an alert: (kind, icon)
    AlertLevel.LATE: ("late", "late"),
    AlertLevel.TODAY: ("warn", "warn"),
    AlertLevel.SOON: ("warn", "warn"),
    AlertLevel.NEAR: ("warn", "warn"),
    AlertLevel.HALF: ("ok", "clock"),
}


@dataclass(frozen=True)
class Alert:
    """One promise with an alert today, or a complaint or a measure that is due. `url` leads to it."""

    level: AlertLevel
    url: str
    name: str
    due_on: date | None

    @property
    def words(self) -> str:
        return WORDS[self.level].capitalize()

    @property
    def kind(self) -> str:
        return ALERT_BADGES[self.level][0]

    @property
    def icon(self) -> str:
        return ALERT_BADGES[self.level][1]


@dataclass(frozen=True)
class Lateness:
    """How many of one kind are late. `url` leads to them."""

    name: str
    late: int
    url: str

    @property
    def words(self) -> str:
        return f"{figure(self.late)} terlambat" if self.late else "tidak ada yang terlambat"

    @property
    def kind(self) -> str:
        return "late" if self.late else "ok"


def lateness_of(user: User, today: date, *, submissions: int, url: str) -> list[Lateness]:
    """Return a line for each kind of the office's promises; the late submissions are counted already. Two queries."""
    complaints = Complaint.objects.visible_to(user).overdue(today).count()
    late_complaints = reverse("complaints:complaint_list", query={"saring": "terlambat"})
    return [
        Lateness("Permohonan", submissions, url),
        Lateness("Pengaduan", complaints, late_complaints),
        Lateness("Tindak lanjut SKM", FollowUp.objects.overdue(today).count(), reverse("ratings:follow_up_list")),
    ]


def alerts_of(user: User, found: SubmissionQuerySet, facts: CalendarFacts) -> list[Alert]:
    """Return what is due for `user`, the most urgent first: of `found`, of the complaints and of the SKM's plan."""
    until = add_working_days(facts.today, 1, facts.days_off)
    every = [
        *_promise_alerts(found, facts.today),
        *_complaint_alerts(user, facts.today, until),
        *_measure_alerts(user, facts.today, until),
    ]
    return sorted(every, key=lambda one: -one.level)[:MOST_ALERTS]


def _promise_alerts(found: SubmissionQuerySet, today: date) -> list[Alert]:
    alerted = Round.objects.promised().filter(alerted_on=today, alert_level__gt=0)
    mine = alerted.filter(submission__in=found.order_by().values("pk"))
    rows = mine.order_by("-alert_level", "due_on", "pk").select_related("submission").defer("answers", "typed_by")
    return [_promise_alert(one) for one in rows[:MOST_ALERTS]]


def _promise_alert(promised: Round) -> Alert:
    submission = promised.submission
    url = reverse("recommendations:deadline", args=[submission.pk])
    name = f"{submission.register} {submission.shown_title}"
    return Alert(AlertLevel(promised.alert_level), url, name, promised.due_on)


def _complaint_alerts(user: User, today: date, until: date) -> list[Alert]:
    """Return the complaints that the alert mail of today names: those due until the next working day.

    An alert has no word of the complaint: others may see the screen.
    """
    due_by = Complaint.objects.visible_to(user).due_by(until)
    rows = due_by if sees_all(user) else due_by.filter(assigned_to=user)
    return [
        Alert(
            _level(one.next_due_on, today),
            reverse("complaints:complaint_detail", args=[one.key]),
            f"Pengaduan {one.short_code}",
            one.next_due_on,
        )
        for one in rows.order_by("due_on", "code")[:MOST_ALERTS]
    ]


def _measure_alerts(user: User, today: date, until: date) -> list[Alert]:
    """Return the measures that are due until the next working day: the user's own, for the Kepala those of all."""
    rows = FollowUp.objects.unfinished() if sees_all(user) else FollowUp.objects.due_of(user)
    return [
        Alert(
            _level(one.due_on, today),
            reverse("ratings:follow_up_detail", args=[one.pk]),
            f"Tindak lanjut {one.get_aspect_display()}, {one.period_words}",
            one.due_on,
        )
        for one in rows.filter(due_on__lte=until).order_by("due_on", "pk")[:MOST_ALERTS]
    ]


def _level(due_on: date | None, today: date) -> AlertLevel:
    if due_on is None or due_on == today:
        return AlertLevel.TODAY
    return AlertLevel.LATE if due_on < today else AlertLevel.SOON
