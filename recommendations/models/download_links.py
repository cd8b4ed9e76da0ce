"""The link by which the applicant fetches a signed letter. It ends on a day, and an officer makes it longer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from guestbook.models import new_token
from office.models import User
from recommendations.models.letters import Letter
from recommendations.workflow import LetterStatus


class DownloadLink(models.Model):
    """The download link of one letter, and how often the letter was fetched by it.

    Its token cannot be guessed. It is stored as it is, like the other tokens of visitors: the mail and the officer's
    page show the link again. No address and no browser of the reader is stored.
    """

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="download_link")
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    made_at = models.DateTimeField("dibuat", default=timezone.now)
    ends_on = models.DateField("berlaku sampai")  # the last day on which it opens
    renewed_at = models.DateTimeField("diperpanjang", null=True, blank=True)
    renewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fetch_count = models.PositiveIntegerField("kali diunduh", default=0)
    first_fetched_at = models.DateTimeField("pertama diunduh", null=True, blank=True)
    last_fetched_at = models.DateTimeField("terakhir diunduh", null=True, blank=True)

    class Meta:
        verbose_name = "tautan unduh"
        verbose_name_plural = "tautan unduh"
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="fetched_letter_has_its_times",
                condition=Q(fetch_count=0, first_fetched_at=None, last_fetched_at=None)
                | Q(fetch_count__gt=0, first_fetched_at__isnull=False, last_fetched_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter.number}, sampai {self.ends_on:%d/%m/%Y}"

    @property
    def has_ended(self) -> bool:
        return timezone.localdate() > self.ends_on

    @property
    def is_open(self) -> bool:
        """Return whether the letter can be fetched now: the link has not ended, and the letter may be given."""
        return self.may_be_given and not self.has_ended

    @property
    def may_be_given(self) -> bool:
        """Return whether the letter is in force and is not being replaced. An officer makes only such a link longer."""
        return self.letter.status == LetterStatus.VALID and not self.letter.is_being_corrected
