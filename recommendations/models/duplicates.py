"""The check of an examined round for duplicates: what was found, and the examiner's decision if one was needed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User
from recommendations.models.activities import ArchivedActivity
from recommendations.models.rounds import Round
from recommendations.models.submissions import Submission


class DuplicateCheck(models.Model):
    """The check of one round for duplicates. `found` keeps the similar activities at the time of the check."""

    class Conclusion(models.TextChoices):
        NONE = "none", "Tidak ada yang sangat serupa"
        NOT_DUPLICATE = "not", "Bukan duplikasi"
        DUPLICATE = "duplicate", "Duplikasi"

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="duplicate_check")
    outcome = models.CharField("hasil", max_length=10, choices=Conclusion.choices)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    archived = models.ForeignKey(ArchivedActivity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    other = models.CharField("duplikasi dari", max_length=600, blank=True)  # its name, or what the examiner typed
    reason = models.CharField("alasan", max_length=400, blank=True)
    found = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "pemeriksaan duplikasi"
        verbose_name_plural = "pemeriksaan duplikasi"
        constraints = [
            models.CheckConstraint(
                name="duplicate_names_the_other_and_why",
                condition=Q(outcome="duplicate") & ~Q(other="") & ~Q(reason="")
                | ~Q(outcome="duplicate") & Q(other="", submission=None, archived=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.other}" if self.other else self.get_outcome_display()

    @property
    def is_duplicate(self) -> bool:
        return self.outcome == self.Conclusion.DUPLICATE

    @property
    def is_decision(self) -> bool:
        """Return whether an examiner decided. False when there was no decision to make."""
        return self.outcome != self.Conclusion.NONE

    @property
    def compared(self) -> set[str]:
        """Return the keys of the very similar activities that the decision covers; an empty set without a decision."""
        return {one["key"] for one in self.found if one["is_very_alike"]} if self.is_decision else set()
