"""Recaps of visits, on the screen and as files. Every download is logged."""

from collections.abc import Callable

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from guestbook import actions
from guestbook.models import ExportLog
from guestbook.period_codes import requested_period
from guestbook.periods import period_links
from guestbook.recap_paper import recap_html
from guestbook.recap_sheets import workbook
from guestbook.recap_tables import METHOD, omission, tables_of
from guestbook.recaps import Recap, read_recap
from guestbook.skd import CLASSES
from office.content_types import PDF, XLSX
from office.downloads import file_answer
from office.models import Office
from office.paper import draw_pdf
from office.requests import StaffRequest

EXPORTS = 10
sees_visit_recaps = permission_required("guestbook.view_recap", raise_exception=True)


@sees_visit_recaps
@never_cache
@require_safe
def recap(request: StaffRequest) -> HttpResponse:
    """Show the recap of one month, quarter, half-year or year; the address names the period."""
    today = timezone.localdate()
    period = requested_period(request.GET.get("periode"))
    found = read_recap(period)
    summary, *tables = tables_of(found)
    context = {
        "recap": found,
        "measured": [table for table in tables if table.key not in CLASSES],
        "classes": [table for table in tables if table.key in CLASSES],
        "omissions": {"waits": omission(found.whole.waits), "services": omission(found.whole.services)},
        "method": METHOD,
        "exports": ExportLog.objects.select_related("by")[:EXPORTS],
        "period": period,
        "period_links": period_links(period, lambda one: f"?periode={one.code}"),
        "is_running": period.first <= today <= period.last,
        "summary": summary,
    }
    return render(request, "guestbook/recap.html", context)


@sees_visit_recaps
@never_cache
@require_POST
def recap_export(request: StaffRequest, kind: str) -> HttpResponse:
    """Download the recap. The log row is written before the file is sent."""
    period = requested_period(request.POST.get("periode"))
    found = read_recap(period)
    content_type, draw = FILES[kind]
    file = draw(found)
    actions.log_export(kind=kind, period=period.code, rows=found.whole.visits, by=request.user)
    return file_answer(file, name=f"Rekap kunjungan {period.code}.{kind}", content_type=content_type)


def _as_xlsx(found: Recap) -> bytes:
    return workbook(tables_of(found), office=Office.objects.current(), period=found.period)


def _as_pdf(found: Recap) -> bytes:
    office, today = Office.objects.current(), timezone.localdate()
    return draw_pdf(recap_html(tables_of(found), whole=found.whole, office=office, period=found.period, today=today))


FILES: dict[str, tuple[str, Callable[[Recap], bytes]]] = {
    ExportLog.Kind.XLSX: (XLSX, _as_xlsx),
    ExportLog.Kind.PDF: (PDF, _as_pdf),
}
