"""The letter of the Kepala, and each dispatch of it to the applicant."""

import uuid
from datetime import datetime, timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guestbook.models import new_token
from office.models import User
from recommendations.models import drawing
from recommendations.models.submissions import Submission

IDENTITY_PATTERN = r"^[VK]-[0-9]{2}\.[0-9]{4}\.[0-9]{3}\Z"
SENDING_TAKES_AT_MOST = timedelta(minutes=10)
"""Longer than the worker waits for a mail server. A dispatch claimed longer ago has lost its worker."""


class LetterQuerySet(models.QuerySet["Letter"]):
    def undrawn(self) -> "LetterQuerySet":
        """Return the letters whose PDF is not drawn yet."""
        return self.filter(pdf="")

    def to_try(self, now: datetime) -> "LetterQuerySet":
        """Return the undrawn letters that the worker may draw now."""
        return self.undrawn().filter(drawing.may_be_tried(now))

    def owed(self, now: datetime, *, not_asked_since: datetime) -> "LetterQuerySet":
        """Return the letters to ask the worker for."""
        return self.to_try(now).filter(drawing.not_asked(not_asked_since))

    def stuck(self) -> "LetterQuerySet":
        """Return the letters whose PDF cannot be drawn: each try failed."""
        return self.filter(drawing.stuck(timezone.now()))


class Letter(models.Model):
    """An issued letter. Its words are frozen in `content`; the PDF is drawn from them once and never again."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="letter")
    number = models.CharField("nomor surat", max_length=100, unique=True)
    sequence = models.PositiveIntegerField("nomor urut", null=True, blank=True)
    identity_number = models.CharField(
        "identitas rekomendasi",
        max_length=13,
        unique=True,
        validators=[RegexValidator(IDENTITY_PATTERN, "Tulis seperti V-26.6371.001.")],
    )
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    issued_on = models.DateField("tanggal surat")
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="issued_letters", verbose_name="diterbitkan oleh"
    )
    content = models.JSONField()
    pdf = models.FileField(upload_to="letters/", max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField("percobaan", default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField("sebab", max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "surat"
        verbose_name_plural = "surat"
        ordering = ["-issued_at"]
        constraints = [
            models.CheckConstraint(
                name="drawn_letter_has_file_and_hash",
                condition=Q(pdf="", sha256="", drawn_at=None)
                | (~Q(pdf="") & ~Q(sha256="") & Q(drawn_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_drawn(self) -> bool:
        return bool(self.pdf)

    @property
    def why_stuck(self) -> str:
        """Return in words why the PDF cannot be drawn; "" when it is drawn or still tried."""
        return "" if self.is_drawn else drawing.why_stuck(self.tries, self.tried_at, self.problem)


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def owed(self, now: datetime) -> "DispatchQuerySet":
        """Return the dispatches still to be sent: waiting, or claimed so long ago that their worker has stopped.

        A dispatch of a letter without a PDF is left out.
        """
        waiting = Q(status=Dispatch.Status.WAITING)
        abandoned = Q(status=Dispatch.Status.SENDING, claimed_at__lt=now - SENDING_TAKES_AT_MOST)
        return self.filter(waiting | abandoned).exclude(letter__pdf="")


class Dispatch(models.Model):
    """One dispatch of a letter: a mail with its state, or a paper handed over at the counter."""

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        PAPER = "paper", "Diserahkan di loket"

    class Status(models.TextChoices):
        WAITING = "waiting", "Menunggu dikirim"
        SENDING = "sending", "Sedang dikirim"
        SENT = "sent", "Terkirim"
        FAILED = "failed", "Belum terkirim"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="dispatches")
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    channel = models.CharField("cara", max_length=5, choices=Channel.choices)
    to = models.CharField("kepada", max_length=254)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    error = models.CharField("sebab", max_length=300, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField("terkirim", null=True, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = "pengiriman"
        verbose_name_plural = "pengiriman"
        ordering = ["requested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(channel="email", status__in=["waiting", "sending"]),
                name="one_mail_at_a_time",
            ),
            models.CheckConstraint(
                name="sent_dispatch_has_time",
                condition=Q(status="sent", sent_at__isnull=False) | (~Q(status="sent") & Q(sent_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} kepada {self.to}"

    @property
    def can_be_repeated(self) -> bool:
        return self.status == self.Status.FAILED
