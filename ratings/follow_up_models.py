"""The follow-up plan of the SKM: what the office does about the three lowest unsur of a frozen report.

A frozen period has one row for each of its three lowest unsur. When another period's row of the same unsur is still
unfinished, the new row is carried: it points to that row and has no plan of its own. So each period has its whole
plan, and the office writes and finishes each measure once, also when month, quarter and year are all frozen.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guestbook.models import PeriodRow
from guestbook.periods import Period, period_of
from office.models import User
from office.seals import fingerprint_of
from ratings.instruments import SKM_9
from recommendations.models.files import KeptFile

ASPECT_NAMES = {aspect.key: aspect.name for aspect in SKM_9.aspects}


class FollowUpFile(KeptFile):
    """The file of a proof. A file whose proof was wrong stays in the history. Its pages are not drawn."""

    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "berkas bukti tindak lanjut"
        verbose_name_plural = "berkas bukti tindak lanjut"
        ordering = ["uploaded_at", "pk"]
        default_permissions = []

    def __str__(self) -> str:
        return self.name


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def own(self) -> "FollowUpQuerySet":
        """Return the rows that have a plan of their own. The carried ones would count a measure twice."""
        return self.filter(carried_from=None)

    def unfinished(self) -> "FollowUpQuerySet":
        """Return the measures that are not finished, each once."""
        return self.own().filter(done_on=None)

    def visible_to(self, user: User) -> "FollowUpQuerySet":
        """Return all rows for the reader of the ratings, else the measures for which `user` is responsible."""
        return self.all() if user.has_perm("ratings.view_rating") else self.own().filter(responsible=user)

    def due_of(self, user: User) -> "FollowUpQuerySet":
        """Return the unfinished measures for which `user` is responsible, the earliest due date first."""
        return self.unfinished().filter(responsible=user).order_by("due_on", "pk")

    def overdue(self, today: date) -> "FollowUpQuerySet":
        """Return the unfinished measures that were due before `today`."""
        return self.unfinished().filter(due_on__lt=today)

    def of_period(self, period: Period) -> "FollowUpQuerySet":
        """Return the plan of a period in the order of its report, the lowest unsur first, with the carried rows."""
        return self.filter(period=period.code).order_by("pk")

    def within(self, period: Period) -> "FollowUpQuerySet":
        """Return the plans of the period and of the frozen periods that lie in it, e.g. the months of a quarter."""
        codes = [one.code for one in period.inner]
        return self.filter(period__in=codes)

    def with_staff(self) -> "FollowUpQuerySet":
        """Read the people and the files in the same query, also those of the row that was carried."""
        return self.select_related(
            *("responsible", "written_by", "proof_file"),
            *("carried_from__responsible", "carried_from__written_by", "carried_from__proof_file"),
        )

    def urgent_first(self) -> "FollowUpQuerySet":
        """Return the unfinished rows first, the earliest due date first, then the finished ones, the last first."""
        return self.order_by(F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")


class FollowUp(PeriodRow):
    """What the office does about one unsur of one period, who does it, until when, and the proof that it is done."""

    aspect = models.CharField("unsur", max_length=15, choices=list(ASPECT_NAMES.items()))
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to", verbose_name="dilanjutkan"
    )
    action = models.TextField("rencana", max_length=2000, blank=True)
    responsible = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penanggung jawab"
    )
    due_on = models.DateField("selesai paling lambat", null=True, blank=True)
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ditulis oleh"
    )
    proof = models.TextField("bukti", max_length=2000, blank=True)
    proof_file = models.OneToOneField(
        FollowUpFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="berkas bukti"
    )
    done_on = models.DateField("selesai", null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut SKM"
        verbose_name_plural = "tindak lanjut SKM"
        ordering = ["pk"]
        default_permissions = []
        permissions = [("write_follow_up", "Menulis rencana tindak lanjut SKM")]
        constraints = [
            models.UniqueConstraint(fields=["period", "aspect"], name="one_follow_up_an_unsur_of_a_period"),
            models.UniqueConstraint(
                fields=["aspect"],
                condition=Q(carried_from=None, done_on=None),
                name="one_unfinished_follow_up_an_unsur",
            ),
            models.CheckConstraint(
                name="finished_follow_up_has_action_and_proof",
                condition=Q(done_on=None, proof="", proof_file=None)
                | (Q(done_on__isnull=False) & ~Q(action="") & (~Q(proof="") | Q(proof_file__isnull=False))),
            ),
            models.CheckConstraint(
                name="carried_follow_up_has_no_plan",
                condition=Q(carried_from=None) | Q(action="", responsible=None, due_on=None, done_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Tindak lanjut {self.get_aspect_display()} {self.period}"

    @property
    def measure(self) -> "FollowUp":
        """The row that has the plan: this one, or the one that it carries on."""
        return self.carried_from or self

    @property
    def ends(self) -> date:
        """The last day of the period."""
        return period_of(self.period).last

    @property
    def is_written(self) -> bool:
        """Return whether the row says what is planned."""
        return bool(self.action)

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def mark(self) -> str:
        """A fingerprint of the plan: a form sends it back, so that no change is overwritten unread."""
        facts = (self.action, self.responsible_id, self.due_on, self.done_on, self.proof, self.proof_file_id)
        return fingerprint_of([str(fact) for fact in facts])

    def may_be_finished_by(self, user: User) -> bool:
        """Return whether `user` writes the plan or is responsible for this measure."""
        return user.has_perm("ratings.write_follow_up") or self.responsible_id == user.pk

    def is_overdue(self, today: date) -> bool:
        """Return whether it is unfinished and was due before `today`."""
        return self.done_on is None and self.due_on is not None and self.due_on < today


class FollowUpEvent(models.Model):
    """One change of a plan: who did what and when, in the words of that time, with the file of a proof."""

    class Kind(models.TextChoices):
        OPEN = "open", "Dibuka dari laporan yang dibekukan"
        CARRY = "carry", "Dilanjutkan ke periode lain"
        WRITE = "write", "Rencana ditulis"
        FINISH = "finish", "Selesai"
        REOPEN = "reopen", "Dibuka lagi"

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    note = models.TextField(blank=True)
    file = models.ForeignKey(FollowUpFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.follow_up} {self.words}"

    @property
    def words(self) -> str:
        return self.get_kind_display()
