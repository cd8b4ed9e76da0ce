"""The list of awaited results and metadata, and the page of one submission where they are noted."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from office.requests import StaffRequest
from recommendations.access import may_send, may_view, submission_of
from recommendations.acts import act_by_form
from recommendations.models import ResultNote, Submission
from recommendations.results import actions
from recommendations.results.forms import ResultNoteForm
from recommendations.results.obligations import awaited, count_late, planned_release

A_PAGE = 25


@require_safe
@may_view
def result_list(request: StaffRequest) -> HttpResponse:
    """Show whose results and metadata are awaited; with `?petugas=saya` only the user's own submissions."""
    found, today = Submission.objects.visible_to(request.user), timezone.localdate()
    is_mine = request.GET.get("petugas") == "saya"
    rows = awaited(found.filter(officer=request.user) if is_mine else found, today=today)
    facts = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "late": count_late(rows),
        "unknown": len(rows) - count_late(rows),
        "is_mine": is_mine,
    }
    return render(request, "recommendations/results/result_list.html", facts)


@require_safe
@may_view
def result_notes(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what was noted of one submission's results, and the forms to note more."""
    return _page(request, submission_of(request, pk))


def _page(request: StaffRequest, submission: Submission, **sent: ResultNoteForm) -> HttpResponse:
    """Show the page; a form that was `sent` and refused keeps what was typed."""
    notes = list(submission.result_notes.select_related("by"))
    facts = {
        "submission": submission,
        "release": planned_release(submission),
        "item_number": submission.instrument.item(submission.instrument.release_item).number,
        "notes": notes,
        "is_received": any(note.kind == ResultNote.Kind.RECEIVED for note in notes),
        "asked_form": ResultNoteForm(auto_id="asked_%s"),
        "received_form": ResultNoteForm(auto_id="received_%s"),
        **sent,
    }
    return render(request, "recommendations/results/result_notes.html", facts)


@require_POST
@may_send
def note_asked(request: StaffRequest, pk: int) -> HttpResponse:
    """Save that the agency was asked for its results."""
    return _note(request, pk, "asked", actions.note_asked, "Dicatat: hasil dan metadata sudah diminta.")


@require_POST
@may_send
def note_received(request: StaffRequest, pk: int) -> HttpResponse:
    """Save that results and metadata were received."""
    return _note(request, pk, "received", actions.note_received, "Dicatat: hasil dan metadata sudah diterima.")


def _note(request: StaffRequest, pk: int, kind: str, act: Callable[..., ResultNote], said: str) -> HttpResponse:
    """Call `act` with a submission that the user may see and the fields of the form; show `said` or the refusal."""
    submission, form = submission_of(request, pk), ResultNoteForm(request.POST, auto_id=f"{kind}_%s")
    if not form.is_valid():
        return _page(request, submission, **{f"{kind}_form": form})
    act_by_form(request, submission, form, act, said)
    return redirect("recommendations:result_notes", pk)
