"""The staff's pages: the register, one complaint with its acts, and the entry of one that came by another way."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.actions import handling
from complaints.actions.receiving import receive
from complaints.forms.handling import (
    AssignComplaintForm,
    CloseForm,
    PlanForm,
    QuestionForm,
    RegisterFilterForm,
    TakenComplaintForm,
    ToReporterForm,
)
from complaints.models import Complaint, ComplaintFile
from complaints.models.complaints import ComplaintQuerySet
from complaints.staff import may_assign_now, no_head_may_assign
from complaints.workflow import Move
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.acts import act_by_form
from recommendations.attachments.originals import OriginalLost
from recommendations.attachments.views.previews import as_it_came

PER_PAGE = 25
TAKEN = "complaint_taken"
BADGES = {
    # status: kind and icon of its badge
    "received": ("warn", "inbox"),
    "assigned": ("act", "user"),
    "answered": ("plain", "chat"),
    "closed": ("ok", "ok"),
    "reopened": ("late", "back"),
}

may_receive = permission_required("complaints.receive_complaint", raise_exception=True)
may_handle = permission_required("complaints.handle_complaint", raise_exception=True)


def _complaint_of(request: StaffRequest, pk: int) -> Complaint:
    """Return the complaint. Raise Http404 when it does not exist or the user may not see it."""
    return get_object_or_404(Complaint.objects.visible_to(request.user).with_staff(), pk=pk)


@require_safe
@never_cache
@may_handle
def complaint_list(request: StaffRequest) -> HttpResponse:
    """Show the register: what the user may see, filtered, or found by a code."""
    filters, today = RegisterFilterForm(request.GET), timezone.localdate()
    shows, code = filters.wanted
    seen = Complaint.objects.visible_to(request.user)
    found = seen.coded(code) if code else _shown(seen, shows, request)
    page = Paginator(found.with_staff(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [_row(complaint, today) for complaint in page],
        "page": page,
        "shows": shows,
        "code": code,
        "choices": filters.SHOWS,
        "late": seen.overdue(today).count(),
        "unassigned": seen.unassigned().count(),
    }
    return render(request, "complaints/complaint_list.html", context)


def _shown(seen: ComplaintQuerySet, shows: str, request: StaffRequest) -> ComplaintQuerySet:
    """Return the complaints of one filter of the register."""
    filters = {
        "terbuka": seen.open(),
        "saya": seen.open().filter(assigned_to=request.user),
        "belum-ditugaskan": seen.unassigned(),
        "terlambat": seen.overdue(timezone.localdate()),
    }
    return filters.get(shows, seen)


def _row(complaint: Complaint, today: date) -> dict[str, Any]:
    kind, icon = BADGES[complaint.status]
    due = complaint.next_due_on
    return {"complaint": complaint, "kind": kind, "icon": icon, "is_late": bool(due and due < today)}


@require_safe
@never_cache
@may_handle
def complaint_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one complaint: what was written, its history, and the acts that are possible now."""
    complaint = _complaint_of(request, pk)
    context = _row(complaint, timezone.localdate()) | {
        "talk": complaint.messages.select_related("by"),
        "files": complaint.files.all(),
        "events": complaint.events.select_related("by").order_by("-at", "-pk"),
        "acts": _acts(request, complaint),
        "is_about_head": no_head_may_assign(complaint),
    }
    return render(request, "complaints/complaint_detail.html", context)


def _acts(request: StaffRequest, complaint: Complaint) -> dict[str, Form]:
    """Return the form of each act that this user may do now."""
    moves = complaint.possible_moves
    acts: dict[str, Form] = {}
    if Move.ASSIGN in moves and may_assign_now(complaint, request.user):
        acts["assign"] = AssignComplaintForm(complaint=complaint, auto_id="assign_%s")
    if complaint.assigned_to_id == request.user.pk:
        mine = {Move.ANSWER: ToReporterForm, Move.ASK: QuestionForm, Move.PLAN: PlanForm, Move.CLOSE: CloseForm}
        acts |= {move.value: kind(auto_id=f"{move.value}_%s") for move, kind in mine.items() if move in moves}
    return acts


@require_POST
@may_handle
def assign_complaint(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the complaint to a person, with its class. Raise PermissionDenied for an officer not in the head's place."""
    complaint = _complaint_of(request, pk)
    if not may_assign_now(complaint, request.user):
        raise PermissionDenied
    form = AssignComplaintForm(request.POST, complaint=complaint)
    return _act(request, complaint, form, handling.assign_complaint, "Pengaduan ditugaskan.")


@require_POST
@may_handle
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the reporter an answer."""
    complaint = _complaint_of(request, pk)
    return _act(request, complaint, ToReporterForm(request.POST), handling.answer, "Tanggapan tersimpan.")


@require_POST
@may_handle
def ask_reporter(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask the reporter something."""
    complaint = _complaint_of(request, pk)
    return _act(request, complaint, QuestionForm(request.POST), handling.ask_reporter, "Pertanyaan tersimpan.")


@require_POST
@may_handle
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """Tell the reporter what the office will do, and until when."""
    complaint = _complaint_of(request, pk)
    return _act(request, complaint, PlanForm(request.POST), handling.plan, "Rencana tindak lanjut tersimpan.")


@require_POST
@may_handle
def close_complaint(request: StaffRequest, pk: int) -> HttpResponse:
    """End the complaint with its outcome."""
    complaint = _complaint_of(request, pk)
    return _act(request, complaint, CloseForm(request.POST), handling.close_complaint, "Pengaduan selesai.")


def _act(
    request: StaffRequest, complaint: Complaint, form: Form, act: Callable[..., Complaint], said: str
) -> HttpResponse:
    act_by_form(request, complaint, form, act, said)
    return redirect("complaints:complaint_detail", complaint.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@may_receive
def complaint_add(request: StaffRequest) -> HttpResponse:
    """Show and save the entry of a complaint that came by another way."""
    form = TakenComplaintForm(request.POST or None)
    if form.is_valid():
        try:
            complaint = receive(**form.facts, reporter=form.reporter, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[TAKEN] = complaint.pk
            return redirect("complaints:complaint_receipt")
    return render(request, "complaints/complaint_add.html", {"form": form})


@require_safe
@never_cache
@may_receive
def complaint_receipt(request: StaffRequest) -> HttpResponse:
    """Show the receipt with the code, once: only its reporter may open the conversation."""
    complaint = Complaint.objects.filter(pk=request.session.pop(TAKEN, 0), received_by=request.user).first()
    if complaint is None:
        return redirect("complaints:complaint_list")
    return render(request, "complaints/complaint_receipt.html", {"complaint": complaint})


@require_safe
@never_cache
@may_handle
def complaint_file(request: StaffRequest, pk: int) -> HttpResponse | FileResponse:
    """Download a file that the reporter gave, unchanged."""
    seen = Complaint.objects.visible_to(request.user)
    given = get_object_or_404(ComplaintFile, pk=pk, complaint__in=seen)
    try:
        return as_it_came(given)
    except OriginalLost as lost:
        messages.error(request, str(lost))
        return redirect("complaints:complaint_detail", given.complaint_id)
