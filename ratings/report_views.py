"""The SKM report, for the Kepala: on the screen and as files. Every download is logged."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from guestbook.period_codes import requested_period
from guestbook.periods import Period, period_links
from office.content_types import PDF, XLSX
from office.downloads import file_answer
from office.models import Office
from office.paper import draw_pdf
from office.refusals import Refused
from office.requests import StaffRequest
from ratings import report_actions
from ratings.access import sees_ratings
from ratings.follow_up_readings import read_plan
from ratings.open_periods import rated_until
from ratings.period_report import ShownReport, freezing, shown_report
from ratings.report_models import ReportDownload
from ratings.skm_files import draw_skm_report, skm_report_book, trend_of
from ratings.skm_paper import skm_poster_html
from ratings.skm_readings import QUARTER, remarks_of
from ratings.skm_report import SkmReport
from ratings.skm_tables import (
    PLAN_RULE,
    RULE,
    answer_tables,
    median_seconds,
    plan_shares_table,
    respondent_tables,
    share_in_percent,
    target_words,
)

EXPORTS, REMARKS = 10, 25
"""How many downloads the page shows, and how many remarks at a time; the PDF has them all."""
FREEZE = "ratings.freeze_report"


@sees_ratings
@never_cache
@require_safe
def skm_report(request: StaffRequest) -> HttpResponse:
    """Show the SKM report of a month, quarter, half-year or year; the address names the period."""
    today, period = timezone.localdate(), requested_period(request.GET.get("periode"), months=QUARTER)
    office = Office.objects.current()
    shown = shown_report(period, office)
    plan = read_plan(period, today)
    context = {
        **_figures(shown.report),
        "shown": shown,
        "rated_until": rated_until(period, today),
        "freezing": freezing(shown) if period.last < today and request.user.has_perm(FREEZE) else None,
        "trend": trend_of(period, office),
        "page": Paginator(remarks_of(period, shown.frozen), REMARKS).get_page(request.GET.get("page")),
        "plan": plan,
        "shares": plan_shares_table(plan.figures),
        "plan_rule": PLAN_RULE,
        "period": period,
        "period_links": period_links(period, lambda one: f"?periode={one.code}"),
        "exports": ReportDownload.objects.select_related("by")[:EXPORTS],
        "is_running": period.first <= today <= period.last,
    }
    return render(request, "ratings/skm_report.html", context)


@sees_ratings
@never_cache
@require_POST
def skm_export(request: StaffRequest, kind: str) -> HttpResponse:
    """Download the report. The log row is written before the file is sent.

    Only a frozen report has a poster: it is for everybody, and from two posters that differ by few respondents
    everybody could compute what those answered.
    """
    period, office = requested_period(request.POST.get("periode"), months=QUARTER), Office.objects.current()
    shown = shown_report(period, office)
    if kind == ReportDownload.Kind.POSTER and not shown.frozen:
        return redirect(_address(period))
    content_type, ending, draw = FILES[kind]
    file = draw(shown, office)
    report_actions.log_report(shown.report, kind=kind, by=request.user)
    subject = "Poster" if kind == ReportDownload.Kind.POSTER else "Laporan"
    name = f"{subject} SKM {period.code}.{ending}"
    return file_answer(file, name=name, content_type=content_type)


def _as_pdf(shown: ShownReport, office: Office) -> bytes:
    return draw_skm_report(shown, office=office, today=timezone.localdate())


def _as_xlsx(shown: ShownReport, office: Office) -> bytes:
    return skm_report_book(shown, office=office, today=timezone.localdate())


def _as_poster(shown: ShownReport, office: Office) -> bytes:
    return draw_pdf(skm_poster_html(shown.report, office=office, seal_broken=shown.seal_broken))


FILES: dict[str, tuple[str, str, Callable[[ShownReport, Office], bytes]]] = {
    ReportDownload.Kind.XLSX: (XLSX, "xlsx", _as_xlsx),
    ReportDownload.Kind.PDF: (PDF, "pdf", _as_pdf),
    ReportDownload.Kind.POSTER: (PDF, "pdf", _as_poster),
}
"""By kind of download: content type, end of the file's name, and what draws it."""


@require_POST
@permission_required(FREEZE, raise_exception=True)
def skm_freeze(request: StaffRequest) -> HttpResponse:
    """Freeze the report of a period that is over, with its answers."""
    period = requested_period(request.POST.get("periode"), months=QUARTER)
    try:
        report_actions.freeze_report(period, by=request.user, shown=request.POST.get("shown", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Laporan SKM {period.words} dibekukan.")
    return redirect(_address(period))


def _address(period: Period) -> str:
    return f"{reverse('ratings:skm_report')}?periode={period.code}"


def _figures(report: SkmReport) -> dict[str, Any]:
    """Return what the page shows of the report itself."""
    return {
        "report": report,
        "response_rate": share_in_percent(report.response_rate),
        "alike": share_in_percent(report.figures.alike) if report.figures else None,
        "seconds": median_seconds(report),
        "answers": answer_tables(report.figures) if report.figures else [],
        "respondents": respondent_tables(report),
        "target_words": target_words(report.served, report.target),
        "rule": RULE,
    }
