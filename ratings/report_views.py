"""Pages of the SKM report, for the Kepala: a period on the screen, on paper and as a workbook."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from guestbook.periods import NotAPeriod, Period, period_around, period_links, period_of
from guestbook.recap_tables import Table
from office.models import Office
from office.paper import draw_pdf
from office.refusals import Refused
from office.requests import StaffRequest
from ratings import report_actions
from ratings.skm_paper import skm_paper_html, skm_poster_html
from ratings.skm_readings import QUARTER, ShownRemark, read_remarks, read_trend
from ratings.skm_report import SkmReport
from ratings.skm_sheets import skm_workbook
from ratings.skm_shown import ShownReport, shown_report
from ratings.skm_tables import (
    RULE,
    SUBJECT,
    answer_tables,
    median_seconds,
    respondent_tables,
    share_in_percent,
    target_words,
    trend_table,
)

FREEZE = "ratings.freeze_report"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
sees_ratings = permission_required("ratings.view_rating", raise_exception=True)


@sees_ratings
@never_cache
@require_safe
def skm_report(request: StaffRequest) -> HttpResponse:
    """Show the SKM report of a month, quarter, half-year or year; the address names the period."""
    today, period = timezone.localdate(), _period(request.GET.get("periode"))
    office = Office.objects.current()
    shown = shown_report(period, office)
    context = {
        **_figures(shown.report),
        "shown": shown,
        "may_be_frozen": shown.report.figures and period.last < today and request.user.has_perm(FREEZE),
        "trend": _trend(period, office),
        "remarks": _remarks(shown),
        "period": period,
        "period_links": period_links(period, lambda one: f"?periode={one.code}"),
        "is_running": period.first <= today <= period.last,
    }
    return render(request, "ratings/skm_report.html", context)


@sees_ratings
@never_cache
@require_safe
def skm_pdf(request: StaffRequest) -> HttpResponse:
    """Download the report on A4, with kop, charts and the signature of the head of the period's last day."""
    period, office = _period(request.GET.get("periode")), Office.objects.current()
    shown = shown_report(period, office)
    html = skm_paper_html(
        shown.report,
        trend=_trend(period, office),
        remarks=_remarks(shown),
        office=office,
        today=timezone.localdate(),
        seal=shown.seal,
    )
    return _file(draw_pdf(html), "application/pdf", f"{SUBJECT} {period.code}.pdf")


@sees_ratings
@never_cache
@require_safe
def skm_xlsx(request: StaffRequest) -> HttpResponse:
    """Download the answers, without anything of a person, and the formulas that make the report of them."""
    period, office = _period(request.GET.get("periode")), Office.objects.current()
    book = skm_workbook(shown_report(period, office).report, trend=_trend(period, office), office=office)
    return _file(book, XLSX, f"{SUBJECT} {period.code}.xlsx")


@sees_ratings
@never_cache
@require_safe
def skm_poster(request: StaffRequest) -> HttpResponse:
    """Download the poster with the index. Without an index, go to the report: it says why there is none."""
    period, office = _period(request.GET.get("periode")), Office.objects.current()
    report = shown_report(period, office).report
    if not report.figures:
        return redirect(f"{reverse('ratings:skm_report')}?periode={period.code}")
    poster = draw_pdf(skm_poster_html(report, office=office))
    return _file(poster, "application/pdf", f"Poster IKM {period.code}.pdf")


@require_POST
@permission_required(FREEZE, raise_exception=True)
def skm_freeze(request: StaffRequest) -> HttpResponse:
    """Freeze the report of a period that is over, with its answers."""
    period = _period(request.POST.get("periode"))
    try:
        report_actions.freeze_report(period, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Laporan SKM {period.words} dibekukan.")
    return redirect(f"{reverse('ratings:skm_report')}?periode={period.code}")


def _remarks(shown: ShownReport) -> list[ShownRemark]:
    """Return the remarks of the report; of a frozen one, those that had come until then."""
    return read_remarks(shown.report.period, shown.frozen.frozen_at if shown.frozen else None)


def _trend(period: Period, office: Office) -> Table:
    return trend_table(read_trend(period, office.min_respondents))


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


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


def _period(code: str | None) -> Period:
    """Return the requested period, or this quarter without a code. Raise Http404 for an unknown code."""
    if not code:
        return period_around(timezone.localdate(), QUARTER)
    try:
        return period_of(code)
    except NotAPeriod as problem:
        raise Http404 from problem
