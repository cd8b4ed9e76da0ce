"""The outbox: every mail that the desk must send, except the letter itself, is saved as a row before it is sent."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

SENDING_TAKES_AT_MOST = timedelta(minutes=10)
"""Longer than any mail server takes to answer. A mail claimed longer ago than this has lost its worker."""


class MailQuerySet(models.QuerySet["Mail"]):
    def owed(self, now: datetime) -> "MailQuerySet":
        """Return the mails to send now: waiting and due, or claimed so long ago that their worker must be dead."""
        waiting = Q(status=Mail.Status.WAITING, next_try_at__lte=now)
        abandoned = Q(status=Mail.Status.SENDING, claimed_at__lt=now - SENDING_TAKES_AT_MOST)
        return self.filter(waiting | abandoned)

    def sent(self) -> "MailQuerySet":
        """Return the mails that a mail server has accepted."""
        return self.filter(status=Mail.Status.SENT)


class Mail(models.Model):
    """One mail to one person. `key` names its subject and is unique, so that the same mail is never sent twice."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Menunggu dikirim"
        SENDING = "sending", "Sedang dikirim"
        SENT = "sent", "Terkirim"
        FAILED = "failed", "Belum terkirim"

    key = models.CharField("perihal", max_length=120, unique=True)  # e.g. "ticket:4711"
    to = models.EmailField("kepada")
    subject = models.CharField("judul", max_length=200)
    body = models.TextField("isi")
    file = models.FileField(upload_to="mails/", max_length=100, blank=True)
    file_name = models.CharField("nama lampiran", max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    error = models.CharField("sebab", max_length=300, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    wanted_at = models.DateTimeField("diminta", default=timezone.now)
    next_try_at = models.DateTimeField("dicoba lagi", default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField("terkirim", null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "e-mail"
        verbose_name_plural = "e-mail keluar"
        ordering = ["-wanted_at", "-pk"]
        default_permissions = ["view", "change"]
        indexes = [models.Index(fields=["next_try_at"], condition=Q(status="waiting"), name="mail_waiting")]
        constraints = [
            models.CheckConstraint(
                name="sent_mail_has_time",
                condition=Q(status="sent", sent_at__isnull=False) | (~Q(status="sent") & Q(sent_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} kepada {self.to}"
