"""Pages of the SKM report, for the Kepala: a period on the screen, on paper and as a workbook."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guestbook.periods import NotAPeriod, Period, period_around, period_links, period_of
from office.models import Office
from office.requests import StaffRequest
from ratings.skm_readings import QUARTER, read_remarks, read_trend
from ratings.skm_report import SkmReport, read_skm_report
from ratings.skm_tables import RULE, answer_tables, respondent_tables, share_in_percent, target_words, trend_table

sees_ratings = permission_required("ratings.view_rating", raise_exception=True)


@sees_ratings
@never_cache
@require_safe
def skm_report(request: StaffRequest) -> HttpResponse:
    """Show the SKM report of a month, quarter, half-year or year; the address names the period."""
    today, period = timezone.localdate(), _period(request.GET.get("periode"))
    office = Office.objects.current()
    report = read_skm_report(period, office)
    context = {
        **_figures(report),
        "trend": trend_table(read_trend(period, office.min_respondents)),
        "remarks": read_remarks(period),
        "period": period,
        "period_links": period_links(period, lambda one: f"?periode={one.code}"),
        "is_running": period.first <= today <= period.last,
    }
    return render(request, "ratings/skm_report.html", context)


def _figures(report: SkmReport) -> dict[str, Any]:
    """Return what the page shows of the report itself."""
    return {
        "report": report,
        "response_rate": share_in_percent(report.response_rate),
        "alike": share_in_percent(report.figures.alike) if report.figures else None,
        "seconds": None if report.median_seconds is None else float(report.median_seconds),
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
