"""The link by which the applicant rates how the recommendation was given, once, after the letter was delivered."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from guestbook.models import new_token
from recommendations.models.submissions import Submission

RATED_AFTER_DELIVERY = timedelta(days=30)
"""How long after the delivery the link is open. The office's decision of issue 12; no rule sets it."""


class RatingLink(models.Model):
    """The rating link of one submission. It is used once; the rating of the visit has another link.

    `delivered_on` is the day on which the letter last arrived before it was rated; None until it has arrived.
    """

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="rating_link")
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    delivered_on = models.DateField("surat diterima", null=True, blank=True, db_index=True)
    rated_at = models.DateTimeField("dinilai", null=True, blank=True)

    class Meta:
        verbose_name = "tautan penilaian"
        verbose_name_plural = "tautan penilaian"
        default_permissions = []

    def __str__(self) -> str:
        return f"Penilaian {self.submission}"

    @property
    def rate_until(self) -> date:
        """The last local day on which the link is open; before the delivery, as if the letter arrived today."""
        return (self.delivered_on or timezone.localdate()) + RATED_AFTER_DELIVERY

    @property
    def can_be_rated(self) -> bool:
        return self.delivered_on is not None and not self.rated_at and timezone.localdate() <= self.rate_until


def note_delivered(submission: Submission, day: date) -> None:
    """Note that the letter arrived on the local `day`. A link that was used keeps the day of the rated delivery."""
    link, _ = RatingLink.objects.get_or_create(submission=submission)
    RatingLink.objects.filter(pk=link.pk, rated_at=None).update(delivered_on=day)
