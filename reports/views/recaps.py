"""Recaps of submissions: on the screen, as a workbook and on paper."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guestbook.periods import Period, period_links
from office.content_types import PDF, XLSX
from office.downloads import file_answer
from office.models import DayOff, Office
from office.requests import StaffRequest
from reports.recap_files import draw_submission_recap, submission_recap_book
from reports.recap_tables import METHOD, SUBJECT, remarks, submission_tables
from reports.recaps import SubmissionRecap, read_submission_recap

sees_submission_recaps = permission_required(
    ["guestbook.view_recap", "recommendations.view_submission"], raise_exception=True
)


@require_safe
@never_cache
@sees_submission_recaps
def submission_recap(request: StaffRequest, period: Period) -> HttpResponse:
    """Show the recap of one month, quarter, half-year or year."""
    found, today = _read(period), timezone.localdate()
    summary, *measured, rounds = submission_tables(found)
    context: dict[str, Any] = {
        "recap": found,
        "summary": summary,
        "measured": measured,
        "rounds": rounds,
        "remarks": remarks(found.omitted),
        "method": METHOD,
        "period": period,
        "period_links": period_links(period, _address),
        "is_running": period.first <= today <= period.last,
    }
    return render(request, "reports/recap.html", context)


@require_safe
@never_cache
@sees_submission_recaps
def recap_xlsx(request: StaffRequest, period: Period) -> HttpResponse:
    """Download the same tables as a workbook. It names agencies and officers, but no applicant."""
    book = submission_recap_book(_read(period), period, office=Office.objects.current())
    return file_answer(book, name=f"{SUBJECT} {period.code}.xlsx", content_type=XLSX)


@require_safe
@never_cache
@sees_submission_recaps
def recap_pdf(request: StaffRequest, period: Period) -> HttpResponse:
    """Download the same tables as PDF on A4, with kop and the signature of the head of the period's last day."""
    paper = draw_submission_recap(_read(period), period, office=Office.objects.current(), today=timezone.localdate())
    return file_answer(paper, name=f"{SUBJECT} {period.code}.pdf", content_type=PDF)


def _address(period: Period) -> str:
    """Return the address of the period's recap, or "" when the year is outside those that an address can contain."""
    try:
        return reverse("reports:recap", args=[period])
    except NoReverseMatch:
        return ""


def _read(period: Period) -> SubmissionRecap:
    return read_submission_recap(period, today=timezone.localdate(), days_off=DayOff.objects.names().keys())
