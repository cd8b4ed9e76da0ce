"""Freeze the SKM report of a period that is over, and log its downloads."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from guestbook.periods import Period
from office import clock
from office.formats import long_date
from office.heads import head_on
from office.models import Office, User
from office.refusals import Refused
from ratings.follow_up_actions import open_follow_ups
from ratings.open_periods import rated_until
from ratings.report_models import FrozenReport, ReportDownload, answers_digest
from ratings.skm_figures import report_figures
from ratings.skm_readings import frozen_remarks, read_remarks
from ratings.skm_report import SkmReport, read_skm_report


class CannotFreeze(Refused):
    """Raised when the report of the period cannot be frozen now."""


class PeriodNotOver(CannotFreeze):
    """Raised on a day of the period, or before it."""

    def __init__(self, period: Period):
        super().__init__(f"{period.words} belum berakhir. Bekukan laporannya setelah {long_date(period.last)}.")


class StillRated(CannotFreeze):
    """Raised while a visit or a letter of the period can still be rated: its answer would be left out for good.

    PermenPANRB 14/2017 sets no day for the report, so it waits at most 30 days for the visitors.
    """

    def __init__(self, period: Period, until: date):
        super().__init__(
            f"Sebagian layanan {period.words} masih dapat dinilai sampai {long_date(until)}. Bekukan sesudahnya."
        )


class TooFewRespondents(CannotFreeze):
    """Raised when the report has no index: there is nothing to freeze."""


class AlreadyFrozen(CannotFreeze):
    """Raised when the report of the period is frozen already."""

    def __init__(self, period: Period):
        super().__init__(f"Laporan SKM {period.words} sudah dibekukan.")


class AnswersMovedOn(CannotFreeze):
    """Raised when the answers are not any more those that the page counted."""

    def __init__(self) -> None:
        super().__init__("Jawaban berubah setelah halaman ini dibuka. Baca angkanya lagi, lalu bekukan.")


@transaction.atomic
def freeze_report(period: Period, *, by: User, shown: str | None = None) -> FrozenReport:
    """Freeze the figures of `period` with answers and remarks, and open the plan for its lowest unsur. Return the row.

    `shown` is the digest of the answers that the page counted; None freezes those of now.
    Raise NotTheHead, PeriodNotOver, StillRated, TooFewRespondents, AlreadyFrozen, AnswersMovedOn or ClockWentBack.
    """
    at = clock.now()
    today = timezone.localdate(at)
    head_on(today, by)
    Office.objects.locked()  # no other freezing, no paper answers meanwhile
    _must_be_open(period, today)
    frozen = _frozen(period, at, by, shown)
    open_follow_ups(frozen, by=by)
    return frozen


def _must_be_open(period: Period, today: date) -> None:
    if today <= period.last:
        raise PeriodNotOver(period)
    if FrozenReport.objects.filter(period=period.code).exists():
        raise AlreadyFrozen(period)
    if until := rated_until(period, today):
        raise StillRated(period, until)


def _frozen(period: Period, at: datetime, by: User, shown: str | None) -> FrozenReport:
    report = read_skm_report(period, Office.objects.current())
    if not report.figures:
        raise TooFewRespondents(report.problem)
    answers = report.figures.rows
    facts = {"figures": report_figures(report), "answers": answers, "digest": answers_digest(answers)}
    if shown not in (None, facts["digest"]):
        raise AnswersMovedOn
    remarks = frozen_remarks(read_remarks(period))
    return FrozenReport.objects.create(period=period.code, frozen_by=by, frozen_at=at, remarks=remarks, **facts)


def log_report(report: SkmReport, *, kind: str, by: User) -> ReportDownload:
    """Log that `by` downloads a file of the report: `kind` is one of ReportDownload.Kind."""
    return ReportDownload.objects.create(kind=kind, period=report.period.code, rows=report.n, by=by)
