"""The follow-up plan of a period as pages and papers show it: each measure with its NRR and the complaints about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count
from django.utils.timezone import localdate

from complaints.models import Complaint
from guestbook.periods import Period, period_of
from office.formats import plain_date, short_date
from ratings.follow_up_figures import Measure, PlanFigures, plan_figures
from ratings.follow_up_models import FollowUp
from ratings.report_models import FrozenReport

EARLY = "sebelum laporan dibekukan"


@dataclass(frozen=True)
class PlanRow:
    """One unsur of a plan. `measure` is the row that says what is done; it may belong to another period."""

    follow_up: FollowUp
    measure: FollowUp
    nrr: Decimal | None
    """As frozen in the report; None when the report is not frozen any more."""
    complaints: int
    """How many complaints of the period are about this unsur."""
    is_overdue: bool
    is_early: bool = False
    """Whether the measure was finished before the report of this row was frozen."""

    @property
    def from_period(self) -> str:
        """The period from which the measure is carried on, in words; "" for one of its own period."""
        return self.measure.period_words if self.follow_up.carried_from else ""

    @property
    def state(self) -> str:
        """How far it is, in words."""
        if self.measure.done_on:
            early = f", {EARLY}" if self.is_early else ""
            return f"Selesai {short_date(self.measure.done_on)}{early}"
        if self.is_overdue:
            return "Terlambat"
        return "Berjalan" if self.measure.is_written else "Belum ditulis"


@dataclass(frozen=True)
class Plan:
    """The plan of a period on a day, and its figures. It has no rows before the report of the period is frozen."""

    period: Period
    today: date
    rows: list[PlanRow]
    figures: PlanFigures

    @property
    def as_of(self) -> str:
        """The sentence that says of which day the plan is: it goes on after the report was frozen."""
        return f"Keadaan rencana dan jumlah pengaduan: {plain_date(self.today)}."


def read_plan(period: Period, today: date) -> Plan:
    """Return the plan of the period, in the order of its report. Three queries for any number of rows."""
    rows = list(FollowUp.objects.of_period(period).with_staff())
    frozen = FrozenReport.objects.filter(period=period.code).first() if rows else None
    nrr = frozen.figures["nrr"] if frozen else {}
    complaints = _complaints_by_aspect(period) if rows else {}
    frozen_on = localdate(frozen.frozen_at) if frozen else period.last
    measures = [Measure(frozen_on, row.measure.done_on) for row in rows]
    shown = [_row(row, nrr, complaints, today, is_early=one.is_early) for row, one in zip(rows, measures, strict=True)]
    return Plan(period, today, shown, plan_figures(measures))


def _row(
    follow_up: FollowUp, nrr: Mapping[str, str], complaints: Mapping[str, int], today: date, *, is_early: bool
) -> PlanRow:
    mean, measure = nrr.get(follow_up.aspect), follow_up.measure
    count, overdue = complaints.get(follow_up.aspect, 0), measure.is_overdue(today)
    return PlanRow(follow_up, measure, Decimal(mean) if mean else None, count, overdue, is_early)


def _complaints_by_aspect(period: Period) -> dict[str, int]:
    """Return how many complaints of the period are about each unsur, by its key."""
    found = Complaint.objects.filter(received_at__date__range=(period.first, period.last)).exclude(element="")
    return dict(found.order_by().values_list("element").annotate(n=Count("pk")))


def periods_with_plan() -> list[Period]:
    """Return the periods that have a plan, the latest first, and of one end the longest first."""
    codes = FollowUp.objects.order_by().values_list("period", flat=True).distinct()
    return sorted(map(period_of, codes), key=lambda one: (one.last, one.months), reverse=True)
