"""A visit: one number, from the kiosk to the end of service, with its events."""

import re
import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from guestbook.models.visitors import Visitor, new_token
from guestbook.workflow import ACTIVE, OVER, Move, Status, moves_from
from office.formats import signed
from office.models import Counter, Service, User

RATED_WITHIN = timedelta(days=7)
"""How long after its day a visit can be rated. After that its rating link no longer works."""
STAYS_AT_COUNTER = timedelta(minutes=15)
"""The counter's tablet asks for a rating for this long after the service; later the visitor has gone."""
TICKET = re.compile(r"([A-Z]{1,2}) ?-? ?(\d{1,9})", re.ASCII | re.IGNORECASE)
PHONE = re.compile(r"[\d\s().+-]+", re.ASCII)
LEAST_DIGITS = 4
"""A telephone number is searched by at least this many digits; fewer are in too many numbers."""


def counts_in_times(status: str, is_late_entry: bool) -> bool:
    """Return whether a visit's times are real: it was not entered late and not closed by the clock."""
    return not is_late_entry and status != Status.UNCLOSED


def _searched_digits(words: str) -> str:
    """Return the digits of a part of a telephone number, as they are in a stored one; "" when `words` is none."""
    digits = re.sub(r"\D", "", words) if PHONE.fullmatch(words) else ""
    national = re.sub(r"^(62|0)", "", digits)
    return national if len(national) >= LEAST_DIGITS else ""


class VisitQuerySet(models.QuerySet["Visit"]):
    def on(self, day: date) -> "VisitQuerySet":
        """Return the visits whose number was drawn on the local `day`."""
        return self.filter(day=day)

    def waiting(self) -> "VisitQuerySet":
        """Return the waiting visits: those with priority first, then in order of arrival."""
        return self.filter(status=Status.WAITING).order_by(
            models.Case(models.When(priority="", then=1), default=0), "taken_at", "pk"
        )

    def for_counter(self, counter: Counter) -> "VisitQuerySet":
        """Return the visits that `counter` may call: those reserved for it, and those for its services.

        A visit reserved for another open counter is left out.
        """
        is_free = Q(reserved_for=None) | Q(reserved_for__is_open=False)
        return self.filter(Q(reserved_for=counter) | is_free & Q(service__in=counter.services.all()))

    def active(self) -> "VisitQuerySet":
        """Return the visits that are called or being served."""
        return self.filter(status__in=ACTIVE)

    def missed(self) -> "VisitQuerySet":
        """Return the visits whose visitor was called but did not come. They can be called again."""
        return self.filter(status=Status.NO_SHOW).order_by("called_at")

    def just_served_at(self, counter: Counter, now: datetime) -> "VisitQuerySet":
        """Return the visit that the tablet at `counter` asks to rate, or no row: the last one served there.

        It is returned until it is rated, the next visitor is served, or STAYS_AT_COUNTER is over. One query.
        """
        sat = self.on(timezone.localdate(now)).filter(counter=counter, status__in=(Status.SERVING, Status.SERVED))
        last = sat.exclude(serving_at=None).order_by("-serving_at", "-pk").values("pk")[:1]
        is_fresh = Q(status=Status.SERVED, rated_at=None, served_at__gte=now - STAYS_AT_COUNTER)
        return self.filter(is_fresh, pk=models.Subquery(last))

    def earlier_of_person(self, visit: "Visit") -> "VisitQuerySet":
        """Return the visits before `visit` with the same telephone number or e-mail, newest first."""
        person = Visitor.objects.same_person(visit.visitor)
        return self.filter(visitor__in=person, taken_at__lt=visit.taken_at).order_by("-taken_at")

    def newest_first(self) -> "VisitQuerySet":
        """Return the visits by day and time of arrival, newest first. An index has this order."""
        return self.order_by("-day", "-taken_at", "-pk")

    def matching(self, words: str) -> "VisitQuerySet":
        """Return the visits whose visitor's name, e-mail or telephone number contains `words`, or with that ticket.

        The ticket is written as on the paper (`R-007`) or shorter (`r7`), the telephone number as people write it.
        """
        found = Q(visitor__name__icontains=words) | Q(visitor__email__icontains=words)
        ticket, digits = TICKET.fullmatch(words), _searched_digits(words)
        if ticket:
            found |= Q(prefix=ticket[1].upper(), number=int(ticket[2]))
        if digits:
            found |= Q(visitor__phone__contains=digits)
        return self.filter(found)

    def called_latest_first(self) -> "VisitQuerySet":
        """Return the visits that were called, newest call first, for the board."""
        return self.exclude(called_at=None).order_by("-called_at", "-pk")


class Visit(models.Model):
    """One number, from the kiosk to the end of service."""

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
    estimate_off = models.SmallIntegerField("perkiraan meleset (menit)", null=True, blank=True, editable=False)
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
            ("view_guestbook", "Mencari dan melihat kunjungan di buku tamu"),
            ("correct_visit", "Memperbaiki data kunjungan dengan alasan"),
        ]
        indexes = [
            models.Index(fields=["day", "status"], name="visit_day_status"),
            models.Index(fields=["counter", "status"], name="visit_counter_status"),
            models.Index(fields=["-day", "-taken_at", "-id"], name="visit_newest_first"),
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
        """The ticket number, e.g. `R-007`; above 999 it has more digits."""
        return f"{self.prefix}-{self.number:03}"

    @property
    def possible_moves(self) -> list[Move]:
        return moves_from(Status(self.status))

    @property
    def is_over(self) -> bool:
        """Whether the visitor is not called any more. One who was missed can be called until the day ends."""
        return self.status in OVER or (self.status == Status.NO_SHOW and self.day < timezone.localdate())

    @property
    def rate_until(self) -> date:
        """The last local day on which the visit can be rated."""
        return self.day + RATED_WITHIN

    @property
    def can_be_rated(self) -> bool:
        return self.status == Status.SERVED and not self.rated_at and timezone.localdate() <= self.rate_until

    @property
    def estimated_wait(self) -> str:
        """The estimate that the ticket showed, e.g. `± 25 menit`; empty without an estimate."""
        if self.estimated_minutes is None:
            return ""
        return f"± {self.estimated_minutes} menit" if self.estimated_minutes else "segera"

    @property
    def estimate_off_words(self) -> str:
        """`+7 menit` when the first call came later than estimated, `−8 menit` when sooner; empty when unknown."""
        return "" if self.estimate_off is None else f"{signed(self.estimate_off)} menit"

    @property
    def minutes_waiting(self) -> int:
        """Whole minutes since the number was drawn."""
        return int((timezone.now() - self.taken_at).total_seconds() // 60)

    @property
    def seconds_served(self) -> int:
        """The length of the service in seconds, until its end or until now; 0 before it begins."""
        if self.serving_at is None:
            return 0
        return int(((self.served_at or timezone.now()) - self.serving_at).total_seconds())


EVENT_NOTE = 300


class VisitEventQuerySet(models.QuerySet["VisitEvent"]):
    def for_staff(self) -> "VisitEventQuerySet":
        """Return the events that staff see, with who did them: all but the rating, which is the visitor's secret."""
        return self.exclude(move=Move.RATE).select_related("by")


class VisitEvent(models.Model):
    """One event of a visit: who did what, and when. `by` is empty when the visitor or the clock did it."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True)
    move = models.CharField(max_length=10, choices=Move.choices)
    note = models.CharField(max_length=EVENT_NOTE, blank=True)

    objects = VisitEventQuerySet.as_manager()

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
