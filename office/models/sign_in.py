"""In which browsers a member of staff signed in, and in which the sign-in still lasts."""

from django.contrib.sessions.models import Session
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


class SignInQuerySet(models.QuerySet["SignIn"]):
    def lasting(self) -> "SignInQuerySet":
        """Return the sign-ins whose session is not over."""
        running = Session.objects.filter(expire_date__gt=timezone.now())
        return self.filter(session_key__in=running.values("session_key"))


class SignIn(models.Model):
    """One sign-in, as long as its session lasts."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    words = models.CharField("peramban", max_length=60)
    since = models.DateTimeField("sejak", default=timezone.now)
    seen_at = models.DateTimeField("terakhir dipakai", default=timezone.now)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = "sesi"
        verbose_name_plural = "sesi"
        ordering = ["-seen_at", "-pk"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.user}: {self.words}"
