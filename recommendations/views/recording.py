"""Recording a form block by block: every answer is saved as it is typed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from recommendations.actions.recording import save_answers, what_is_missing
from recommendations.forms.answers import SHOWN, answer_form, drawn_part
from recommendations.instruments.regions import NAMES
from recommendations.instruments.structure import Block, UnknownItem
from recommendations.leaves import block_states, first_open_block, lack_groups, rincian_numbered
from recommendations.models import Round, Submission
from recommendations.sheet import Look, changed_lines, lines_of, part_of
from recommendations.workflow import MoveNotAllowed

NOT_OPEN = "Permohonan {register} berstatus {status}, jadi formulirnya tidak dapat direkam lagi."
may_record = permission_required("recommendations.record_submission", raise_exception=True)


def submission_of(request: HttpRequest, pk: int) -> Submission:
    return get_object_or_404(Submission.objects.visible_to(request.user).with_people(), pk=pk)


def closed_to_recording(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Back to the submission's page, which says where it stands."""
    messages.error(request, NOT_OPEN.format(register=submission.register, status=submission.get_status_display()))
    return redirect("recommendations:submission_detail", submission.pk)


def refused(problem: Exception, status: int) -> HttpResponse:
    """The reason in plain words, for record.js to show."""
    return HttpResponse(str(problem), status=status, content_type="text/plain; charset=utf-8")


def block_url(submission: Submission, block: Block, anchor: str = "") -> str:
    return reverse("recommendations:record_block", args=[submission.pk, block.id]) + (f"#{anchor}" if anchor else "")


@require_safe
@may_record
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """To the block where recording goes on, or to the rincian asked for (`?ke=5.10`)."""
    submission = submission_of(request, pk)
    if not submission.is_open_for_recording:
        return closed_to_recording(request, submission)
    wanted = request.GET.get("ke", "")
    found = rincian_numbered(submission.instrument, wanted)
    if found:
        return redirect(block_url(submission, found[0], found[1].id))
    if wanted:
        messages.error(
            request, f"Rincian {wanted[:20]} tidak ada pada {submission.instrument.code}. Tulis seperti 5.10."
        )
    return redirect(block_url(submission, first_open_block(submission.instrument, open_round(submission).answers)))


@may_record
def record_block(request: HttpRequest, pk: int, block_id: str) -> HttpResponse:
    """One block. POST saves the whole block, for a browser without script."""
    submission = submission_of(request, pk)
    try:
        block = submission.instrument.block(block_id)
    except UnknownItem as problem:
        raise Http404(str(problem)) from None
    if request.method == "POST":
        return _save_block(request, submission, block)
    if not submission.is_open_for_recording:
        return closed_to_recording(request, submission)
    return render(request, "recommendations/record.html", sheet_context(submission, open_round(submission), block))


def _save_block(request: HttpRequest, submission: Submission, block: Block) -> HttpResponse:
    """Save what differs from what the page showed."""
    try:
        _must_belong(submission, block, request.POST)
        typed = answer_form(submission.instrument, block, {}, [], data=request.POST).typed_anew()
        save_answers(submission, typed, by=request.user)
    except UnknownItem as problem:
        return refused(problem, 400)
    except MoveNotAllowed:
        return closed_to_recording(request, submission)
    messages.success(request, "Blok ini tersimpan.")
    return redirect(block_url(submission, block))


def _must_belong(submission: Submission, block: Block, posted: Any) -> None:
    own = {item.id for item in block.items}
    for name in posted:
        if name.startswith(SHOWN) and name.removeprefix(SHOWN) not in own:
            raise UnknownItem(f"Isian tidak dikenal: {name.removeprefix(SHOWN)[:40]}")


@require_POST
@may_record
def save_item(request: HttpRequest, pk: int, item_id: str) -> HttpResponse:
    """Save one answer as typed; answer with what changes on the screen, nothing of it the control itself."""
    submission = submission_of(request, pk)
    instrument = submission.instrument
    try:
        block = instrument.block_of(item_id)
        before = lines_of(instrument, block, _answers(submission))
        raw = answer_form(instrument, block, {}, [], data=request.POST).typed(item_id)
        current = save_answers(submission, {item_id: raw}, by=request.user)
    except UnknownItem as problem:
        return refused(problem, 400)
    except MoveNotAllowed as problem:
        return refused(problem, 409)
    context = sheet_context(submission, current, block)
    lines, parts = changed_lines(before, context["lines"], item_id)
    form = context["form"]
    saved = part_of(instrument, item_id, current.answers, context["look"])
    context |= {
        "saved": drawn_part(form, saved),
        "lines": [{"line": line, "parts": [drawn_part(form, part) for part in line.parts]} for line in lines],
        "parts": [drawn_part(form, part) for part in parts],
    }
    answer = render(request, "recommendations/_saved.html", context)
    answer["X-Saved"] = item_id  # the page of the sign-in is an answer too, but not this one
    if item_id in (instrument.title_item, instrument.variables_item, instrument.agency_item):
        answer["HX-Trigger"] = "similar-changed"
    return answer


def open_round(submission: Submission) -> Round:
    return submission.rounds.get(recorded_at=None)


def _answers(submission: Submission) -> dict[str, Any]:
    return submission.rounds.filter(recorded_at=None).values_list("answers", flat=True).first() or {}


def navigation_context(submission: Submission, current: Round) -> dict[str, Any]:
    """What stands beside every page of the recording: blocks, progress, all that is missing."""
    missing = what_is_missing(submission, current)
    return {
        "submission": submission,
        "current": current,
        "states": block_states(submission.instrument, current.answers),
        "progress": current.progress,
        "groups": lack_groups(submission.instrument, missing),
        "missing_count": len(missing),
        "attachment_count": submission.attachments.count(),
        "files_missing": any(not submission.instrument.has_item(finding.item) for finding in missing),
    }


def sheet_context(
    submission: Submission, current: Round, block: Block, *, tells_missing: bool = False
) -> dict[str, Any]:
    """Everything the page of one block shows."""
    instrument = submission.instrument
    previous = submission.rounds.recorded().last()
    remarks = {remark.item: remark for remark in previous.remarks.select_related("by")} if previous else {}
    look = Look(remarks, tells_missing)
    lines = lines_of(instrument, block, current.answers, look)
    return navigation_context(submission, current) | {
        "form_block": block,
        "look": look,
        "lines": lines,
        "form": answer_form(instrument, block, current.answers, lines),
        "block_before": instrument.block_before(block.id),
        "block_after": instrument.block_after(block.id),
        "previous": previous,
        "remark_count": len(remarks),
        "region_names": NAMES,
    }
