"""What an officer did about the results and metadata that an agency owes after its activity."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User
from recommendations.models.submissions import Submission


class ResultNote(models.Model):
    """The results and metadata of one activity were asked for, or received, on the day that the officer typed.

    The letter obliges the agency to hand them over. They are asked for as often as needed, and received once.
    """

    class Kind(models.TextChoices):
        ASKED = "asked", "Diminta"
        RECEIVED = "received", "Diterima"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="result_notes")
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    happened_on = models.DateField("tanggal")
    note = models.CharField("catatan", max_length=300, blank=True)
    at = models.DateTimeField("dicatat", default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "catatan hasil dan metadata"
        verbose_name_plural = "catatan hasil dan metadata"
        ordering = ["happened_on", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(kind="received"), name="results_are_received_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission.register}, {self.get_kind_display().lower()} {self.happened_on:%d/%m/%Y}"
