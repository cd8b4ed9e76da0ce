"""The history of due dates: every move of a promise with its dates and cause; and the days on which alerts went out."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from office.formats import short_date
from office.models import CalendarChange, User
from recommendations.models.notices import OwesNotice, OwesNoticeQuerySet
from recommendations.models.rounds import Round


class DueChange(OwesNotice):
    """One move of one promise: by a change of the calendar, or by a person's decision with a reason.

    The timeline of the submission shows these rows. A move to a later day owes the applicant a mail
    (`is_notice_owed`), until the mail is in the outbox.
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

    objects = OwesNoticeQuerySet["DueChange"].as_manager()

    class Meta:
        verbose_name = "perubahan jatuh tempo"
        verbose_name_plural = "perubahan jatuh tempo"
        ordering = ["at", "pk"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["at"], condition=Q(is_notice_owed=True), name="due_change_owes_notice")]
        constraints = [
            models.CheckConstraint(name="due_change_moves", condition=~Q(old_due_on=F("new_due_on"))),
            models.UniqueConstraint(fields=["round", "calendar_change"], name="one_move_a_round_and_calendar_change"),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on:%d/%m/%Y} menjadi {self.new_due_on:%d/%m/%Y}"

    words = "Jatuh tempo pindah"
    """The title of this row in a timeline."""

    @property
    def who(self) -> str:
        return str(self.by) if self.by else "sistem"

    @property
    def note(self) -> str:
        """Return the old date, the new date and the cause in words."""
        version = f", kalender versi {self.calendar_change_id}" if self.calendar_change_id else ""
        return f"dari {short_date(self.old_due_on)} menjadi {short_date(self.new_due_on)}: {self.cause}{version}"

    @property
    def is_later(self) -> bool:
        return self.new_due_on > self.old_due_on


class AlertDay(models.Model):
    """A day on which alerts were made, and for how many rounds.

    A second run on the same day finds this row and makes none, so each person gets at most one alert a day.
    """

    day = models.DateField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    rounds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
