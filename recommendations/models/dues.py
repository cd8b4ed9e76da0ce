"""The ledger of due dates: every time a promise was moved, from what to what, and why; and the days of alerting."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from office.formats import short_date
from office.models import CalendarChange, User
from recommendations.models.rounds import Round


class DueChangeQuerySet(models.QuerySet["DueChange"]):
    def later(self) -> "DueChangeQuerySet":
        """Moves to a later day, which the applicant must be told."""
        return self.filter(new_due_on__gt=F("old_due_on"))


class DueChange(models.Model):
    """One promise moved once: by a change of the calendar, or by somebody's decision with a reason.

    The timeline of the submission reads it from here.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="due_changes", db_index=False)
    old_due_on = models.DateField("jatuh tempo lama")
    new_due_on = models.DateField("jatuh tempo baru")
    calendar_change = models.ForeignKey(
        CalendarChange, on_delete=models.PROTECT, null=True, blank=True, related_name="due_changes"
    )
    cause = models.CharField("sebab", max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    at = models.DateTimeField("dicatat", default=timezone.now)

    objects = DueChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "perubahan jatuh tempo"
        verbose_name_plural = "perubahan jatuh tempo"
        ordering = ["at", "pk"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(name="due_change_moves", condition=~Q(old_due_on=F("new_due_on"))),
            models.UniqueConstraint(fields=["round", "calendar_change"], name="one_move_a_round_and_calendar_change"),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on:%d/%m/%Y} menjadi {self.new_due_on:%d/%m/%Y}"

    words = "Jatuh tempo pindah"
    """As a timeline says it."""

    @property
    def who(self) -> str:
        return str(self.by) if self.by else "sistem"

    @property
    def note(self) -> str:
        """From which day to which, and why."""
        version = f", kalender versi {self.calendar_change_id}" if self.calendar_change_id else ""
        return f"dari {short_date(self.old_due_on)} menjadi {short_date(self.new_due_on)}: {self.cause}{version}"

    @property
    def is_later(self) -> bool:
        return self.new_due_on > self.old_due_on


class AlertDay(models.Model):
    """A day on which who is responsible was alerted: at most one mail a person, however often the clock asks."""

    day = models.DateField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    rounds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
