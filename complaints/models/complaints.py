"""A complaint (pengaduan) and its events. The reporter finds it by its code, not by a name."""

import uuid
from datetime import date, time

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from complaints.codes import GROUP, LEAST_SEARCHED, in_groups, new_code, typed_code
from complaints.models.terms import ComplaintTerm
from complaints.workflow import OPEN, Move, Status, moves_from
from guestbook.models import Visit
from office.models import User


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user: User) -> "ComplaintQuerySet":
        """Return all complaints for the Kepala; for an officer those assigned to them and those they took in.

        Only the Kepala and the assigned officer see a confidential one. Neither ever sees one about them.
        """
        if user.has_perm("complaints.view_complaint"):
            return self.exclude(about=user)
        if not user.has_perm("complaints.handle_complaint"):
            return self.none()
        mine = Q(assigned_to=user) | Q(received_by=user, is_confidential=False)
        return self.filter(mine).exclude(about=user)

    def with_staff(self) -> "ComplaintQuerySet":
        """Read the people, the class and the visit in the same query: lists and page heads show them."""
        return self.select_related("assigned_to", "about", "received_by", "term", "visit")

    def open(self) -> "ComplaintQuerySet":
        return self.filter(status__in=OPEN)

    def unassigned(self) -> "ComplaintQuerySet":
        """Return the open complaints that no active officer has."""
        return self.open().filter(Q(assigned_to=None) | Q(assigned_to__is_active=False))

    def awaiting_answer(self) -> "ComplaintQuerySet":
        """Return the open complaints whose reporter wrote last: the office has to answer."""
        return self.open().filter(Q(answered_at=None) | Q(wrote_at__gt=F("answered_at")))

    def waiting_for(self, user: User) -> "ComplaintQuerySet":
        """Return the complaints that `user` has to answer, and for the Kepala those to assign too."""
        mine = self.awaiting_answer().filter(assigned_to=user)
        if user.has_perm("complaints.assign_complaint"):
            mine |= self.visible_to(user).unassigned()
        return mine

    def due_by(self, day: date) -> "ComplaintQuerySet":
        """Return the open complaints with a first response or an end that is due on `day` or earlier."""
        first = Q(responded_at=None, first_due_on__lte=day)
        return self.open().filter(first | Q(due_on__lte=day))

    def overdue(self, today: date) -> "ComplaintQuerySet":
        """Return the open complaints whose first response or end was due before `today`."""
        return self.due_by(date.fromordinal(today.toordinal() - 1))

    def coded(self, text: str) -> "ComplaintQuerySet":
        """Return the complaints whose code begins with what was typed; none for fewer than four characters."""
        code = typed_code(text)
        return self.filter(code__startswith=code) if len(code) >= LEAST_SEARCHED else self.none()


class Complaint(models.Model):
    class Channel(models.TextChoices):
        """How it reached the office (standar pelayanan SK 019/KPA/2024, and the reporter's other ways)."""

        PAGE = "page", "Halaman pengaduan"
        KIOSK = "kiosk", "Kios"
        RATING = "rating", "Penilaian layanan"
        BOX = "box", "Kotak saran"
        WHATSAPP = "whatsapp", "WhatsApp"
        EMAIL = "email", "E-mail"
        SITE = "site", "Laman webapps.bps.go.id"
        SPOKEN = "spoken", "Lisan di loket"
        LAPOR = "lapor", "SP4N-LAPOR!"

    BY_ITSELF = (Channel.PAGE, Channel.KIOSK, Channel.RATING)
    """The channels by which the reporter writes on our own pages. An officer enters the others."""

    class Element(models.TextChoices):
        """The unsur of the SKM that it concerns (PermenPANRB 14/2017), so that both can be compared."""

        NONE = "", "Tidak tentu"
        REQUIREMENTS = "persyaratan", "Persyaratan"
        PROCEDURE = "prosedur", "Prosedur"
        TIME = "waktu", "Waktu"
        COST = "biaya", "Biaya/tarif"
        PRODUCT = "produk", "Produk"
        COMPETENCE = "kompetensi", "Kompetensi petugas"
        CONDUCT = "perilaku", "Perilaku petugas"
        FACILITIES = "sarana", "Sarana dan prasarana"
        COMPLAINTS = "pengaduan", "Penanganan pengaduan"

    class Outcome(models.TextChoices):
        """How it ended."""

        NONE = "", "Belum ada"
        DONE = "done", "Terbukti, sudah diperbaiki"
        EXPLAINED = "explained", "Sudah dijelaskan"
        UNPROVEN = "unproven", "Tidak terbukti"
        PASSED_ON = "passed_on", "Bukan wewenang kami, diteruskan"
        WITHDRAWN = "withdrawn", "Dicabut pelapor"

    key = models.UUIDField(
        unique=True, default=uuid.uuid4, editable=False
    )  # in addresses: a number would tell the order
    code = models.CharField("kode", max_length=16, unique=True, default=new_code, editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RECEIVED)
    channel = models.CharField("saluran", max_length=10, choices=Channel.choices, default=Channel.PAGE)
    element = models.CharField("unsur", max_length=15, choices=Element.choices, default=Element.NONE, blank=True)
    text = models.TextField("isi pengaduan", max_length=4000)
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints", verbose_name="kunjungan"
    )
    is_anonymous = models.BooleanField("tanpa nama", default=True)
    is_confidential = models.BooleanField("rahasia", default=False)
    reporter_name = models.CharField("nama pelapor", max_length=200, blank=True)
    reporter_phone = models.CharField("nomor HP pelapor", max_length=32, blank=True)  # as in office/phones.py
    reporter_email = models.EmailField("e-mail pelapor", blank=True)
    about = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="petugas yang diadukan"
    )
    sp4n_number = models.CharField("nomor SP4N-LAPOR!", max_length=30, blank=True)
    received_at = models.DateTimeField("diterima", default=timezone.now)
    received_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dicatat oleh"
    )
    assigned_to = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints", verbose_name="ditangani oleh"
    )
    term = models.ForeignKey(
        ComplaintTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="golongan"
    )
    first_due_on = models.DateField("tanggapan pertama paling lambat")
    due_on = models.DateField("selesai paling lambat", null=True, blank=True)  # None until the class is known
    # the promised working days, None for a term in calendar days; a later change of the term does not move the date
    first_days = models.PositiveSmallIntegerField("hari kerja sampai tanggapan pertama", null=True, blank=True)
    due_days = models.PositiveSmallIntegerField("hari kerja sampai selesai", null=True, blank=True)
    wrote_at = models.DateTimeField("pelapor menulis terakhir", default=timezone.now)
    responded_at = models.DateTimeField("tanggapan pertama", null=True, blank=True)
    answered_at = models.DateTimeField("tanggapan terakhir", null=True, blank=True)
    outcome = models.CharField("hasil", max_length=10, choices=Outcome.choices, default=Outcome.NONE, blank=True)
    outcome_note = models.TextField("penjelasan hasil", max_length=4000, blank=True)
    closed_at = models.DateTimeField("selesai", null=True, blank=True)
    is_satisfied = models.BooleanField("pelapor puas", null=True, blank=True)
    reopened_at = models.DateTimeField("dibuka lagi", null=True, blank=True)
    form_token = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "pengaduan"
        verbose_name_plural = "pengaduan"
        ordering = [TruncDate("received_at").desc(), "code"]  # within a day in no order of time: who came then is known
        default_permissions = ["view"]
        permissions = [
            ("receive_complaint", "Mencatat pengaduan"),
            ("handle_complaint", "Menangani pengaduan"),
            ("assign_complaint", "Menugaskan pengaduan"),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="complaint_status_due")]
        constraints = [
            models.CheckConstraint(
                name="complaint_not_with_its_officer",
                condition=Q(about=None) | Q(assigned_to=None) | ~Q(assigned_to=F("about")),
            ),
            models.CheckConstraint(
                name="anonymous_complaint_names_nobody",
                condition=Q(is_anonymous=False) | Q(reporter_name="", reporter_phone="", reporter_email="", visit=None),
            ),
            models.CheckConstraint(
                name="closed_complaint_has_outcome",
                condition=~Q(status=Status.CLOSED) | (~Q(outcome="") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="closed_complaint_has_class",
                condition=~Q(status=Status.CLOSED) | Q(term__isnull=False, due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.short_code

    @property
    def shown_code(self) -> str:
        """The whole code, e.g. `7KQF-M2XD-9RTA-C4WH`. Only the reporter may see it: it opens the conversation."""
        return in_groups(self.code)

    @property
    def short_code(self) -> str:
        """The first half of the code, e.g. `7KQF-M2XD`, by which officers name the complaint."""
        return in_groups(self.code[: 2 * GROUP])

    @property
    def has_minute(self) -> bool:
        """Return whether the minute of receipt is known: an earlier day, entered by an officer, is its midnight."""
        return timezone.localtime(self.received_at).time() != time.min

    @property
    def starts_on(self) -> date:
        """The day from which the term of its class counts: of the receipt, or of the reopening."""
        return timezone.localdate(self.reopened_at or self.received_at)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def lacks_officer(self) -> bool:
        """Return whether the complaint is open and no active officer has it."""
        return self.is_open and not (self.assigned_to and self.assigned_to.is_active)

    @property
    def possible_moves(self) -> list[Move]:
        return moves_from(Status(self.status))

    @property
    def awaits_answer(self) -> bool:
        """Return whether the reporter wrote last."""
        return self.is_open and (self.answered_at is None or self.wrote_at > self.answered_at)

    @property
    def next_due_on(self) -> date | None:
        """Return the day by which the office has to act: to respond, then to close. None when none is promised."""
        if not self.is_open:
            return None
        return self.due_on if self.responded_at else min(self.first_due_on, self.due_on or self.first_due_on)

    def end_has_passed(self, today: date) -> bool:
        """Return whether the last day of its class is over: then another class does not move it any more."""
        return self.due_on is not None and self.due_on < today

    @property
    def may_be_rated(self) -> bool:
        """Return whether the reporter may say now how the complaint was handled."""
        return self.status == Status.CLOSED and self.is_satisfied is None

    @property
    def was_found_wanting(self) -> bool:
        """Return whether the reporter was not satisfied at least once; a reopening is the first time."""
        return self.is_satisfied is False or self.reopened_at is not None

    @property
    def reporter(self) -> str:
        return self.reporter_name or "Tanpa nama"


class ComplaintEvent(models.Model):
    """An event in the history of a complaint. `by` is empty for the reporter and for the desk itself."""

    BY_REPORTER = (Move.RECEIVE, Move.REPLY, Move.SATISFY, Move.REOPEN)

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    move = models.CharField(max_length=10, choices=Move.choices)
    note = models.CharField(max_length=500, blank=True)
    form_token = models.UUIDField(unique=True, null=True, blank=True, editable=False)  # of a message
    was_about = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # until then

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(move=Move.REOPEN), name="a_complaint_is_reopened_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint} {self.words}"

    @property
    def words(self) -> str:
        return self.get_move_display()

    @property
    def has_clock(self) -> bool:
        """Return whether its time is shown: not what the reporter did, nor the receipt of an anonymous complaint.

        The minute would tell which visitor stood at the counter then.
        """
        is_anonymous_receipt = self.move == Move.RECEIVE and self.complaint.is_anonymous
        return self.by is not None and not is_anonymous_receipt

    @property
    def who(self) -> str:
        if self.by:
            return str(self.by)
        return "pelapor" if self.move in self.BY_REPORTER else "sistem"
