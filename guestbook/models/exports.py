"""The log of downloaded recaps."""

from datetime import date

from django.db import models
from django.utils import timezone

from guestbook.periods import SPANS, period_around, period_of
from office.models import User


class ExportLogQuerySet(models.QuerySet["ExportLog"]):
    def covering(self, day: date) -> "ExportLogQuerySet":
        """Return the downloads of a month, quarter, half-year or year that contains `day`."""
        return self.filter(period__in=[period_around(day, months).code for _, months in SPANS])


class ExportLog(models.Model):
    """One download of a recap: who took which file of which period, and when."""

    class Kind(models.TextChoices):
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"

    by = models.ForeignKey(User, on_delete=models.PROTECT, verbose_name="oleh")
    at = models.DateTimeField("diunduh", default=timezone.now)
    kind = models.CharField("berkas", max_length=4, choices=Kind.choices)
    period = models.CharField("periode", max_length=7)
    rows = models.PositiveIntegerField("kunjungan di dalamnya")

    objects = ExportLogQuerySet.as_manager()

    class Meta:
        verbose_name = "unduhan rekap"
        verbose_name_plural = "unduhan rekap"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period}"

    @property
    def period_words(self) -> str:
        return period_of(self.period).words
