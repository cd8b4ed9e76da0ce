"""The secret link from which an officer's calendar reads the due dates, and the log of downloaded evidence packets."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from guestbook.models import PeriodRow
from office.models import User


class FeedLinkQuerySet(models.QuerySet["FeedLink"]):
    def valid(self) -> "FeedLinkQuerySet":
        """Return the links that are not revoked and belong to an active user."""
        return self.filter(revoked_at=None, user__is_active=True).select_related("user")


class FeedLink(models.Model):
    """The calendar link of one user. The secret is shown once and not stored; the row has only its SHA-256."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="feed_link", verbose_name="pegawai")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField("dibuat", default=timezone.now)
    revoked_at = models.DateTimeField("dicabut", null=True, blank=True)

    objects = FeedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "tautan kalender"
        verbose_name_plural = "tautan kalender"
        ordering = ["user"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="feed_link_revoked_after_made",
                condition=Q(revoked_at=None) | Q(revoked_at__gte=models.F("made_at")),
            )
        ]

    def __str__(self) -> str:
        return f"tautan kalender {self.user}"


class PacketDownload(PeriodRow):
    """One download of the evidence packet: who took which period, when, and the SHA-256 of its list of files."""

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("diunduh", default=timezone.now)
    files = models.PositiveSmallIntegerField("berkas di dalamnya")
    sha256 = models.CharField("SHA-256 ISI.txt", max_length=64)

    class Meta:
        verbose_name = "unduhan paket bukti"
        verbose_name_plural = "unduhan paket bukti"
        ordering = ["-at", "-pk"]
        default_permissions = []

    def __str__(self) -> str:
        return f"Paket bukti {self.period}"
