"""A round: one recording of the answers. "Terekam lengkap" freezes it; a return opens the next round as a copy."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User
from recommendations.instruments.completeness import findings
from recommendations.instruments.findings import Finding
from recommendations.instruments.open_items import open_items
from recommendations.models.submissions import Submission

RUNNING = Q(told_at=None, stopped_at=None, due_on__isnull=False)
"""The promise runs: the round is recorded complete, the applicant is not told the result, the promise not stopped."""


class RoundQuerySet(models.QuerySet["Round"]):
    def recorded(self) -> "RoundQuerySet":
        """Return the rounds that are recorded complete, so frozen."""
        return self.exclude(recorded_at=None)

    def promised(self) -> "RoundQuerySet":
        """Return the rounds whose promise runs."""
        return self.filter(RUNNING)

    def without_answers(self) -> "RoundQuerySet":
        """Leave out the answers and add `remark_count`, the number of remarks: enough for a list.

        In the order of their numbers: Django leaves out the model's own order where it counts.
        """
        counted = self.defer("answers", "typed_by").annotate(remark_count=models.Count("remarks"))
        return counted.order_by("submission", "number")


class Round(models.Model):
    """One recording of the form.

    It has few indexes: a decree moves the due dates of many thousand rows at once, and each index slows that down.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="rounds", db_index=False)
    number = models.PositiveSmallIntegerField("putaran", default=1)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField("tersimpan", null=True, blank=True)
    typed_by = models.JSONField(default=dict)  # by item id: the officer who saved its answer last, when, on which page
    recorded_at = models.DateTimeField("terekam lengkap", null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    starts_on = models.DateField("janji dihitung dari", null=True, blank=True)
    promise_days = models.PositiveSmallIntegerField("hari kerja yang dijanjikan", null=True, blank=True)
    due_on = models.DateField("jatuh tempo", null=True, blank=True)
    due_is_provisional = models.BooleanField("jatuh tempo sementara", default=False)
    told_at = models.DateTimeField("hasil diberitahukan", null=True, blank=True)
    stopped_at = models.DateTimeField("janji berhenti tanpa hasil", null=True, blank=True)
    alert_level = models.PositiveSmallIntegerField("peringatan", default=0)  # an AlertLevel of promise/alerts.py
    alerted_on = models.DateField("diperingatkan", null=True, blank=True)
    late_reason = models.CharField("sebab terlambat", max_length=400, blank=True)
    first_reader = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    first_read_at = models.DateTimeField("dinyatakan sesuai oleh pemeriksa pertama", null=True, blank=True)
    answered_at = models.DateTimeField("jawaban pemohon masuk", null=True, blank=True)
    reminded_at = models.DateTimeField("pemohon diingatkan", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "number"]
        indexes = [
            models.Index(fields=["due_on"], condition=RUNNING, name="round_promised_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_round_a_number"),
            models.CheckConstraint(
                name="recorded_round_has_officer_and_due_date",
                condition=Q(recorded_at=None, recorded_by=None, starts_on=None, promise_days=None, due_on=None)
                | Q(
                    recorded_at__isnull=False,
                    recorded_by__isnull=False,
                    starts_on__isnull=False,
                    promise_days__isnull=False,
                    due_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="only_recorded_round_is_told", condition=Q(told_at=None) | Q(recorded_at__isnull=False)
            ),
            models.CheckConstraint(
                name="first_reading_has_reader_and_time",
                condition=Q(first_reader=None, first_read_at=None)
                | Q(first_reader__isnull=False, first_read_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission.register} putaran {self.number}"

    @property
    def is_frozen(self) -> bool:
        return self.recorded_at is not None

    @property
    def completed_at(self) -> datetime:
        """Return the time of "terekam lengkap". Raise ValueError when the round is not recorded complete."""
        if self.recorded_at is None:
            raise ValueError("This round has not been recorded complete.")
        return self.recorded_at

    @property
    def title(self) -> str:
        """Return the activity's title as typed so far; "" when it is empty."""
        return str(self.answers.get(self.submission.instrument.title_item) or "")

    @property
    def agency_name(self) -> str:
        """Return the agency's name as typed so far; "" when it is empty."""
        return str(self.answers.get(self.submission.instrument.agency_item) or "")

    @property
    def variables(self) -> list[str]:
        """Return the names of the variables as typed so far; an empty list when the answer is not a table."""
        rows = self.answers.get(self.submission.instrument.variables_item)
        rows = rows if isinstance(rows, list) else []
        return [str(row.get("nama") or "") for row in rows if isinstance(row, dict)]

    @property
    def findings(self) -> list[Finding]:
        """Return the findings about missing and unreadable answers."""
        return findings(self.submission.instrument, self.answers)

    @property
    def open_items(self) -> frozenset[str]:
        """Return the ids of the items that may be changed now.

        In the first round these are all items. Later these are the items with a remark that is not accepted, the
        unlocked items, and the items that depend on them.
        """
        instrument = self.submission.instrument
        if self.number == 1:
            return frozenset(item.id for item in instrument.items)
        asked = Remark.objects.asking().filter(round__submission=self.submission_id, round__number=self.number - 1)
        remarked = asked.values_list("item", flat=True)
        return open_items(instrument, self.answers, set(remarked), set(self.unlocks.values_list("item", flat=True)))

    def answer(self, item_id: str) -> Any:
        return self.answers.get(item_id)


class RemarkQuerySet(models.QuerySet["Remark"]):
    def asking(self) -> "RemarkQuerySet":
        """Return the remarks that are not accepted yet: open or answered."""
        return self.exclude(state=Remark.State.ACCEPTED)


class Remark(models.Model):
    """An examiner's remark on one item of a frozen round."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", "Perbaikan"
        ADVICE = "advice", "Konfirmasi/saran"

    class State(models.TextChoices):
        OPEN = "open", "Terbuka"
        ANSWERED = "answered", "Dijawab"
        ACCEPTED = "accepted", "Diterima"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="remarks")
    item = models.CharField("isian", max_length=40)
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices, default=Kind.CORRECTION)
    text = models.TextField("isi catatan", max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField("keadaan", max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField("jawaban pemohon", max_length=2000, blank=True)
    answered_at = models.DateTimeField("dijawab", null=True, blank=True)  # in writing, or by recording the form again
    accepted_at = models.DateTimeField("diterima", null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan"
        verbose_name_plural = "catatan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "item"], name="one_remark_an_item_and_round"),
            models.CheckConstraint(
                name="remark_state_has_its_times",
                condition=Q(state="open", accepted_at=None, accepted_by=None)
                | Q(state="answered", answered_at__isnull=False, accepted_at=None, accepted_by=None)
                | Q(state="accepted", accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_correction(self) -> bool:
        return self.kind == self.Kind.CORRECTION


class Unlock(models.Model):
    """An item without a remark that an officer unlocked in a returned round, with the reason."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="unlocks")
    item = models.CharField("isian", max_length=40)
    reason = models.CharField("alasan", max_length=400)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "isian yang dibuka"
        verbose_name_plural = "isian yang dibuka"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "item"], name="one_unlock_an_item_and_round"),
            models.CheckConstraint(name="unlock_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason


class RecorderQuerySet(models.QuerySet["Recorder"]):
    def beside(self, user: User, *, at: datetime) -> "RecorderQuerySet":
        """Return the other officers' rows seen within GONE_AFTER before `at`, the latest first."""
        return self.exclude(by=user).filter(seen_at__gt=at - Recorder.GONE_AFTER).select_related("by")


class Recorder(models.Model):
    """An officer who has the recording page of a round open. Other officers see it; it locks nothing."""

    GONE_AFTER = timedelta(minutes=2)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="recorders")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = RecorderQuerySet.as_manager()

    class Meta:
        verbose_name = "perekam"
        verbose_name_plural = "perekam"
        ordering = ["-seen_at"]
        constraints = [models.UniqueConstraint(fields=["round", "by"], name="one_recorder_a_round_and_officer")]

    def __str__(self) -> str:
        return f"{self.by}, {self.round}"
