"""Show any round of a submission: every answer in words, with the remarks on it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from office.requests import StaffRequest
from recommendations.access import may_view, submission_of
from recommendations.instruments.conditions import why_skipped
from recommendations.instruments.structure import Block, Item, Kind, Rincian
from recommendations.instruments.words import rincian_words
from recommendations.models import Remark, Round, Unlock


@require_safe
@may_view
def round_detail(request: StaffRequest, pk: int, n: int) -> HttpResponse:
    """Show round `n` of a submission line by line. Raise Http404 when there is no such round."""
    submission = submission_of(request, pk)
    shown = get_object_or_404(
        submission.rounds.select_related("recorded_by").prefetch_related("decisions__by"), number=n
    )
    remarks = {remark.item: remark for remark in shown.remarks.select_related("by")}
    unlocks = {unlock.item: unlock for unlock in shown.unlocks.select_related("by")}
    context = {
        "submission": submission,
        "round": shown,
        "remark_count": len(remarks),
        "numbers": submission.rounds.values_list("number", flat=True),
        "blocks": [_block(block, shown, remarks, unlocks) for block in submission.instrument.blocks],
    }
    return render(request, "recommendations/examination/round_detail.html", context)


def _block(block: Block, shown: Round, remarks: dict[str, Remark], unlocks: dict[str, Unlock]) -> dict[str, Any]:
    return {"block": block, "lines": [_line(rincian, shown, remarks, unlocks) for rincian in block.rincians]}


def _line(rincian: Rincian, shown: Round, remarks: dict[str, Remark], unlocks: dict[str, Unlock]) -> dict[str, Any]:
    table = next((item for item in rincian.items if item.kind is Kind.TABLE), None)
    words = rincian_words(rincian, shown.answers)
    instrument = shown.submission.instrument
    item_ids = {item.id for item in rincian.items}
    return {
        "rincian": rincian,
        "words": words,
        "why": "" if words else why_skipped(instrument, rincian.items[0], shown.answers),
        "columns": table.columns if table else (),
        "rows": _rows(table, shown.answers.get(table.id)) if table else [],
        "remarks": [remarks[item.id] for item in rincian.items if item.id in remarks],
        "decisions": [decision for decision in shown.decisions.all() if decision.item in item_ids],
        "unlocks": [unlocks[item.id] for item in rincian.items if item.id in unlocks],
    }


def _rows(table: Item, rows: object) -> list[list[str]]:
    readable = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [[str(row.get(column.id) or "") for column in table.columns] for row in readable]
