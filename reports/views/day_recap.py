"""The recap of one day, for officers at the counter and for the Kepala."""

import re
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guestbook.forms.reception import ClassesForm
from guestbook.models import Visit
from office.models import DayOff
from office.requests import StaffRequest
from recommendations.submissions.filters import sees_all
from reports.day_duties import COMPLAINT_ROWS, complaints_received, read_duties
from reports.day_recap import DayRecap, Ending, read_day

FORMS, DUE_ROWS = 25, 12
"""The most forms and due items on the page; a line says how many more there are."""
DAY = re.compile(r"2[01]\d\d-\d\d-\d\d", re.ASCII)
ONE_DAY = timedelta(days=1)
SERVES = "guestbook.serve_visit"


@require_safe
@never_cache
def day_recap(request: StaffRequest) -> HttpResponse:
    """Show the recap of today, or of the day in the address. What is still to do belongs to today only."""
    if not (request.user.has_perm(SERVES) or sees_all(request.user)):
        raise PermissionDenied
    today = timezone.localdate()
    day = _day(request.GET.get("hari"), today)
    context: dict[str, Any] = {
        "day": day,
        "is_today": day == today,
        "is_future": day > today,
        "former": day - ONE_DAY,
        "next": day + ONE_DAY if day < today else None,
        "may_serve": request.user.has_perm(SERVES),
    }
    if day <= today:
        context |= _content(request, read_day(day), today)
    return render(request, "reports/day_recap.html", context)


def _content(request: StaffRequest, recap: DayRecap, today: date) -> dict[str, Any]:
    is_today, user = recap.day == today, request.user
    received = complaints_received(user, recap.day)
    duties = read_duties(user, today, DayOff.objects.names().keys()) if is_today else None
    own_first = sorted(recap.unclassified, key=lambda visit: visit.officer_id != user.pk)
    todo = {"terbuka": len(recap.open), "skd": len(recap.unclassified)}
    if duties:
        todo |= {"aduan": duties.waiting_count, "tempo": duties.due_now}
    return {
        "recap": recap,
        "endings": [one.value for one in Ending],
        "forms": [_form(visit) for visit in own_first[:FORMS]],
        "more_forms": len(own_first) - FORMS,
        "partly": [_form(visit) for visit in recap.partly[:FORMS]],
        "complaints": list(received[:COMPLAINT_ROWS]),
        "more_complaints": received.count() - COMPLAINT_ROWS,
        "duties": duties,
        "due": duties.due[:DUE_ROWS] if duties else [],
        "more_due": len(duties.due) - DUE_ROWS if duties else 0,
        "todo": todo,
        "is_done": not any(todo.values()),
        "can_rate": today <= recap.rate_until,
    }


def _form(visit: Visit) -> dict[str, Any]:
    form = ClassesForm(instance=visit.visitor)
    form.auto_id = f"skd-{visit.pk}-%s"
    return {"visit": visit, "form": form}


def _day(asked: str | None, today: date) -> date:
    """Return the day in the address, or today without one. Raise Http404 when it is no day."""
    if not asked:
        return today
    if not DAY.fullmatch(asked):
        raise Http404
    try:
        return date.fromisoformat(asked)
    except ValueError as problem:
        raise Http404 from problem
