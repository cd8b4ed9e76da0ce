"""The SKM reports of closed periods, frozen with their answers, and the log of downloaded reports."""

import hashlib
import json

from django.db import models
from django.utils import timezone

from guestbook.models import PeriodRow
from office.models import User


def answers_digest(rows: list[list[int]]) -> str:
    """Return the SHA-256 of sorted answers, written as JSON without blanks, in hexadecimal."""
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


class FrozenReport(models.Model):
    """The figures of a period as they were published, and the answers of which they were made. It never changes.

    The answers are in the order of the unsur, and sorted. They name no person, ticket or time.
    """

    period = models.CharField("periode", max_length=7, unique=True)
    figures = models.JSONField("angka")
    answers = models.JSONField("jawaban")
    digest = models.CharField("SHA-256 jawaban", max_length=64)
    remarks = models.JSONField("saran", null=True, blank=True)
    """As skm_readings.frozen_remarks writes them. None in reports frozen before remarks were: those are read live."""
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="dibekukan oleh")
    frozen_at = models.DateTimeField("dibekukan", default=timezone.now)

    class Meta:
        verbose_name = "laporan SKM beku"
        verbose_name_plural = "laporan SKM beku"
        ordering = ["-frozen_at"]
        default_permissions = []
        permissions = [("freeze_report", "Membekukan laporan SKM")]

    def __str__(self) -> str:
        return f"Laporan SKM {self.period}"

    @property
    def is_intact(self) -> bool:
        """Return whether the answers are still those of the SHA-256."""
        return answers_digest(self.answers) == self.digest


class ReportDownload(PeriodRow):
    """One download of an SKM report: who took which file of which period, and when."""

    class Kind(models.TextChoices):
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"
        POSTER = "poster", "Poster"

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("diunduh", default=timezone.now)
    kind = models.CharField("berkas", max_length=6, choices=Kind.choices)
    rows = models.PositiveIntegerField("responden di dalamnya")

    class Meta:
        verbose_name = "unduhan laporan SKM"
        verbose_name_plural = "unduhan laporan SKM"
        ordering = ["-at", "-pk"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period}"
