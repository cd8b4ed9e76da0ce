"""A round: the answers as recorded once. "Terekam lengkap" freezes it; a return opens the next as a copy."""

import secrets
from pathlib import PurePath
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User
from recommendations.instruments.completeness import Finding, Progress, findings, progress
from recommendations.models.submissions import Submission
from recommendations.uploads import shown_size


class RoundQuerySet(models.QuerySet):
    def recorded(self) -> "RoundQuerySet":
        """Frozen rounds."""
        return self.exclude(recorded_at=None)

    def without_answers(self) -> "RoundQuerySet":
        """For lists: the dates and the number of remarks, not the whole form."""
        return self.defer("answers").annotate(remark_count=models.Count("remarks"))


class Round(models.Model):
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField("putaran", default=1)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField("tersimpan", null=True, blank=True)
    recorded_at = models.DateTimeField("terekam lengkap", null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField("jatuh tempo", null=True, blank=True)
    due_is_provisional = models.BooleanField("jatuh tempo sementara", default=False)
    told_at = models.DateTimeField("hasil diberitahukan", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_round_a_number"),
            models.CheckConstraint(
                name="recorded_round_has_officer_and_due_date",
                condition=Q(recorded_at=None, recorded_by=None, due_on=None)
                | Q(recorded_at__isnull=False, recorded_by__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="only_recorded_round_is_told", condition=Q(told_at=None) | Q(recorded_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission.register} putaran {self.number}"

    @property
    def is_frozen(self) -> bool:
        return self.recorded_at is not None

    @property
    def title(self) -> str:
        """The activity's title as typed so far."""
        return str(self.answers.get(self.submission.instrument.title_item) or "")

    @property
    def agency_name(self) -> str:
        """The agency as typed so far."""
        return str(self.answers.get(self.submission.instrument.agency_item) or "")

    @property
    def variables(self) -> list[str]:
        """The names of the variables as typed so far; what is no table of rows has none."""
        rows = self.answers.get(self.submission.instrument.variables_item)
        rows = rows if isinstance(rows, list) else []
        return [str(row.get("nama") or "") for row in rows if isinstance(row, dict)]

    @property
    def progress(self) -> Progress:
        return progress(self.submission.instrument, self.answers)

    @property
    def findings(self) -> list[Finding]:
        """What is missing or not a possible answer."""
        return findings(self.submission.instrument, self.answers)

    def answer(self, item_id: str) -> Any:
        return self.answers.get(item_id)


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """A random name: neither the applicant's file name nor anything else to guess. Only its ending stays."""
    return f"attachments/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:6]}"


class Attachment(models.Model):
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField("jenis", max_length=40)  # an AttachmentKind of the instrument
    file = models.FileField(upload_to=attachment_path, max_length=100)
    name = models.CharField("nama berkas", max_length=200)
    size = models.PositiveIntegerField("ukuran (byte)")
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "lampiran"
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind", "sha256"],
                name="one_attachment_a_file",
                violation_error_message="Berkas ini sudah dilampirkan.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The kind in words."""
        return next((kind.label for kind in self.submission.instrument.attachments if kind.id == self.kind), self.kind)

    @property
    def shown_size(self) -> str:
        return shown_size(self.size)


class Remark(models.Model):
    """An examiner's remark on one item of a frozen round."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", "Perbaikan"
        ADVICE = "advice", "Konfirmasi/saran"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="remarks")
    item = models.CharField("isian", max_length=40)
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices, default=Kind.CORRECTION)
    text = models.TextField("isi catatan", max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "catatan"
        verbose_name_plural = "catatan"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "item"], name="one_remark_an_item_and_round")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_correction(self) -> bool:
        return self.kind == self.Kind.CORRECTION
