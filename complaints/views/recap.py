"""The recap of complaints of a month, quarter or year: on the screen, and with the register as a workbook."""

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints.recaps import COMPLAINTS_METHOD, complaint_tables, complaints_of, register_table
from guestbook.periods import NotAPeriod, Period, period_around, period_links, period_of
from guestbook.recap_sheets import workbook
from office.models import Office
from office.requests import StaffRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
may_view_complaints = permission_required("complaints.view_complaint", raise_exception=True)


@require_safe
@never_cache
@may_view_complaints
def complaint_recap(request: StaffRequest) -> HttpResponse:
    """Show the figures of the period that `?periode=` names."""
    period, today = _period(request), timezone.localdate()
    summary, *tables = complaint_tables(complaints_of(period), period, today)
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
    period = _period(request)
    found = complaints_of(period)
    tables = [*complaint_tables(found, period, timezone.localdate()), register_table(found, reader=request.user)]
    book = workbook(
        tables, office=Office.objects.current(), period=period, subject="Rekap pengaduan", method=COMPLAINTS_METHOD
    )
    headers = {"Content-Disposition": f'attachment; filename="Rekap pengaduan {period.code}.xlsx"'}
    return HttpResponse(book, content_type=XLSX, headers=headers)


def _period(request: StaffRequest) -> Period:
    """Return the period of the address, or this month. Raise Http404 for a code that names none."""
    code = request.GET.get("periode")
    try:
        return period_of(code) if code else period_around(timezone.localdate(), 1)
    except NotAPeriod as problem:
        raise Http404 from problem
