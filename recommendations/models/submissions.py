"""A submission (permohonan): one activity of one agency, from the counter to the letter."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from guestbook.models import Visit, new_token
from office.models import User
from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.structure import Instrument
from recommendations.models.applicants import Applicant
from recommendations.workflow import ENDED, OPEN_FOR_RECORDING, Move, Status, moves_from

if TYPE_CHECKING:
    from recommendations.models.letters import Letter


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: User) -> "SubmissionQuerySet":
        """Return all submissions for a user who may see them (officers and the Kepala), otherwise none."""
        return self if user.has_perm("recommendations.view_submission") else self.none()

    def with_people(self) -> "SubmissionQuerySet":
        """Read applicant, agency, officer and visit in the same query: lists and page heads show them."""
        return self.select_related("applicant__agency", "officer", "visit")

    def to_copy_for(self, submission: "Submission") -> "SubmissionQuerySet":
        """Return the other submissions of the same agency on the same form, the newest first."""
        same = self.filter(applicant__agency=submission.applicant.agency_id)
        return same.filter(instrument_code=submission.instrument_code).exclude(pk=submission.pk)

    def open(self) -> "SubmissionQuerySet":
        return self.exclude(status__in=ENDED)

    def awaiting_issue(self) -> "SubmissionQuerySet":
        """Return the submissions that wait for the Kepala to issue a letter, also one that replaces another.

        The earliest due date comes first.
        """
        return self.filter(Q(status=Status.VERIFIED) | self._has_wrong_letter()).order_by("due_on", "pk")

    def with_head(self) -> "SubmissionQuerySet":
        """Return the submissions that wait for the Kepala: to issue a letter, to replace or to sign one."""
        return self.filter(Q(status__in=[Status.VERIFIED, Status.ISSUED]) | self._has_wrong_letter())

    def _has_wrong_letter(self) -> Q:
        wrong = self.model.objects.filter(letters__correction_at__isnull=False, letters__ended_at=None)
        return Q(pk__in=wrong.values("pk"))

    def matching(self, words: str) -> "SubmissionQuerySet":
        """Return the submissions whose title or agency contains `words`, or whose register number is `words`.

        The number may come with the year (`061/2026`) or without.
        """
        found = Q(title__icontains=words) | Q(applicant__agency__name__icontains=words)
        number, _, year = words.partition("/")
        if number.isdecimal() and len(number) <= 6:
            found |= Q(number=int(number), **({"year": int(year)} if year.isdecimal() and len(year) == 4 else {}))
        return self.filter(found)

    def named(self, told: str) -> "Submission | None":
        """Return the submission with that register number (`061/2026`) or primary key; None when there is none."""
        number, slash, year = told.partition("/")
        if not (number.isdecimal() and len(number) <= 9 and (not slash or (year.isdecimal() and len(year) == 4))):
            return None
        wanted = {"number": int(number), "year": int(year)} if slash else {"pk": int(number)}
        return self.filter(**wanted).first()


class Submission(models.Model):
    number = models.PositiveIntegerField("nomor", editable=False)
    year = models.PositiveSmallIntegerField("tahun", editable=False)
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=32, default=new_token, editable=False)  # of the applicant's page
    instrument_code = models.CharField("formulir", max_length=10, choices=[(code, code) for code in INSTRUMENTS])
    applicant = models.ForeignKey(
        Applicant, on_delete=models.PROTECT, related_name="submissions", verbose_name="pemohon"
    )
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions", verbose_name="kunjungan"
    )
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="submissions", verbose_name="petugas")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RECORDING)
    title = models.CharField("judul kegiatan", max_length=500, blank=True)
    due_on = models.DateField("jatuh tempo", null=True, blank=True)
    cover_number = models.CharField("nomor surat pengantar", max_length=100, blank=True)
    cover_date = models.DateField("tanggal surat pengantar", null=True, blank=True)
    cover_signatory = models.CharField("penanda tangan surat pengantar", max_length=200, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    # Answers by question of MS-Keg that Romantik asks for and the form does not. They are not part of the form.
    romantik_extras = models.JSONField(default=dict, blank=True)
    results_told_on = models.DateField(null=True, blank=True, editable=False)  # by mail: the release is over
    romantik_reference = models.CharField("nomor pengajuan Romantik", max_length=100, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "permohonan"
        verbose_name_plural = "permohonan"
        ordering = ["-year", "-number"]
        default_permissions = ["view"]
        permissions = [
            ("record_submission", "Merekam permohonan"),
            ("examine_submission", "Memeriksa permohonan"),
            ("send_letter", "Mengirim surat dan menutup permohonan"),
            ("issue_letter", "Menerbitkan surat rekomendasi"),
            ("sign_letter", "Mengunggah surat yang sudah ditandatangani"),
            ("move_due_date", "Memindahkan jatuh tempo dengan alasan"),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="submission_status_due")]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_submission_a_register_number"),
            models.UniqueConstraint(fields=["token"], name="one_submission_a_token"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.title}".strip()

    @property
    def register(self) -> str:
        """Return the register number, e.g. `061/2026`."""
        return f"{self.number:03}/{self.year}"

    @property
    def instrument(self) -> Instrument:
        return INSTRUMENTS[self.instrument_code]

    @property
    def possible_moves(self) -> list[Move]:
        return moves_from(Status(self.status))

    @property
    def is_open_for_recording(self) -> bool:
        return self.status in OPEN_FOR_RECORDING

    def may_copy_from(self, source: "Submission") -> bool:
        """Return whether `source` is another submission of the same agency on the same form."""
        is_same_form = source.pk != self.pk and source.instrument_code == self.instrument_code
        return is_same_form and source.applicant.agency_id == self.applicant.agency_id

    @property
    def is_ended(self) -> bool:
        return self.status in ENDED

    @property
    def letter(self) -> "Letter | None":
        """Return the letter that has not ended, otherwise the last one; None before a letter is issued."""
        return self.letters.order_by("pk").last()

    @property
    def shown_title(self) -> str:
        return self.title or "Judul belum diisi"


class SubmissionEvent(models.Model):
    """An event in the history of a submission. `by` is empty when no user of the office caused it."""

    BY_APPLICANT = (Move.ANSWER, Move.ATTACH)
    """Moves that the applicant made when `by` is empty. The system made all other moves without `by`."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    move = models.CharField(max_length=10, choices=Move.choices)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.submission.register} {self.words}"

    @property
    def words(self) -> str:
        return self.get_move_display()

    @property
    def who(self) -> str:
        if self.by:
            return str(self.by)
        return "pemohon" if self.move in self.BY_APPLICANT else "sistem"
