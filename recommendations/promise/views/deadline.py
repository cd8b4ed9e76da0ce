"""Explain a promise on one page, move its due date, and change the calendar, which moves many due dates."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from office.fields import first_error
from office.models import CalendarChange, CalendarYear, DayOff, Office
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_change_calendar, may_move_due_date, may_view, submission_of
from recommendations.models import Round, Submission
from recommendations.promise.actions import moving
from recommendations.promise.actions.lateness import is_past_due
from recommendations.promise.actions.moving import PromiseNotRunning
from recommendations.promise.due_meter import dates_of, meter, told
from recommendations.promise.explanation import DayOffFact, explain, law_number
from recommendations.promise.forms.lateness import LateReasonForm
from recommendations.promise.forms.moving import CalendarChangeForm, DueDateForm, NewDayForm, NewDays
from recommendations.promise.shifts import CalendarDraft, Shift, preview, preview_mark

SALT = "recommendations.calendar"
PROPOSED_FOR = 60 * 60
"""Seconds after its preview within which a change of the calendar can be confirmed."""


@require_safe
@may_view
def deadline(request: StaffRequest, pk: int) -> HttpResponse:
    """Show why the result is due on that day, day by day, for the latest recorded round; `?putaran=1` for another.

    Redirect to the submission's page when no round was recorded complete yet.
    """
    submission = submission_of(request, pk)
    rounds = list(submission.rounds.recorded().defer("answers").select_related("recorded_by"))
    if not rounds:
        messages.error(request, "Janji mulai dihitung setelah formulir dinyatakan terekam lengkap.")
        return redirect("recommendations:submission_detail", pk)
    wanted = request.GET.get("putaran", "")
    shown = next((one for one in rounds if str(one.number) == wanted), rounds[-1])
    return render(request, "recommendations/promise/deadline.html", _explained(submission, shown, rounds))


def _explained(submission: Submission, shown: Round, rounds: list[Round]) -> dict[str, Any]:
    today, office = timezone.localdate(), Office.objects.current()
    clock, days_off = dates_of(shown), DayOff.objects.names().keys()
    rows = DayOff.objects.filter(day__range=(clock.started_on, clock.due_on))
    facts = {row.day: DayOffFact(row.name, row.kind, row.get_kind_display(), row.source) for row in rows}
    due = told(clock, clock.told_on, days_off=days_off) if clock.told_on else None
    is_last = shown == rounds[-1]
    return {
        "submission": submission,
        "round": shown,
        "numbers": [one.number for one in rounds],
        "due": due or meter(submission.status, clock, today=today, total=office.promise_days, days_off=days_off),
        "explained": explain(clock.started_on, clock.due_on, facts, today=today),
        "days_in_words": law_number(clock.days),
        "changes": shown.due_changes.select_related("by", "calendar_change"),
        "version": CalendarChange.objects.order_by("pk").last(),
        "is_running": is_last and not (shown.told_at or shown.stopped_at),
        "today": today,
        "form": DueDateForm(initial={"shown_due_on": shown.due_on}),
        "late_form": _late_form(shown) if is_last else None,
    }


def _late_form(shown: Round) -> LateReasonForm | None:
    return LateReasonForm(initial={"late_reason": shown.late_reason}) if is_past_due(shown) else None


@require_POST
@may_move_due_date
def move_due_date(request: StaffRequest, pk: int) -> HttpResponse:
    """Save another due date for the latest recorded round, with the reason, and redirect to the deadline page."""
    submission = submission_of(request, pk)
    form = DueDateForm(request.POST)
    running = submission.rounds.recorded().last()
    if not form.is_valid() or running is None:
        messages.error(request, str(PromiseNotRunning()) if form.is_valid() else first_error(form))
        return redirect("recommendations:deadline", pk)
    try:
        change = moving.move_due_date(running, **form.cleaned_data, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Jatuh tempo dipindah dari {change}.")
    return redirect("recommendations:deadline", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change_calendar
def calendar_change(request: StaffRequest, year: int) -> HttpResponse:
    """Show the form for a decree. POST shows what the change would move, and saves nothing yet."""
    days = list(DayOff.objects.filter(day__year=year))
    found = CalendarYear.objects.filter(year=year, is_decreed=True).exists()
    form = CalendarChangeForm(
        request.POST or None, request.FILES or None, year=year, days=days, initial={"is_decreed": found}
    )
    rows = NewDays(request.POST or None, prefix="baru")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        draft = form.draft(_new_days(rows))
        return _preview(request, year, draft, form.cleaned_data["cause"])
    context = {"year": year, "form": form, "rows": rows, "days": days}
    return render(request, "recommendations/promise/calendar_change.html", context)


def _new_days(rows: "BaseFormSet[NewDayForm]") -> list[DayOff]:
    typed = (row.cleaned_data for row in rows if row.cleaned_data.get("day"))
    return [DayOff(day=row["day"], name=row["name"], kind=row["kind"]) for row in typed]


def _preview(request: StaffRequest, year: int, draft: CalendarDraft, cause: str) -> HttpResponse:
    shifts = preview(draft)
    moving = [shift for shift in shifts if shift.moves]
    known = {day.day: day for day in DayOff.objects.filter(day__in=draft.removed)}
    context = {
        "year": year,
        "cause": cause,
        "draft": draft,
        "removed": [known[day] for day in draft.removed if day in known],
        "shifts": moving,
        "moved_count": sum(shift.count for shift in moving),
        "later_count": sum(shift.count for shift in moving if shift.is_later),
        "settled_count": sum(shift.count for shift in shifts if shift.was_provisional and not shift.is_provisional),
        "proposal": signing.dumps(_proposal(draft, cause, shifts), salt=SALT),
        "is_empty": not (draft.entered or draft.removed or draft.decreed_years),
    }
    return render(request, "recommendations/promise/calendar_preview.html", context)


def _proposal(draft: CalendarDraft, cause: str, shifts: list[Shift]) -> dict[str, Any]:
    """Return what the officer confirms: the change, and the `preview_mark` of what the preview showed."""
    return {
        "entered": [[one.day.isoformat(), one.name, one.kind, one.source] for one in draft.entered],
        "removed": [day.isoformat() for day in draft.removed],
        "decreed_years": list(draft.decreed_years),
        "cause": cause,
        "shown": preview_mark(shifts),
    }


@require_POST
@may_change_calendar
def calendar_apply(request: StaffRequest, year: int) -> HttpResponse:
    """Save the previewed change of the calendar. Show a new preview when its effect has changed meanwhile."""
    try:
        proposal = signing.loads(request.POST.get("proposal", ""), salt=SALT, max_age=PROPOSED_FOR)
    except signing.BadSignature:
        messages.error(request, "Pratinjau ini sudah tidak berlaku. Buat pratinjau yang baru.")
        return redirect("recommendations:calendar_change", year)
    draft = _draft_of(proposal)
    confirmed = {"cause": proposal["cause"], "shown": proposal["shown"]}
    try:
        change, moved = moving.change_calendar(draft, **confirmed, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _preview(request, year, draft, proposal["cause"])
    messages.success(request, f"Kalender versi {change.pk} berlaku. {moved} jatuh tempo berpindah.")
    return redirect("office:calendar_year", year)


def _draft_of(proposal: dict[str, Any]) -> CalendarDraft:
    return CalendarDraft(
        entered=tuple(
            DayOff(day=date.fromisoformat(day), name=name, kind=kind, source=source)
            for day, name, kind, source in proposal["entered"]
        ),
        removed=tuple(map(date.fromisoformat, proposal["removed"])),
        decreed_years=tuple(proposal["decreed_years"]),
    )
