"""A link through which a telephone sends files to one open submission.

It lasts half an hour and cannot be guessed. A submission has at most one open link.
"""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from office.models import User
from recommendations.models.submissions import Submission
from recommendations.workflow import OPEN_FOR_RECORDING


def new_token() -> str:
    """Return a random token of 128 bits."""
    return secrets.token_urlsafe(16)


class UploadLinkQuerySet(models.QuerySet["UploadLink"]):
    def live(self, now: datetime) -> "UploadLinkQuerySet":
        """Return the links that are neither closed nor expired and whose submission still takes files.

        A link that has received MAX_FILES files is among them; `why_closed` tells it apart.
        """
        return self.filter(closed_at=None, until__gt=now, submission__status__in=OPEN_FOR_RECORDING)


class UploadLink(models.Model):
    LASTS = timedelta(minutes=30)
    MAX_FILES = 30

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="upload_links")
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField("berlaku sampai")
    closed_at = models.DateTimeField("ditutup", null=True, blank=True)
    file_count = models.PositiveSmallIntegerField("berkas diterima", default=0)

    objects = UploadLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "tautan unggah"
        verbose_name_plural = "tautan unggah"
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(closed_at=None), name="one_open_upload_link_a_submission"
            ),
            models.CheckConstraint(name="upload_link_ends_after_it_begins", condition=Q(until__gt=F("made_at"))),
            models.CheckConstraint(name="upload_link_takes_thirty_files", condition=Q(file_count__lte=30)),
        ]

    def __str__(self) -> str:
        return f"{self.submission.register} sampai {timezone.localtime(self.until):%H.%M}"

    @property
    def why_closed(self) -> str:
        """Return why the link takes no files now, in words for the telephone; "" while it takes files."""
        if not self.submission.is_open_for_recording:
            return "Permohonan ini tidak menerima berkas lagi."
        if self.closed_at:
            return "Tautan ini sudah ditutup atau diganti."
        if self.until <= timezone.now():
            return "Tautan ini sudah habis waktunya."
        if self.file_count >= self.MAX_FILES:
            return f"Tautan ini sudah menerima {self.MAX_FILES} berkas."
        return ""
