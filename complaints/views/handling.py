"""The staff's pages: the register, one complaint with its acts, and the entry of one that came by another way."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.actions import handling
from complaints.actions.receiving import TokenUsed, receive
from complaints.actions.talking import MOST_FILES
from complaints.codes import LEAST_SEARCHED, typed_code
from complaints.forms.handling import (
    UNASSIGNED,
    AssignComplaintForm,
    CloseForm,
    PlanForm,
    QuestionForm,
    RegisterFilterForm,
    TakenComplaintForm,
    ToReporterForm,
)
from complaints.models import Complaint, ComplaintEvent
from complaints.models.complaints import ComplaintQuerySet
from complaints.page_seal import ShownComplaint, shown_complaint
from complaints.receipts import follow_panel
from complaints.staff import formerly_about, may_assign_now, no_head_may_assign
from complaints.views.papers import give_papers
from complaints.workflow import Move
from office.fields import answer_status
from office.refusals import Refused
from office.requests import StaffRequest
from office.seals import MovedOn
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
ACTS: dict[Move, Callable[..., Form]] = {
    Move.ANSWER: ToReporterForm,
    Move.ASK: QuestionForm,
    Move.PLAN: PlanForm,
    Move.CLOSE: CloseForm,
    Move.ASSIGN: AssignComplaintForm,
}
"""The form of each act with a complaint, in the order of the page."""

may_receive = permission_required("complaints.receive_complaint", raise_exception=True)
may_handle = permission_required("complaints.handle_complaint", raise_exception=True)


def _complaint_of(request: StaffRequest, key: UUID) -> Complaint:
    """Return the complaint. Raise Http404 when it does not exist or the user may not see it."""
    return get_object_or_404(Complaint.objects.visible_to(request.user).with_staff(), key=key)


@require_safe
@never_cache
@may_handle
def complaint_list(request: StaffRequest) -> HttpResponse:
    """Show the register: what the user may see, filtered, or found by a code."""
    filters, today = RegisterFilterForm(request.GET), timezone.localdate()
    shows, code = filters.wanted
    seen, assigns = Complaint.objects.visible_to(request.user), request.user.has_perm("complaints.assign_complaint")
    found = seen.coded(code) if code else _shown(seen, shows, request)
    page = Paginator(found.with_staff(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [_row(complaint, today) for complaint in page],
        "page": page,
        "shows": shows,
        "code": code,
        "is_too_short": bool(code) and len(typed_code(code)) < LEAST_SEARCHED,
        "choices": [pair for pair in filters.SHOWS if assigns or pair[0] != UNASSIGNED],
        "late": seen.overdue(today).count(),
        "unassigned": seen.unassigned().count() if assigns else 0,
    }
    return render(request, "complaints/complaint_list.html", context)


def _shown(seen: ComplaintQuerySet, shows: str, request: StaffRequest) -> ComplaintQuerySet:
    """Return the complaints of one filter of the register."""
    filters = {
        "terbuka": seen.open(),
        "saya": seen.open().filter(assigned_to=request.user),
        UNASSIGNED: seen.unassigned(),
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
def complaint_detail(request: StaffRequest, key: UUID) -> HttpResponse:
    """Show one complaint: what was written, its history, and the acts that are possible now."""
    return _detail(request, _complaint_of(request, key), opened={})


def _detail(request: StaffRequest, complaint: Complaint, *, opened: dict[str, Form], seal: str = "") -> HttpResponse:
    """Show the complaint. `opened` is the form that could not be sent, by its move; its answer is 422.

    `seal` is what an earlier page showed, as long as its reader was not told what has changed since.
    """
    context = _row(complaint, timezone.localdate()) | {
        "talk": complaint.messages.select_related("by"),
        "files": complaint.files.all(),
        "events": _history(request, complaint),
        "acts": _acts(request, complaint) | opened,
        "opened": {move.value: move.value in opened for move in ACTS},
        "is_about_head": no_head_may_assign(complaint),
        "shown": seal or shown_complaint(complaint).sealed(),
    }
    return render(request, "complaints/complaint_detail.html", context, status=422 if opened else 200)


def _history(request: StaffRequest, complaint: Complaint) -> QuerySet[ComplaintEvent]:
    """Return the events, latest first. Whom the complaint was about before is not shown to that person."""
    events = complaint.events.select_related("by").order_by("-at", "-pk")
    return events.exclude(move=Move.ABOUT) if request.user.pk in formerly_about(complaint) else events


def _acts(request: StaffRequest, complaint: Complaint) -> dict[str, Form]:
    """Return the form of each act that this user may do now, by its move."""
    return {move.value: _form_of(move, complaint) for move in _moves_of(request, complaint)}


def _moves_of(request: StaffRequest, complaint: Complaint) -> list[Move]:
    """Return the acts of this user, in the order of the page."""
    possible, is_mine = complaint.possible_moves, complaint.assigned_to_id == request.user.pk
    mine = {Move.ANSWER, Move.PLAN, Move.CLOSE}.intersection(possible) if is_mine else set()
    if is_mine and complaint.is_open:
        mine.add(Move.ASK)
    if Move.ASSIGN in possible and may_assign_now(complaint, request.user):
        mine.add(Move.ASSIGN)
    return [move for move in ACTS if move in mine]


def _form_of(move: Move, complaint: Complaint, typed: QueryDict | None = None) -> Form:
    """Return the form of an act; the ids of its fields begin with the move, because several forms share the page."""
    facts = {"complaint": complaint} if move == Move.ASSIGN else {}
    return ACTS[move](typed, auto_id=f"{move.value}_%s", **facts)


@require_POST
@may_handle
def assign_complaint(request: StaffRequest, key: UUID) -> HttpResponse:
    """Give the complaint to a person, with its class. Raise PermissionDenied for an officer not in the head's place."""
    complaint = _complaint_of(request, key)
    may = request.user.has_perm("complaints.assign_complaint") or may_assign_now(complaint, request.user)
    if not may:
        raise PermissionDenied
    return _act(request, complaint, Move.ASSIGN, handling.assign_complaint, "Pengaduan ditugaskan.")


@require_POST
@may_handle
def answer(request: StaffRequest, key: UUID) -> HttpResponse:
    """Send the reporter an answer."""
    return _act(request, _complaint_of(request, key), Move.ANSWER, handling.answer, "Tanggapan tersimpan.")


@require_POST
@may_handle
def ask_reporter(request: StaffRequest, key: UUID) -> HttpResponse:
    """Ask the reporter something."""
    return _act(request, _complaint_of(request, key), Move.ASK, handling.ask_reporter, "Pertanyaan tersimpan.")


@require_POST
@may_handle
def plan(request: StaffRequest, key: UUID) -> HttpResponse:
    """Tell the reporter what the office will do, and until when."""
    return _act(request, _complaint_of(request, key), Move.PLAN, handling.plan, "Rencana tindak lanjut tersimpan.")


@require_POST
@may_handle
def close_complaint(request: StaffRequest, key: UUID) -> HttpResponse:
    """End the complaint with its outcome."""
    return _act(request, _complaint_of(request, key), Move.CLOSE, handling.close_complaint, "Pengaduan selesai.")


def _act(
    request: StaffRequest, complaint: Complaint, move: Move, act: Callable[..., Complaint], said: str
) -> HttpResponse:
    """Do the act of a valid form, and lead to the page again; else show the page with this form open.

    When the complaint is not any more as the page showed it, the form says what has changed and keeps what was typed.
    """
    form, seal = _form_of(move, complaint, request.POST), request.POST.get("shown", "")
    shown = ShownComplaint.unsealed(seal)
    if form.is_valid():
        try:
            act(complaint, **form.cleaned_data, shown=shown, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            seal = "" if isinstance(refusal, MovedOn) else seal
        else:
            messages.success(request, said)
            return _after_act(request, complaint.key)
    current = _complaint_of(request, complaint.key)
    if isinstance(form, AssignComplaintForm) and not seal:
        form.take_over(shown_complaint(current).facts, shown=shown.facts)
    return _detail(request, current, opened={move.value: form}, seal=seal)


def _after_act(request: StaffRequest, key: UUID) -> HttpResponse:
    """Lead to the complaint, or to the register when this user may not see it any more."""
    if Complaint.objects.visible_to(request.user).filter(key=key).exists():
        return redirect("complaints:complaint_detail", key)
    return redirect("complaints:complaint_list")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@may_receive
def complaint_add(request: StaffRequest) -> HttpResponse:
    """Show and save the entry of a complaint that came by another way."""
    form = TakenComplaintForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            complaint = receive(**form.facts, reporter=form.reporter, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, TokenUsed):
                form.take_new_token()
        else:
            give_papers(request, complaint, form.cleaned_data["papers"], by=request.user)
            request.session[TAKEN] = complaint.pk
            return redirect("complaints:complaint_receipt")
    return render(request, "complaints/complaint_add.html", {"form": form}, status=answer_status(form))


@require_safe
@never_cache
@may_receive
def complaint_receipt(request: StaffRequest) -> HttpResponse:
    """Show the receipt with the code, once: only its reporter may open the conversation."""
    complaint = Complaint.objects.filter(pk=request.session.pop(TAKEN, 0), received_by=request.user).first()
    if complaint is None:
        return redirect("complaints:complaint_list")
    return render(request, "complaints/complaint_receipt.html", {"complaint": complaint, "follow": follow_panel()})


@require_safe
@never_cache
@may_handle
def complaint_file(request: StaffRequest, key: UUID, n: int) -> HttpResponse | FileResponse:
    """Download file `n` of a complaint, counted from 1, as it is kept."""
    complaint = _complaint_of(request, key)
    given = complaint.files.all()[n - 1 : n].first() if 0 < n <= MOST_FILES else None
    if given is None:
        raise Http404
    try:
        return as_it_came(given)
    except OriginalLost as lost:
        messages.error(request, str(lost))
        return redirect("complaints:complaint_detail", key)
