"""The recap of complaints of a month, quarter or year: on the screen, and with the register as a workbook."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints.recap_files import COMPLAINTS_SUBJECT, complaint_recap_book
from complaints.recaps import COMPLAINTS_METHOD, complaint_tables, complaints_of
from guestbook.period_codes import requested_period
from guestbook.periods import period_links
from office.content_types import XLSX
from office.downloads import file_answer
from office.models import Office
from office.requests import StaffRequest

may_view_complaints = permission_required("complaints.view_complaint", raise_exception=True)


@require_safe
@never_cache
@may_view_complaints
def complaint_recap(request: StaffRequest) -> HttpResponse:
    """Show the figures of the period that `?periode=` names."""
    period, today = requested_period(request.GET.get("periode")), timezone.localdate()
    summary, *tables = complaint_tables(complaints_of(period), period, today, hidden_from=[request.user.pk])
    context = {
        "summary": summary,
        "tables": tables,
        "method": COMPLAINTS_METHOD,
        "period": period,
        "period_links": period_links(period, lambda one: f"?periode={one.code}"),
        "is_running": period.first <= today <= period.last,
    }
    return render(request, "complaints/complaint_recap.html", context)


@require_safe
@never_cache
@may_view_complaints
def complaint_recap_xlsx(request: StaffRequest) -> HttpResponse:
    """Download the same tables and the register, without a text, a reporter or a whole code."""
    period = requested_period(request.GET.get("periode"))
    book = complaint_recap_book(
        period, office=Office.objects.current(), today=timezone.localdate(), hidden_from=[request.user.pk]
    )
    return file_answer(book, name=f"{COMPLAINTS_SUBJECT} {period.code}.xlsx", content_type=XLSX)
