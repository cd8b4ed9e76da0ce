"""The slip with the remarks of a returned round: frozen words, one PDF, and how it reached the applicant."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from office.models import Mail, User
from recommendations.models.drawing_tries import DrawnOnce, DrawnOnceQuerySet
from recommendations.models.rounds import Round
from recommendations.workflow import Status


class SlipQuerySet(DrawnOnceQuerySet["Slip"]):
    def to_do(self, now: datetime) -> "SlipQuerySet":
        """Return the slips that the worker has to draw or to mail."""
        return self.filter(Q(pk__in=self.to_try(now).values("pk")) | Q(pk__in=self.unmailed().values("pk")))

    def unmailed(self) -> "SlipQuerySet":
        """Return the drawn slips without a mail, as long as their submission is returned.

        A slip is left out when a later round is recorded: the applicant has answered at the counter.
        """
        later = Round.objects.recorded().filter(
            submission=OuterRef("round__submission"), number__gt=OuterRef("round__number")
        )
        awaited = self.filter(round__submission__status=Status.RETURNED).exclude(Exists(later))
        return awaited.filter(mail=None).exclude(pdf="")


class Slip(DrawnOnce):
    """The slip of one returned round. Its words are frozen in `content`; the PDF is drawn from them once."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="slip")
    content = models.JSONField()
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    pdf = models.FileField(upload_to="slips/", max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    handed_over_at = models.DateTimeField("diserahkan", null=True, blank=True)
    handed_over_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    handed_to = models.CharField("diserahkan kepada", max_length=200, blank=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan perbaikan"
        verbose_name_plural = "catatan perbaikan"
        ordering = ["written_at", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="drawn_slip_has_file_and_hash",
                condition=Q(pdf="", sha256="", drawn_at=None)
                | (~Q(pdf="") & ~Q(sha256="") & Q(drawn_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="slip_is_handed_over_by_somebody",
                condition=Q(handed_over_at=None, handed_over_by=None)
                | Q(handed_over_at__isnull=False, handed_over_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Catatan perbaikan {self.round}"

    @property
    def is_drawn(self) -> bool:
        return bool(self.pdf)
