"""The letter of the Kepala, and each dispatch of it to the applicant."""

import uuid
from datetime import datetime

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guestbook.models import new_token
from office.models import Mail, SigningRoute, User
from office.phones import shown_phone
from recommendations.models.drawing_tries import DrawnOnce, DrawnOnceQuerySet
from recommendations.models.notices import OwesNotice, OwesNoticeQuerySet
from recommendations.models.submissions import Submission
from recommendations.workflow import LetterStatus

NOT_ENDED = (LetterStatus.ISSUED, LetterStatus.VALID)
IDENTITY_PATTERN = r"^[VK]-[0-9]{2}\.[0-9]{4}\.[0-9]{3}\Z"


class LetterQuerySet(OwesNoticeQuerySet["Letter"], DrawnOnceQuerySet["Letter"]):  # type: ignore[override]  # mypy takes as_manager of each base for another
    def not_ended(self) -> "LetterQuerySet":
        """Return the letters that have not ended: at most one for each submission."""
        return self.filter(status__in=NOT_ENDED)

    def in_force(self) -> "LetterQuerySet":
        """Return the signed letters that are neither replaced nor revoked."""
        return self.filter(status=LetterStatus.VALID)

    def awaiting_signature(self) -> "LetterQuerySet":
        """Return the letters that the Kepala has to sign, the earliest due date first."""
        waiting = self.filter(status=LetterStatus.ISSUED, correction_at=None)
        return waiting.order_by("submission__due_on", "pk")

    def being_corrected(self) -> "LetterQuerySet":
        """Return the letters that the Kepala wants to replace, and whose replacing letter is not issued yet."""
        return self.not_ended().filter(correction_at__isnull=False)


class Letter(OwesNotice, DrawnOnce):
    """An issued letter. Its words are frozen in `content`; the PDF is drawn from them once and never again.

    A wrong letter is never changed: another letter replaces it, or it is revoked. Both keep their rows and files. The
    applicant gets a mail about that (`is_notice_owed`).
    """

    NOTICE_SINCE = "ended_at"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="letters")
    status = models.CharField(max_length=10, choices=LetterStatus.choices, default=LetterStatus.ISSUED)
    route = models.CharField(
        "cara tanda tangan", max_length=10, choices=SigningRoute.choices, default=SigningRoute.WET
    )  # as the office had set it when the letter was issued: the printed words depend on it
    number = models.CharField("nomor surat", max_length=100, unique=True)
    identity_number = models.CharField(
        "identitas rekomendasi",
        max_length=13,
        validators=[RegexValidator(IDENTITY_PATTERN, "Tulis seperti V-26.6371.001.")],
    )
    # Since when the letter is with the signing service, or its answer was lost: it may be signed there.
    maybe_signed_at = models.DateTimeField(null=True, blank=True)
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
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replacement", verbose_name="menggantikan"
    )
    # The Kepala's decision to replace this letter. It stays when the replacing letter is issued.
    correction_at = models.DateTimeField(null=True, blank=True)
    correction_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    correction_reason = models.CharField("yang salah", max_length=300, blank=True)
    # Its end: replaced or revoked.
    ended_on = models.DateField("berakhir", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_reason = models.CharField("sebab berakhir", max_length=300, blank=True)

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
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(status__in=NOT_ENDED), name="one_letter_not_ended_a_submission"
            ),
            models.UniqueConstraint(
                fields=["identity_number"], condition=Q(replaces=None), name="one_recommendation_an_identity_number"
            ),
            models.CheckConstraint(
                name="letter_to_correct_has_its_decision",
                condition=Q(correction_at=None, correction_by=None, correction_reason="")
                | (Q(correction_at__isnull=False, correction_by__isnull=False) & ~Q(correction_reason="")),
            ),
            models.CheckConstraint(
                name="ended_letter_has_day_person_and_reason",
                condition=Q(status__in=NOT_ENDED, ended_on=None, ended_at=None, ended_by=None, ended_reason="")
                | (
                    ~Q(status__in=NOT_ENDED)
                    & Q(ended_on__isnull=False, ended_at__isnull=False, ended_by__isnull=False)
                    & ~Q(ended_reason="")
                ),
            ),
            models.CheckConstraint(
                name="only_an_ended_letter_owes_notice", condition=Q(is_notice_owed=False) | ~Q(status__in=NOT_ENDED)
            ),
        ]
        indexes = [models.Index(fields=["ended_at"], condition=Q(is_notice_owed=True), name="letter_owes_notice")]

    def __str__(self) -> str:
        return self.number

    @property
    def signatory(self) -> str:
        """Return the name printed under the letter, which stays when the office gets another head."""
        return str(self.content["signatory"]["name"])

    @property
    def title(self) -> str:
        """Return the activity's title as the letter has it: the form's may be corrected for a later letter."""
        return str(self.content["annex"]["title"])

    @property
    def is_drawn(self) -> bool:
        return bool(self.pdf)

    @property
    def awaits_signature(self) -> bool:
        return self.status == LetterStatus.ISSUED

    @property
    def is_ended(self) -> bool:
        return self.status not in NOT_ENDED

    @property
    def is_being_corrected(self) -> bool:
        return self.correction_at is not None and not self.is_ended

    @property
    def replaced_by(self) -> "Letter | None":
        return getattr(self, "replacement", None)

    @property
    def was_sent_unsigned(self) -> bool:
        """Return whether the letter was sent before the desk kept signed letters: it never has a signed copy."""
        if self.awaits_signature or self.copies.accepted().exists():
            return False
        return not self.is_ended or self.dispatches.exists()


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def unmailed(self) -> "DispatchQuerySet":
        """Return the dispatches by mail whose mail is not in the outbox yet, while their letter is in force.

        A letter that is to be replaced is mailed no more, unless the Kepala keeps it.
        """
        in_force = self.filter(letter__status=LetterStatus.VALID, letter__correction_at=None)
        return in_force.filter(channel=Dispatch.Channel.EMAIL, mail=None)

    def under_way(self) -> "DispatchQuerySet":
        """Return the dispatches by mail that the worker still sends without an officer."""
        has_no_result = Q(mail=None, letter__status__in=NOT_ENDED) | Q(mail__in=Mail.objects.under_way())
        return self.filter(has_no_result, channel=Dispatch.Channel.EMAIL)

    def gone_to(self, to: str) -> "DispatchQuerySet":
        """Return the dispatches that gave the letter to this receiver, or to anybody at the counter.

        A mail that was refused, failed or came back did not give it.
        """
        lost = (Mail.Status.REFUSED, Mail.Status.FAILED, Mail.Status.BOUNCED)
        same = Q(channel=Dispatch.Channel.PAPER) | Q(to__iexact=to)
        return self.filter(same).exclude(mail__status__in=lost)

    def unnoted(self) -> "DispatchQuerySet":
        """Return the dispatches whose mail has a result that their submission's timeline does not have yet."""
        return self.filter(mail__status__in=Dispatch.RESULTS).exclude(noted=F("mail__status"))


class Dispatch(models.Model):
    """One dispatch of a letter: by mail, whose state is in its row of the outbox, by WhatsApp, or over the counter."""

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        PAPER = "paper", "Diserahkan di loket"
        WHATSAPP = "whatsapp", "WhatsApp"

    RESULTS = (Mail.Status.SENT, Mail.Status.REFUSED, Mail.Status.FAILED, Mail.Status.UNKNOWN)

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="dispatches")
    signed = models.ForeignKey(
        "SignedCopy", on_delete=models.PROTECT, null=True, blank=True, related_name="dispatches"
    )  # None for a letter that was sent before the desk kept signed letters
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    channel = models.CharField("cara", max_length=8, choices=Channel.choices)
    to = models.CharField("kepada", max_length=254)
    requested_at = models.DateTimeField(default=timezone.now)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    mail = models.OneToOneField(Mail, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("dijawab", null=True, blank=True)  # by the receiver of a WhatsApp message
    noted = models.CharField("hasil yang tercatat", max_length=10, blank=True)  # the mail's status in the last event

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = "pengiriman"
        verbose_name_plural = "pengiriman"
        ordering = ["requested_at", "pk"]
        constraints = [
            models.CheckConstraint(name="only_dispatch_by_email_has_mail", condition=Q(channel="email") | Q(mail=None)),
            models.CheckConstraint(
                name="only_dispatch_by_whatsapp_is_answered", condition=Q(channel="whatsapp") | Q(answered_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} kepada {self.shown_to}"

    @property
    def shown_to(self) -> str:
        """Return the receiver for the screen: a telephone number the Indonesian way, else as it was typed."""
        return shown_phone(self.to) if self.channel == self.Channel.WHATSAPP else self.to

    @property
    def arrived_at(self) -> datetime | None:
        """Return when the receiver got the paper or answered the message, or a server accepted the mail; else None.

        A WhatsApp message alone proves nothing: the officer knows that it was sent, not that it arrived.
        """
        if self.channel == self.Channel.PAPER:
            return self.requested_at
        if self.channel == self.Channel.WHATSAPP:
            return self.answered_at
        return self.mail.sent_at if self.mail and self.mail.status == Mail.Status.SENT else None
