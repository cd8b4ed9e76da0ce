"""A file of a submission: from the desk, or from a telephone."""

from django.db import models
from django.utils import timezone

from office.models import User
from recommendations.instruments.attachment_kinds import kind_called
from recommendations.models.drawing_tries import DrawnOnceQuerySet
from recommendations.models.files import KeptFile
from recommendations.models.submissions import Submission
from recommendations.models.upload_links import UploadLink


class Attachment(KeptFile):
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField("jenis", max_length=40)  # an AttachmentKind of the instrument
    description = models.CharField("keterangan", max_length=200, blank=True)  # only for a kind that needs a description
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    link = models.ForeignKey(
        UploadLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="attachments", verbose_name="tautan"
    )

    is_free: bool  # set only by the page of attachments

    objects = DrawnOnceQuerySet["Attachment"].as_manager()

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
        """Return the kind in words, followed by the description when there is one."""
        kind = kind_called(self.submission.instrument, self.kind)
        name = kind.label if kind else self.kind
        return f"{name}: {self.description}" if self.description else name

    @property
    def came_by_phone(self) -> bool:
        return self.link_id is not None

    @property
    def who(self) -> str:
        """Return the name of the officer who attached it; "pemohon" when no officer did."""
        return str(self.uploaded_by or "pemohon")
