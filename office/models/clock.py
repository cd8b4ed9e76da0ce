"""What the desk knows about the computer's clock: the newest time that it has shown."""

from django.db import models
from django.db.models import Q


class ClockMark(models.Model):
    """The newest time that is known to be right, and when the computer had been started then. One row.

    `office/clock.py` writes it, at most once a minute.
    """

    ONLY = 1

    seen_at = models.DateTimeField("jam terakhir")
    boot = models.CharField(max_length=40, blank=True)
    uptime = models.FloatField(default=0)

    class Meta:
        verbose_name = "jam komputer"
        verbose_name_plural = "jam komputer"
        default_permissions = []
        constraints = [models.CheckConstraint(name="one_clock_mark", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.seen_at:%Y-%m-%d %H.%M}"
