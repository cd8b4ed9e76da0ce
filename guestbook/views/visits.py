"""The guestbook: search visits, show one, and correct it with a reason. The browser stores no page of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from guestbook import actions
from guestbook.corrections import history_of
from guestbook.filters import days_links, filtered_visits
from guestbook.forms.visits import CorrectionForm, GuestbookFilterForm
from guestbook.models import ExportLog, Visit
from guestbook.reception import journey
from guestbook.skd import CLASSES
from guestbook.workflow import Status
from office.refusals import Refused
from office.requests import StaffRequest
from office.seals import MovedOn

PER_PAGE = 25
EARLIER = 5
BADGES = {
    # status: kind and icon of its badge
    Status.WAITING: ("warn", "clock"),
    Status.CALLED: ("act", "call"),
    Status.SERVING: ("act", "play"),
    Status.SERVED: ("ok", "ok"),
    Status.NO_SHOW: ("plain", "x"),
    Status.LEFT: ("plain", "x"),
    Status.UNCLOSED: ("warn", "warn"),
}

sees_guestbook = permission_required("guestbook.view_guestbook", raise_exception=True)
corrects_visits = permission_required("guestbook.correct_visit", raise_exception=True)


@sees_guestbook
@never_cache
@require_safe
def visit_list(request: StaffRequest) -> HttpResponse:
    """Show the visits that fit the filters of the address, newest first."""
    form = GuestbookFilterForm(request.GET)
    wanted, problems = form.wanted, form.problems
    found = Visit.objects.none() if problems else filtered_visits(wanted)
    shown = found.select_related("visitor", "service", "counter", "officer")
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    days = (wanted.get("dari"), wanted.get("sampai"))
    context = {
        "form": form,
        "wanted": wanted,
        "problems": problems,
        "page": page,
        "rows": [_row(visit) for visit in page],
        "links": [(link, days == (link.first, link.last)) for link in days_links(timezone.localdate())],
    }
    return render(request, "guestbook/visit_list.html", context)


def _row(visit: Visit) -> dict[str, Any]:
    kind, icon = BADGES[Status(visit.status)]
    return {"visit": visit, "kind": kind, "icon": icon}


@sees_guestbook
@never_cache
@require_safe
def visit_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one visit: the visitor, the times, what happened and what was corrected."""
    shown = Visit.objects.select_related("visitor", "service", "counter", "officer").prefetch_related("submissions")
    visit = get_object_or_404(shown, pk=pk)
    visitor = visit.visitor
    classes = [(label, getattr(visitor, f"get_{name}_display")()) for name, (label, _) in CLASSES.items()]
    context = _row(visit) | {
        "journey": journey(visit),
        "classes": classes,
        "events": history_of(visit),
        "shared": visitor.visits.count(),
        "earlier": Visit.objects.earlier_of_person(visit).select_related("service")[:EARLIER],
    }
    return render(request, "guestbook/visit_detail.html", context)


@corrects_visits
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct_visit(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the form, and correct what the officer changed. A page that is not up to date is shown again."""
    visits = Visit.objects.select_related("visitor", "service")
    visit = get_object_or_404(visits, pk=pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None, visit=visit)
    changes: list[str] = []
    if form.is_valid():
        facts = {"changes": form.changes, "shown": form.seen, "reason": form.cleaned_data["reason"]}
        try:
            corrections = actions.correct_visit(visit, **facts, by=request.user)
        except MovedOn as refusal:
            changes, form = refusal.changes, form.renewed(visits.get(pk=pk))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = f"{len(corrections)} isian diperbaiki." if corrections else "Tidak ada isian yang berubah."
            messages.success(request, said)
            return redirect("guestbook:visit_detail", pk)
    context = {
        "form": form,
        "visit": visit,
        "changes": changes,
        "shared": visit.visitor.visits.count(),
        "download": ExportLog.objects.covering(visit.day).first(),
    }
    return render(request, "guestbook/visit_correct.html", context)
