"""The pages with the record in the order and codes of Romantik, for the officer to copy."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from office.content_types import XLSX
from office.downloads import file_answer
from office.requests import StaffRequest
from office.texts import with_full_stop
from recommendations.access import may_record, submission_of
from recommendations.instruments.form_writing import as_json
from recommendations.models import Submission
from recommendations.recording.views.form_files import export_name
from recommendations.romantik.actions import note_romantik
from recommendations.romantik.forms import RomantikForm
from recommendations.romantik.rows import RomantikBlock, RomantikFacts, romantik_blocks
from recommendations.romantik.sheet import romantik_document, romantik_workbook


@may_record
@never_cache
def romantik_form(request: StaffRequest, pk: int) -> HttpResponse:
    """Show each answer with a button to copy it. Save the answers to questions that the paper form does not ask."""
    submission = submission_of(request, pk)
    form = RomantikForm(request.POST or None, submission=submission)
    if request.method == "POST" and form.is_valid():
        note_romantik(submission, extras=form.extras(), reference=form.cleaned_data["reference"], by=request.user)
        messages.success(request, "Catatan untuk Romantik tersimpan.")
        return redirect("recommendations:romantik_form", pk)
    blocks = _blocks(submission)
    rows = [row for block in blocks for row in block.rows]
    context = {
        "submission": submission,
        "form": form,
        "blocks": [_drawn(block, form) for block in blocks],
        "ready_count": sum(row.state == "ready" for row in rows),
        "decide_count": sum(row.state == "decide" for row in rows),
    }
    return render(request, "recommendations/romantik/romantik_form.html", context)


def _blocks(submission: Submission) -> list[RomantikBlock]:
    """Return the blocks with the answers of the last round, frozen or open."""
    letter = submission.letter
    files = [f"{file.label}: {file.name}" for file in submission.attachments.select_related("submission")]
    facts = RomantikFacts(letter.identity_number if letter else "", files)
    answers = submission.rounds.latest("number").answers
    return romantik_blocks(submission.instrument, answers, submission.romantik_extras, facts)


def _drawn(block: RomantikBlock, form: RomantikForm) -> dict[str, Any]:
    """Return a block with its rows. A question that the paper form does not ask has its field."""
    rows = [{"row": row, "field": form[row.item.id] if row.state == "beside" else None} for row in block.rows]
    return {"block": block.block, "rows": rows}


@require_safe
@may_record
@never_cache
def romantik_json(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the answers as JSON for a program."""
    submission = submission_of(request, pk)
    about = {"submission": submission.register, "reference": submission.romantik_reference}
    content = as_json(romantik_document(_blocks(submission), **about))
    return file_answer(
        content, name=f"Romantik {export_name(submission)}.json", content_type="application/json; charset=utf-8"
    )


@require_safe
@may_record
@never_cache
def romantik_xlsx(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the answers as an XLSX workbook."""
    submission = submission_of(request, pk)
    about = with_full_stop(f"{submission.instrument_code} {submission.register}, {submission.applicant.agency}")
    content = romantik_workbook(_blocks(submission), about=about)
    return file_answer(content, name=f"Romantik {export_name(submission)}.xlsx", content_type=XLSX)
