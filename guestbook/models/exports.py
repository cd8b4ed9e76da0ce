"""Rows about one period, and the log of downloaded recaps."""

from datetime import date

from django.db import models
from django.utils import timezone

from guestbook.periods import SPANS, period_around, period_of
from office.models import User


class PeriodRow(models.Model):
    """A row about one period. `period` is its code, such as 2026-T4."""

    period = models.CharField("periode", max_length=7)

    class Meta:
        abstract = True

    @property
    def period_words(self) -> str:
        """The period in words, e.g. Triwulan IV 2026."""
        return period_of(self.period).words


class ExportLogQuerySet(models.QuerySet["ExportLog"]):
    def covering(self, day: date) -> "ExportLogQuerySet":
        """Return the downloads of a month, quarter, half-year or year that contains `day`."""
        return self.filter(period__in=[period_around(day, months).code for _, months in SPANS])


class ExportLog(PeriodRow):
    """One download of a recap: who took which file of which period, and when."""

    class Kind(models.TextChoices):
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"

    by = models.ForeignKey(User, on_delete=models.PROTECT, verbose_name="oleh")
    at = models.DateTimeField("diunduh", default=timezone.now)
    kind = models.CharField("berkas", max_length=4, choices=Kind.choices)
    rows = models.PositiveIntegerField("kunjungan di dalamnya")

    objects = ExportLogQuerySet.as_manager()

    class Meta:
        verbose_name = "unduhan rekap"
        verbose_name_plural = "unduhan rekap"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period}"
