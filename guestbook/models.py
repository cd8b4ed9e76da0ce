"""Visitors, their visits and the numbers they draw."""

import secrets
import uuid
from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from guestbook import skd
from guestbook.periods import period_of
from guestbook.workflow import ACTIVE, Move, Status, moves_from
from office.models import Counter, Service, User


def new_token() -> str:
    """128 unguessable bits for a public link."""
    return secrets.token_urlsafe(16)


class VisitorQuerySet(models.QuerySet):
    def same_person(self, visitor: "Visitor") -> "VisitorQuerySet":
        """Rows under the telephone number or e-mail of `visitor`; each way has its index."""
        person = Q(pk=visitor.pk)
        if visitor.phone:
            person |= Q(phone=visitor.phone)
        if visitor.email:
            person |= Q(lower_email=visitor.email.lower())
        return self.alias(lower_email=Lower("email")).filter(person)


class Visitor(models.Model):
    """Who came, as written at the kiosk. Personal data: officers see it, public pages never do."""

    name = models.CharField("nama lengkap", max_length=200)
    phone = models.CharField("nomor HP", max_length=20, blank=True)  # E.164
    email = models.EmailField("e-mail", blank=True)
    agency = models.CharField("instansi", max_length=200, blank=True)
    position = models.CharField("jabatan", max_length=200, blank=True)
    # the classes of the SKD: the officer completes them at the counter, the kiosk never asks
    sex = models.CharField("jenis kelamin", max_length=15, choices=skd.Sex.choices, blank=True)
    age_class = models.CharField("umur", max_length=15, choices=skd.AgeClass.choices, blank=True)
    education = models.CharField("pendidikan", max_length=15, choices=skd.Education.choices, blank=True)
    occupation = models.CharField("pekerjaan", max_length=15, choices=skd.Occupation.choices, blank=True)
    agency_category = models.CharField(
        "kategori instansi", max_length=15, choices=skd.AgencyCategory.choices, blank=True
    )
    data_use = models.CharField("pemanfaatan data", max_length=15, choices=skd.DataUse.choices, blank=True)
    classified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    classified_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VisitorQuerySet.as_manager()

    class Meta:
        verbose_name = "pengunjung"
        verbose_name_plural = "pengunjung"
        indexes = [
            models.Index(fields=["phone"], name="visitor_phone"),
            models.Index(Lower("email"), name="visitor_email"),
        ]

    def __str__(self) -> str:
        return self.name


class TicketCounter(models.Model):
    """The last number drawn per local day and service letter. No reset job: a new day is a new row."""

    day = models.DateField()
    prefix = models.CharField(max_length=2)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "prefix"], name="one_ticket_counter_a_day_and_prefix")]

    def __str__(self) -> str:
        return f"{self.day} {self.prefix} {self.last}"


class CallPolicyManager(models.Manager):
    def current(self) -> "CallPolicy":
        """The office's order of calling; the defaults while the database is new."""
        return self.filter(pk=CallPolicy.ONLY).first() or self.model(pk=CallPolicy.ONLY)

    def locked(self) -> "CallPolicy":
        """The same, and nobody else reads it so until the transaction ends: calls happen one after the other."""
        self.get_or_create(pk=CallPolicy.ONLY)
        return self.select_for_update().get(pk=CallPolicy.ONLY)


class CallPolicy(models.Model):
    """Who goes first when people with priority and others wait together: `guestbook/order.py` reads it. One row."""

    ONLY = 1

    ratio = models.PositiveSmallIntegerField(
        "panggilan didahulukan berturut-turut",
        null=True,
        blank=True,
        default=3,
        validators=[MinValueValidator(1)],
        help_text="Sesudah sebanyak ini, satu pengunjung biasa dipanggil. Kosong: yang didahulukan selalu lebih dulu.",
    )
    cap = models.PositiveSmallIntegerField(
        "batas tunggu pengunjung biasa (menit)",
        null=True,
        blank=True,
        default=45,
        validators=[MinValueValidator(1)],
        help_text="Yang menunggu selama ini dipanggil lebih dulu, juga sebelum yang didahulukan. Kosong: tanpa batas.",
    )

    objects = CallPolicyManager()

    class Meta:
        verbose_name = "urutan panggilan"
        verbose_name_plural = "urutan panggilan"
        constraints = [models.CheckConstraint(name="one_call_policy", condition=Q(pk=1))]

    def __str__(self) -> str:
        return "Urutan panggilan"


class VisitQuerySet(models.QuerySet):
    def on(self, day: date) -> "VisitQuerySet":
        """Visits whose number was drawn on the local `day`."""
        return self.filter(day=day)

    def waiting(self) -> "VisitQuerySet":
        """Who waits, in the order of calling: who needs priority first, then first come first served."""
        return self.filter(status=Status.WAITING).order_by(
            models.Case(models.When(priority="", then=1), default=0), "taken_at", "pk"
        )

    def for_counter(self, counter: Counter) -> "VisitQuerySet":
        """Whom `counter` serves: its services, without those kept for another open counter, and those kept for it."""
        is_free = Q(reserved_for=None) | Q(reserved_for__is_open=False)
        return self.filter(Q(reserved_for=counter) | is_free & Q(service__in=counter.services.all()))

    def active(self) -> "VisitQuerySet":
        """Called or being served."""
        return self.filter(status__in=ACTIVE)

    def missed(self) -> "VisitQuerySet":
        """Called, but did not come; can be called again."""
        return self.filter(status=Status.NO_SHOW).order_by("called_at")

    def ahead_of(self, visit: "Visit") -> "VisitQuerySet":
        """Who will be called before `visit`: waits on the same day for a counter that serves it too."""
        before = Q(taken_at__lt=visit.taken_at)
        if visit.pk:  # a number that is just being drawn is the last of its moment
            before |= Q(taken_at=visit.taken_at, pk__lt=visit.pk)
        before = before & ~Q(priority="") if visit.priority else before | ~Q(priority="")
        counters = Counter.objects.filter(is_open=True, services=visit.service_id)
        rivals = Service.objects.filter(Q(pk=visit.service_id) | Q(counters__in=counters))
        return self.on(visit.day).waiting().filter(before, service__in=rivals).exclude(pk=visit.pk)

    def earlier_of_person(self, visit: "Visit") -> "VisitQuerySet":
        """Visits before `visit` under the same telephone number or e-mail, the newest first."""
        person = Visitor.objects.same_person(visit.visitor)
        return self.filter(visitor__in=person, taken_at__lt=visit.taken_at).order_by("-taken_at")

    def called_latest_first(self) -> "VisitQuerySet":
        """For the board: the newest call first."""
        return self.exclude(called_at=None).order_by("-called_at", "-pk")


class Visit(models.Model):
    """One number drawn: from the kiosk to the end of service."""

    class Priority(models.TextChoices):
        NONE = "", "Tidak"
        ASKED = "asked", "meminta didahulukan"
        DISABILITY = "disability", "disabilitas"
        ELDERLY = "elderly", "lansia"
        PREGNANT = "pregnant", "ibu hamil"

    day = models.DateField("hari")
    prefix = models.CharField("huruf", max_length=2)
    number = models.PositiveIntegerField("nomor")
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, verbose_name="layanan")
    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, verbose_name="pengunjung", related_name="visits")
    priority = models.CharField(
        "didahulukan", max_length=10, choices=Priority.choices, default=Priority.NONE, blank=True
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, null=True, blank=True, verbose_name="loket")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, verbose_name="petugas")
    reserved_for = models.ForeignKey(
        Counter, on_delete=models.SET_NULL, null=True, blank=True, verbose_name="hanya untuk", related_name="reserved"
    )
    transfer_note = models.CharField("pengalihan", max_length=200, blank=True)
    times_called = models.PositiveSmallIntegerField("kali dipanggil", default=0)
    note = models.TextField("catatan kunjungan", blank=True)
    estimated_minutes = models.PositiveSmallIntegerField("perkiraan tunggu (menit)", null=True, blank=True)
    is_late_entry = models.BooleanField("entri susulan", default=False)
    taken_at = models.DateTimeField("ambil nomor", default=timezone.now)
    called_at = models.DateTimeField("dipanggil", null=True, blank=True)
    serving_at = models.DateTimeField("mulai dilayani", null=True, blank=True)
    served_at = models.DateTimeField("selesai", null=True, blank=True)
    rated_at = models.DateTimeField("dinilai", null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "kunjungan"
        verbose_name_plural = "kunjungan"
        ordering = ["-day", "prefix", "number"]
        permissions = [
            ("serve_visit", "Melayani kunjungan di loket"),
            ("view_recap", "Melihat dan mengunduh rekap kunjungan"),
        ]
        indexes = [
            models.Index(fields=["day", "status"], name="visit_day_status"),
            models.Index(fields=["counter", "status"], name="visit_counter_status"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["day", "prefix", "number"], name="one_visit_a_ticket"),
            models.UniqueConstraint(
                fields=["counter"], condition=Q(status__in=ACTIVE), name="one_active_visit_a_counter"
            ),
            models.CheckConstraint(
                name="active_visit_has_counter_and_officer",
                condition=~Q(status__in=ACTIVE) | Q(counter__isnull=False, officer__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.ticket

    @property
    def ticket(self) -> str:
        """`R-007`; beyond 999 it widens."""
        return f"{self.prefix}-{self.number:03}"

    @property
    def possible_moves(self) -> list[Move]:
        return moves_from(self.status)

    @property
    def counts_in_times(self) -> bool:
        """Whether its times are true: not entered afterwards, not closed by the clock."""
        return not self.is_late_entry and self.status != Status.UNCLOSED

    @property
    def estimated_wait(self) -> str:
        """`± 25 menit`, as it was told when the number was drawn; empty when nothing was known."""
        if self.estimated_minutes is None:
            return ""
        return f"± {self.estimated_minutes} menit" if self.estimated_minutes else "segera"

    @property
    def minutes_waiting(self) -> int:
        """Whole minutes since the number was drawn."""
        return int((timezone.now() - self.taken_at).total_seconds() // 60)

    @property
    def seconds_served(self) -> int:
        """How long the service has lasted, until its end or until now; 0 before it began."""
        if self.serving_at is None:
            return 0
        return int(((self.served_at or timezone.now()) - self.serving_at).total_seconds())


EVENT_NOTE = 300


class VisitEvent(models.Model):
    """What happened to a visit: who, when, what. `by` is empty for what the visitor or the clock did."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True)
    move = models.CharField(max_length=10, choices=Move.choices)
    note = models.CharField(max_length=EVENT_NOTE, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.visit} {self.words}"

    @property
    def words(self) -> str:
        return self.get_move_display()

    @property
    def who(self) -> str:
        if self.by:
            return str(self.by)
        return "sistem" if self.move == Move.CLOSE_DAY else "pengunjung"


class ExportLog(models.Model):
    """Figures that left the desk as a file: who took what, when."""

    class Kind(models.TextChoices):
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"

    by = models.ForeignKey(User, on_delete=models.PROTECT, verbose_name="oleh")
    at = models.DateTimeField("diunduh", default=timezone.now)
    kind = models.CharField("berkas", max_length=4, choices=Kind.choices)
    period = models.CharField("periode", max_length=7)
    rows = models.PositiveIntegerField("kunjungan di dalamnya")

    class Meta:
        verbose_name = "unduhan rekap"
        verbose_name_plural = "unduhan rekap"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period}"

    @property
    def period_words(self) -> str:
        return period_of(self.period).words
