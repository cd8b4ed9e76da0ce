"""A correction of one answer of a frozen round, for a letter that replaces a wrong one."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User
from recommendations.models.letters import Letter
from recommendations.models.rounds import Round


class AnswerCorrection(models.Model):
    """One answer that an officer corrected because the words of a letter were wrong. It is never changed."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="corrections")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="corrections")
    item = models.CharField("isian", max_length=40)
    name = models.CharField("nama isian", max_length=300)
    old = models.JSONField("semula", null=True)
    new = models.JSONField("menjadi", null=True)
    old_words = models.TextField("semula, dengan kata-kata", blank=True)
    new_words = models.TextField("menjadi, dengan kata-kata", blank=True)
    reason = models.CharField("alasan", max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "perbaikan isian"
        verbose_name_plural = "perbaikan isian"
        ordering = ["pk"]
        default_permissions = []
        constraints = [models.CheckConstraint(name="correction_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.name}: “{self.old_words}” menjadi “{self.new_words}”"
