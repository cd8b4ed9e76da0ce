"""The outbox: every mail that the desk must send is saved as a row before it is sent."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

SENDING_TAKES_AT_MOST = timedelta(minutes=10)
"""Longer than any mail server takes to answer. A mail claimed longer ago than this has lost its worker."""

LONGEST_PAUSE = timedelta(hours=12)
"""The longest time after which a mail that was put off is tried again."""


class MailQuerySet(models.QuerySet["Mail"]):
    def owed(self, now: datetime) -> "MailQuerySet":
        """Return the mails to send now, the oldest first: waiting, or put off until now.

        A mail that was put off while the clock was set forward is owed too.
        """
        waiting = self.filter(status__in=(Mail.Status.WAITING, Mail.Status.PUT_OFF))
        was_ahead = Q(claimed_at__gt=now) | Q(next_try_at__gt=now + LONGEST_PAUSE)
        due = waiting.filter(Q(status=Mail.Status.WAITING) | Q(next_try_at__lte=now) | was_ahead)
        return due.order_by("wanted_at", "pk")

    def abandoned(self, now: datetime) -> "MailQuerySet":
        """Return the mails that were claimed so long ago that their worker must have stopped.

        A time of claiming that lies ahead is that of a clock set forward: it says nothing of the worker.
        """
        under_way = Q(claimed_at__range=(now - SENDING_TAKES_AT_MOST, now + SENDING_TAKES_AT_MOST))
        return self.filter(~under_way, status=Mail.Status.SENDING, claimed_at__isnull=False)

    def sent(self) -> "MailQuerySet":
        """Return the mails that a mail server has accepted, or that an officer takes as arrived."""
        return self.filter(status=Mail.Status.SENT)

    def bounced_to(self, address: str, at: datetime) -> "Mail | None":
        """Return the mail from which the desk knew at `at` that mail to this address comes back; None when it did not.

        A mail that a server took after the bounce was entered clears the address. Capitals make no other address.
        """
        same = self.filter(to__iexact=address)
        bounced = same.filter(status=Mail.Status.BOUNCED, decided_at__lt=at).order_by("decided_at").last()
        if bounced is None or same.sent().filter(sent_at__gt=bounced.decided_at, sent_at__lt=at).exists():
            return None
        return bounced

    def of_complaints(self) -> "MailQuerySet":
        """Return the mails about complaints."""
        return self.filter(Q(key__startswith=Mail.OF_COMPLAINT) | Q(key__startswith=Mail.OF_COMPLAINTS))

    def under_way(self) -> "MailQuerySet":
        """Return the mails that the worker sends without an officer: waiting, being sent, or put off."""
        return self.filter(status__in=Mail.UNDER_WAY)

    def to_blank(self, before: datetime) -> "MailQuerySet":
        """Return the mails that are no longer under way, were last tried before `before`, and still have their body."""
        return self.exclude(status__in=Mail.UNDER_WAY).filter(blanked_at=None, claimed_at__lt=before)


class Mail(models.Model):
    """One mail to one person. `key` names its subject and is unique, so that the same mail is never sent twice."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Menunggu dikirim"
        SENDING = "sending", "Sedang dikirim"
        PUT_OFF = "put_off", "Ditunda"  # the server refused it for now; the worker tries again
        SENT = "sent", "Terkirim"
        REFUSED = "refused", "Ditolak"  # by the server, for good
        FAILED = "failed", "Gagal"  # after the last try, or because the desk cannot make the mail
        UNKNOWN = "unknown", "Hasil tidak diketahui"  # the server may have taken it; an officer decides
        BOUNCED = "bounced", "Kembali, tidak sampai"  # the server took it and sent it back; an officer enters that

    UNDER_WAY = (Status.WAITING, Status.SENDING, Status.PUT_OFF)
    OF_COMPLAINT, OF_COMPLAINTS = "complaint:", "complaint-alert:"  # how the keys of notices.py and alerts.py begin
    REPEATABLE = (Status.PUT_OFF, Status.REFUSED, Status.FAILED, Status.UNKNOWN)

    key = models.CharField("perihal", max_length=120, unique=True)  # e.g. "ticket:4711"
    to = models.EmailField("kepada")
    subject = models.CharField("judul", max_length=200)
    body = models.TextField("isi", blank=True)
    file = models.FileField(upload_to="mails/", max_length=100, blank=True)  # a paper, where its own row keeps it
    sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField("nama lampiran", max_length=200, blank=True)
    status = models.CharField("keadaan", max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    error = models.CharField("sebab", max_length=300, blank=True)
    answer = models.CharField("jawaban server", max_length=300, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    wanted_at = models.DateTimeField("diminta", default=timezone.now)
    next_try_at = models.DateTimeField("dicoba lagi", default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField("terkirim", null=True, blank=True)
    decided_at = models.DateTimeField("diputuskan petugas", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diputuskan oleh",
    )
    blanked_at = models.DateTimeField("isi dihapus", null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "e-mail"
        verbose_name_plural = "e-mail keluar"
        ordering = ["-wanted_at", "-pk"]
        default_permissions = ["view", "change"]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(status__in=["waiting", "put_off"]), name="mail_owed"),
            models.Index(fields=["claimed_at"], condition=Q(blanked_at=None), name="mail_with_body"),
        ]
        constraints = [
            models.CheckConstraint(
                name="sent_mail_has_time",
                condition=Q(status="sent", sent_at__isnull=False)
                | Q(status="bounced")
                | (~Q(status__in=["sent", "bounced"]) & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="decided_mail_has_officer",
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return "E-mail pengaduan" if self.is_of_complaint else f"{self.subject} kepada {self.to}"

    @property
    def is_of_complaint(self) -> bool:
        """Return whether it is about complaints: the admin then sees its day, neither its receiver nor its subject."""
        return self.key.startswith((self.OF_COMPLAINT, self.OF_COMPLAINTS))

    @property
    def is_under_way(self) -> bool:
        return self.status in self.UNDER_WAY

    @property
    def changes_soon(self) -> bool:
        """Return whether its state changes within seconds, so that a page looks again. A mail put off waits longer."""
        return self.status in (self.Status.WAITING, self.Status.SENDING)

    @property
    def is_unknown(self) -> bool:
        return self.status == self.Status.UNKNOWN

    @property
    def can_be_repeated(self) -> bool:
        """Return whether an officer may send this mail again. A mail without its body cannot be sent."""
        return self.status in self.REPEATABLE and self.blanked_at is None

    @property
    def can_bounce(self) -> bool:
        return self.status in (self.Status.SENT, self.Status.UNKNOWN)

    @property
    def state_words(self) -> str:
        """The state as the screens say it. That a server took a mail does not say that it arrived."""
        if self.status != self.Status.SENT:
            return self.get_status_display()
        return "Dianggap sampai" if self.decided_by else "Diserahkan ke server e-mail"
