"""Show and save a form block by block, for the officer who records it."""

import re
import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from office.error_words import Words
from office.errors import error_page
from office.models import User
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import closed_to_recording, may_record, submission_of
from recommendations.instruments.completeness import progress
from recommendations.instruments.regions import NAMES
from recommendations.instruments.structure import Block, UnknownItem
from recommendations.models import Round, Submission
from recommendations.recording.actions.completing import what_is_missing
from recommendations.recording.actions.conflicts import ChangedMeanwhile, Conflict, Page
from recommendations.recording.actions.saving import save_answers
from recommendations.recording.forms.answers import SHOWN, AnswerForm, answer_form
from recommendations.recording.navigation import (
    block_states,
    first_open_block,
    lack_groups,
    rincian_numbered,
    told_findings,
)
from recommendations.recording.sheet import Look, lines_of
from recommendations.rulebook import Rulebook, rulebook_of
from recommendations.workflow import MoveNotAllowed

PAGE_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,32}")


def refused(problem: Exception, status: int) -> HttpResponse:
    """Return the message of `problem` as plain text, for record.js to show."""
    return HttpResponse(str(problem), status=status, content_type="text/plain; charset=utf-8")


def block_url(submission: Submission, block: Block, anchor: str = "") -> str:
    return reverse("recommendations:record_block", args=[submission.pk, block.id]) + (f"#{anchor}" if anchor else "")


@require_safe
@may_record
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """Redirect to the first block that is not complete, or to the rincian asked for (`?ke=5.10`)."""
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
def record_block(request: StaffRequest, pk: int, block_id: str) -> HttpResponse:
    """Show one block. POST saves the whole block, for a browser without script."""
    submission = submission_of(request, pk)
    try:
        block = submission.instrument.block(block_id)
    except UnknownItem as problem:
        raise Http404(str(problem)) from None
    if request.method == "POST":
        return _save_block(request, submission, block)
    if not submission.is_open_for_recording:
        return closed_to_recording(request, submission)
    context = page_context(submission, open_round(submission), block, by=request.user)
    return render(request, "recommendations/recording/record.html", context)


def _save_block(request: StaffRequest, submission: Submission, block: Block) -> HttpResponse:
    """Save what differs from what the page showed.

    Answers that another user changed meanwhile are not saved: show both versions, with status 409.
    """
    form = answer_form(block, {}, [], data=request.POST)
    try:
        _must_belong(block, request.POST)
        conflicts = _save_all_but_conflicts(request, submission, form)
    except UnknownItem:
        return error_page(request, 400)
    except MoveNotAllowed:
        return closed_to_recording(request, submission)
    except Refused as refusal:
        return error_page(request, 409, Words("Tidak tersimpan", (str(refusal), "Kembali ke halaman tadi.")))
    if conflicts:
        context = page_context(submission, open_round(submission), block, by=request.user, conflicts=conflicts)
        return render(request, "recommendations/recording/record.html", context, status=409)
    messages.success(request, "Blok ini tersimpan.")
    return redirect(block_url(submission, block))


def _save_all_but_conflicts(request: StaffRequest, submission: Submission, form: AnswerForm) -> list[Conflict]:
    typed = form.typed_anew()
    conflicts: dict[str, Conflict] = {}
    while True:
        rest = {item_id: raw for item_id, raw in typed.items() if item_id not in conflicts}
        try:
            save_answers(submission, rest, shown=form.shown(), page=page_of(request), by=request.user)
        except ChangedMeanwhile as problem:
            conflicts |= {conflict.item.id: conflict for conflict in problem.conflicts}
        else:
            return list(conflicts.values())


def page_of(request: StaffRequest) -> Page:
    """Return the page that posts, from its token and turn; an invalid token becomes "", an invalid turn 0."""
    token, turn = request.POST.get("page", ""), request.POST.get("turn", "")
    is_turn = turn.isascii() and turn.isdecimal() and len(turn) < 10
    return Page(token if PAGE_TOKEN.fullmatch(token) else "", int(turn) if is_turn else 0)


def _must_belong(block: Block, posted: Any) -> None:
    own = {item.id for item in block.items}
    for name in posted:
        if name.startswith(SHOWN) and name.removeprefix(SHOWN) not in own:
            raise UnknownItem(f"Isian tidak dikenal: {name.removeprefix(SHOWN)[:40]}")


def open_round(submission: Submission) -> Round:
    """Return the round being recorded. Raise Http404 when a colleague has declared it complete a moment ago."""
    return get_object_or_404(submission.rounds, recorded_at=None)


def navigation_context(submission: Submission, current: Round, book: Rulebook | None = None) -> dict[str, Any]:
    """Return what every page of the recording shows: blocks, progress, all that is missing or breaks a rule."""
    missing = what_is_missing(submission, current)
    found = [finding for finding in missing if submission.instrument.has_item(finding.item)]
    broken = (book or rulebook_of(current)).findings(submission.instrument, current.answers)
    wrong_count = sum(finding.is_error for finding in broken)
    return {
        "found": found,
        "broken": broken,
        "told": told_findings(submission.instrument, broken),
        "wrong_count": wrong_count,
        "doubt_count": len(broken) - wrong_count,
        "submission": submission,
        "current": current,
        "states": block_states(submission.instrument, current.answers, found),
        "progress": progress(submission.instrument, current.answers, found),
        "groups": lack_groups(submission.instrument, missing),
        "missing_count": len(missing),
        "attachment_count": submission.attachments.count(),
        "files_missing": any(not submission.instrument.has_item(finding.item) for finding in missing),
    }


def sheet_context(
    submission: Submission,
    current: Round,
    block: Block,
    *,
    tells_missing: bool = False,
    conflicts: Iterable[Conflict] = (),
    book: Rulebook | None = None,
) -> dict[str, Any]:
    """Return the lines and the form of one block, with the navigation of the recording."""
    instrument = submission.instrument
    previous = submission.rounds.recorded().defer("answers", "typed_by").last()
    book = book or rulebook_of(current)
    navigation = navigation_context(submission, current, book)
    look = _look(
        current, previous, found=navigation["broken"], region=book.facts.office_region, tells_missing=tells_missing
    )
    lines = lines_of(instrument, block, current.answers, look, navigation["found"])
    refused = {conflict.item.id: conflict for conflict in conflicts}
    return navigation | {
        "form_block": block,
        "look": look,
        "lines": lines,
        "form": answer_form(block, current.answers, lines, conflicts=refused),
        "block_before": instrument.block_before(block.id),
        "block_after": instrument.block_after(block.id),
        "previous": previous,
        "remark_count": len(look.remarks),
    }


def page_context(submission: Submission, current: Round, block: Block, *, by: User, **more: Any) -> dict[str, Any]:
    """Return the context of the whole page of one block.

    It adds to `sheet_context` the other recorders, whether answers can be copied, a page token, and the names of
    regions.
    """
    return sheet_context(submission, current, block, **more) | {
        "region_names": NAMES,
        "page_token": secrets.token_urlsafe(12),
        "others": current.recorders.beside(by, at=timezone.now()),
        "may_copy": current.number == 1 and Submission.objects.to_copy_for(submission).exists(),
    }


def _look(current: Round, previous: Round | None, **more: Any) -> Look:
    """Return the look of a sheet, with the remarks of the round before, the open items and the unlocks."""
    if previous is None:
        return Look(**more)
    remarks = {remark.item: remark for remark in previous.remarks.asking().select_related("by")}
    unlocks = {unlock.item: unlock for unlock in current.unlocks.select_related("by")}
    return Look(remarks, open_items=current.open_items, unlocks=unlocks, **more)
