"""Download the empty form or a round as a workbook, and import a filled file."""

from functools import cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from office.content_types import XLSX
from office.downloads import file_answer
from office.fields import first_error
from office.refusals import Refused
from office.requests import StaffRequest
from office.texts import with_full_stop
from recommendations.access import closed_to_recording, may_record, submission_of
from recommendations.instruments import INSTRUMENTS
from recommendations.models import Submission
from recommendations.recording.actions.importing import import_answers
from recommendations.recording.file_review import Incoming, compare_with_record, fingerprints
from recommendations.recording.forms.importing import ImportForm, ReviewForm, carried
from recommendations.recording.views.recording import open_round
from recommendations.workbook.reading import WorkbookReading
from recommendations.workbook.writing import write_workbook
from recommendations.workflow import MoveNotAllowed


@login_not_required
@require_safe
def form_template(request: HttpRequest, form: str) -> HttpResponse:
    """Download the empty workbook of a form, for an agency to fill. Raise Http404 when there is no such form."""
    code = next((one.code for one in INSTRUMENTS.values() if one.slug == form), None)
    if code is None:
        raise Http404("Formulir ini tidak ada.")
    return file_answer(_empty_workbook(code), name=f"Templat {code}.xlsx", content_type=XLSX)


@cache
def _empty_workbook(code: str) -> bytes:
    """Return the empty workbook of a form, written once per process: everybody may ask for it."""
    return write_workbook(INSTRUMENTS[code], {}, about="Templat kosong.")


@require_safe
@may_record
@never_cache
def form_export(request: StaffRequest, pk: int, n: int) -> HttpResponse:
    """Download round `n` as a filled workbook."""
    submission = submission_of(request, pk)
    shown = get_object_or_404(submission.rounds, number=n)
    about = with_full_stop(f"Permohonan {submission.register}, putaran {n}, {submission.applicant.agency}")
    content = write_workbook(submission.instrument, shown.answers, about=about)
    return file_answer(content, name=f"{export_name(submission)} putaran {n}.xlsx", content_type=XLSX)


def export_name(submission: Submission) -> str:
    """Return form and register number for a file name: "FS3 061-2026"."""
    return f"{submission.instrument_code} {submission.register.replace('/', '-')}"


@may_record
@never_cache
def form_import(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the form for a file. POST shows its answers beside the recorded ones, and saves nothing yet."""
    submission = submission_of(request, pk)
    if not submission.is_open_for_recording:
        return closed_to_recording(request, submission)
    form = ImportForm(request.POST or None, request.FILES or None, submission=submission)
    context = {"submission": submission, "form": form, "reading": None}
    if request.method == "POST" and form.is_valid() and form.reading is not None:
        try:
            context |= _review(request, submission, form.reading)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "recommendations/recording/form_import.html", context)


def _review(request: StaffRequest, submission: Submission, reading: WorkbookReading) -> dict[str, Any]:
    current = open_round(submission)
    answers, found = (
        current.answers,
        compare_with_record(submission.instrument, current.answers, reading.values, current.open_items),
    )
    seen = fingerprints(submission.instrument, answers)
    data = carried(reading, seen, submission=submission, by=request.user, found=found)
    return {
        "reading": reading,
        "content": data["content"],
        "groups": [_group(state, found) for state in GROUPS if any(one.state == state for one in found)],
        "same": [one for one in found if one.state == "same"],
        "problems": [
            {"label": _label(submission, problem.item_id), "problem": problem} for problem in reading.not_understood
        ],
    }


GROUPS = {
    "new": ("Belum terekam", "Dicentang: akan disimpan."),
    "other": ("Berbeda dengan yang terekam", "Tidak dicentang: yang terekam tetap, kecuali Anda mencentangnya."),
    "locked": (
        "Terkunci pada putaran ini",
        "Tidak diimpor. Buka isiannya dengan alasan saat merekam, lalu impor lagi.",
    ),
}


def _group(state: str, found: list[Incoming]) -> dict[str, Any]:
    title, meaning = GROUPS[state]
    return {
        "state": state,
        "ticked": state == "new",
        "is_locked": state == "locked",
        "title": title,
        "meaning": meaning,
        "incoming": [one for one in found if one.state == state],
    }


def _label(submission: Submission, item_id: str) -> str:
    item = submission.instrument.item(item_id)
    return item.label if item.on_cover else f"{item.reference} {item.label}"


@require_POST
@may_record
def form_import_save(request: StaffRequest, pk: int) -> HttpResponse:
    """Save the ticked items, without those that another user changed after the review."""
    submission = submission_of(request, pk)
    form = ReviewForm(request.POST, submission=submission, by=request.user)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("recommendations:form_import", pk)
    seen = form.cleaned_data["content"]["seen"]
    try:
        imported = import_answers(submission, form.chosen(), seen=seen, by=request.user)
    except MoveNotAllowed:
        return closed_to_recording(request, submission)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("recommendations:form_import", pk)
    _tell(request, submission, imported.saved, imported.left)
    return redirect("recommendations:record", pk)


def _tell(request: StaffRequest, submission: Submission, saved: list[str], left: list[str]) -> None:
    if saved:
        messages.success(request, f"{len(saved)} isian tersimpan dari berkas.")
    if left:
        names = ", ".join(_label(submission, item_id) for item_id in left[:5])
        messages.warning(request, f"Berubah sesudah ditinjau, tidak ditimpa: {names}. Impor lagi untuk membandingkan.")
