"""Save each answer while the officer types, and show what other officers changed meanwhile."""

import json
from collections.abc import Collection
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_record, submission_of
from recommendations.instruments.fingerprints import fingerprint
from recommendations.instruments.open_items import with_dependents
from recommendations.instruments.structure import Block, Item, Kind, UnknownItem
from recommendations.instruments.values import as_typed
from recommendations.models import Round, Submission
from recommendations.recording.actions.conflicts import ChangedMeanwhile, Conflict
from recommendations.recording.actions.recorders import note_recorder
from recommendations.recording.actions.saving import save_answers
from recommendations.recording.forms.answers import AnswerForm, answer_form, drawn_part
from recommendations.recording.sheet import Line, Look, Part, changed_lines, changed_notices, lines_of
from recommendations.recording.views.recording import open_round, page_of, refused, sheet_context
from recommendations.rulebook import rulebook_of


@require_POST
@may_record
def save_item(request: StaffRequest, pk: int, item_id: str) -> HttpResponse:
    """Save one answer as typed. Answer with what changes on the page, but not with the control of the saved item."""
    submission = submission_of(request, pk)
    try:
        block = submission.instrument.block_of(item_id)
        posted = answer_form(block, {}, [], data=request.POST)
        before, typed = _answers(submission), {item_id: posted.typed(item_id)}
        current = save_answers(submission, typed, shown=posted.shown(), page=page_of(request), by=request.user)
    except UnknownItem as problem:
        return refused(problem, 400)
    except ChangedMeanwhile as problem:
        return _both_versions(request, problem.conflicts[0])
    except Refused as refusal:
        return refused(refusal, 409)
    book = rulebook_of(current)
    context = sheet_context(submission, current, block, book=book)
    look = Look(found=book.findings(submission.instrument, before), region=book.facts.office_region)
    context |= _drawn(context, lines_of(submission.instrument, block, before, look), posted, item_id)
    answer = render(request, "recommendations/recording/_saved.html", context)
    return _with_headers(answer, submission.instrument.item(item_id), current)


def _answers(submission: Submission) -> dict[str, Any]:
    return submission.rounds.filter(recorded_at=None).values_list("answers", flat=True).first() or {}


def _both_versions(request: StaffRequest, conflict: Conflict) -> HttpResponse:
    """Return both versions of a conflict with status 409, for record.js to show at the item."""
    answer = render(request, "recommendations/recording/_conflict.html", {"conflict": conflict}, status=409)
    answer["X-Conflict"] = conflict.item.id
    return answer


def _with_headers(answer: HttpResponse, item: Item, current: Round) -> HttpResponse:
    """Add the headers that record.js reads: the saved item, its fingerprint, and its dates as the page shows them."""
    value = current.answers.get(item.id)
    answer["X-Saved"] = item.id  # without it record.js knows that the response is another page, e.g. the sign-in
    answer["X-Fingerprint"] = fingerprint(item, value)
    if item.kind in (Kind.DATE, Kind.DATERANGE):
        answer["X-Shown"] = json.dumps(_named(item, as_typed(item, value)))
    instrument = current.submission.instrument
    if item.id in (instrument.title_item, instrument.variables_item, instrument.agency_item):
        answer["HX-Trigger"] = "similar-changed"
    return answer


def _named(item: Item, shown: Any) -> dict[str, str]:
    """Return the input names and texts of a date: {"jadwal_lapangan-awal": "01/03/2027"}; {} for another value."""
    if isinstance(shown, dict):
        return {f"{item.id}-{end}": words for end, words in shown.items()}
    return {item.id: shown} if isinstance(shown, str) else {}


def _drawn(context: dict[str, Any], before: list[Line], posted: AnswerForm, saved: str) -> dict[str, Any]:
    """Return what the page redraws: lines and items that opened or closed, and those that another user changed."""
    form, after = context["form"], context["lines"]
    lines, parts = changed_lines(before, after, saved)
    others = _changed_by_others(context["current"], context["form_block"], posted, saved)
    lines += [line for line in _lines_with(after, others) if line not in lines and not _holds(line, saved)]
    parts += [part for part in _parts_beside(after, others, saved) if part not in parts]
    return {
        "saved": drawn_part(form, next(part for line in after for part in line.parts if part.item.id == saved)),
        "lines": _drawn_lines(form, lines),
        "parts": [drawn_part(form, part) for part in parts],
        "noticed": [drawn_part(form, part) for part in changed_notices(before, after, saved)],
    }


def _changed_by_others(current: Round, block: Block, posted: AnswerForm, saved: str = "") -> frozenset[str]:
    """Return the items whose stored answer differs from what the page shows, and the items that depend on them."""
    shown = {item_id: print_ for item_id, print_ in posted.shown().items() if item_id != saved}
    items = (item for item in block.items if item.id in shown)
    changed = [item.id for item in items if fingerprint(item, current.answers.get(item.id)) != shown[item.id]]
    return with_dependents(current.submission.instrument, current.answers, changed) if changed else frozenset()


def _lines_with(lines: list[Line], items: Collection[str]) -> list[Line]:
    return [line for line in lines if any(part.item.id in items for part in line.parts)]


def _holds(line: Line, item_id: str) -> bool:
    return any(part.item.id == item_id for part in line.parts)


def _parts_beside(lines: list[Line], items: Collection[str], saved: str) -> list[Part]:
    """Return the items in `items` on the line of the saved item, without the saved item; [] on a skipped line."""
    own = next(line for line in lines if _holds(line, saved))
    return [] if own.is_skipped else [part for part in own.parts if part.item.id in items and part.item.id != saved]


def _drawn_lines(form: AnswerForm, lines: list[Line]) -> list[dict[str, Any]]:
    return [{"line": line, "parts": [drawn_part(form, part) for part in line.parts]} for line in lines]


@require_POST
@may_record
def keep_recording(request: StaffRequest, pk: int, block_id: str) -> HttpResponse:
    """Note that this recording page is open. Answer with the other recorders, and the lines that they changed.

    Answer 204 when the form can no longer be recorded, 404 when there is no such block.
    """
    submission = submission_of(request, pk)
    try:
        block = submission.instrument.block(block_id)
    except UnknownItem as problem:
        return refused(problem, 404)
    if not submission.is_open_for_recording:
        return HttpResponse(status=204)
    current = open_round(submission)
    current.submission = submission
    note_recorder(current, by=request.user)
    posted = answer_form(block, {}, [], data=request.POST)
    changed = _changed_by_others(current, block, posted)
    context: dict[str, Any] = {"others": current.recorders.beside(request.user, at=timezone.now()), "lines": []}
    if changed:
        context |= sheet_context(submission, current, block)
        context["lines"] = _drawn_lines(context["form"], _lines_with(context["lines"], changed))
    return render(request, "recommendations/recording/_kept.html", context | {"submission": submission})
