"""In which browsers a member of staff signed in."""

from django.db import models
from django.utils import timezone

from office.models.people import User


class KnownBrowser(models.Model):
    """A browser in which this user signed in before. Of its key only the digest is here."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_browsers")
    key_hash = models.CharField(max_length=64)
    words = models.CharField(max_length=60)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "peramban yang dikenal"
        verbose_name_plural = "peramban yang dikenal"
        default_permissions = []
        constraints = [models.UniqueConstraint(name="known_browser_once", fields=["user", "key_hash"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.words}"
