"""The archive of activities: older recommendations, and the words by which they and the submissions are found."""

from django.db import models
from django.db.models import Q

from recommendations.models.submissions import Submission


class ArchivedActivity(models.Model):
    """An older recommendation from a list. It keeps the name that the agency had then, because the letter has it."""

    title = models.CharField("judul kegiatan", max_length=500)
    agency_name = models.CharField("instansi", max_length=200)
    year = models.PositiveSmallIntegerField("tahun")
    identity_number = models.CharField("identitas rekomendasi", max_length=50, blank=True)
    variables = models.TextField("variabel", blank=True, help_text="Satu nama sebaris.")
    source = models.CharField("sumber", max_length=200, blank=True)

    class Meta:
        verbose_name = "kegiatan arsip"
        verbose_name_plural = "kegiatan arsip"
        ordering = ["-year", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["identity_number"],
                condition=~Q(identity_number=""),
                name="one_archived_activity_an_identity",
                violation_error_message="Identitas rekomendasi ini sudah ada di arsip.",
            ),
            models.UniqueConstraint(
                fields=["title", "agency_name", "year"],
                condition=Q(identity_number=""),
                name="one_archived_activity_a_title_agency_and_year",
                violation_error_message="Kegiatan ini sudah ada di arsip.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.agency_name}, {self.year})"


class ActivityWord(models.Model):
    """A telling word of some title. A row never changes: triggers copy its word into SQLite's trigram index."""

    word = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.word


class ActivityIndex(models.Model):
    """An activity in the index: a submission or an archived activity.

    Title, agency and state are not copied here, because names change and agencies merge.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="activity"
    )
    archived = models.OneToOneField(
        ArchivedActivity, on_delete=models.CASCADE, null=True, blank=True, related_name="activity"
    )
    variables = models.TextField(blank=True)  # plain names, one per line

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="activity_is_asked_for_or_archived",
                condition=Q(submission__isnull=False, archived=None) | Q(submission=None, archived__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.submission or self.archived)


class ActivityPosting(models.Model):
    """A telling word of an activity whose title has `length` such words. Its unique index holds all a search reads."""

    word = models.ForeignKey(ActivityWord, on_delete=models.CASCADE, db_index=False, related_name="postings")
    activity = models.ForeignKey(ActivityIndex, on_delete=models.CASCADE, related_name="postings")
    length = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "activity", "length"], name="one_posting_a_word_and_activity")
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.activity}"
