"""Show two rounds of a submission side by side. The later one may be the round that is being recorded."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from office.requests import StaffRequest
from recommendations.access import may_view, submission_of
from recommendations.examination.two_rounds import ComparedBlock, changed_only, compared_blocks
from recommendations.models import Round


@require_safe
@may_view
def round_compare(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the rounds of `?dari=1&ke=3`, else the last two; `?semua=1` shows unchanged lines too.

    Raise Http404 when there is no such round.
    """
    submission = submission_of(request, pk)
    rounds = list(submission.rounds.select_related("recorded_by").prefetch_related("remarks__by", "unlocks__by"))
    old, new = _chosen(rounds, request.GET.get("dari", ""), request.GET.get("ke", ""))
    blocks = compared_blocks(submission.instrument, old.answers, new.answers)
    changed = changed_only(blocks)
    shows_all = bool(request.GET.get("semua"))
    context = {
        "submission": submission,
        "rounds": rounds,
        "old": old,
        "new": new,
        "shows_all": shows_all,
        "changed_count": sum(len(block.lines) for block in changed),
        "blocks": [_with_talk(block, old, new, rounds) for block in (blocks if shows_all else changed)],
    }
    return render(request, "recommendations/examination/round_compare.html", context)


def _chosen(rounds: list[Round], old: str, new: str) -> tuple[Round, Round]:
    last = rounds[-1].number
    later = _numbered(rounds, new or str(last))
    return _numbered(rounds, old or str(max(later.number - 1, 1))), later


def _numbered(rounds: list[Round], wanted: str) -> Round:
    found = next((one for one in rounds if str(one.number) == wanted), None)
    if found is None:
        raise Http404("Putaran itu tidak ada.")
    return found


def _with_talk(block: ComparedBlock, old: Round, new: Round, rounds: Iterable[Round]) -> dict[str, Any]:
    """Return a block's lines with the remarks and unlocks on them between the two rounds.

    Remarks count from the old round up to the one before the new; unlocks from the one after the old up to the new.
    """
    asked = [remark for one in rounds if old.number <= one.number < new.number for remark in one.remarks.all()]
    opened = [unlock for one in rounds if old.number < one.number <= new.number for unlock in one.unlocks.all()]
    lines = [
        {
            "line": line,
            "remarks": [remark for remark in asked if remark.item in {item.id for item in line.rincian.items}],
            "unlocks": [unlock for unlock in opened if unlock.item in {item.id for item in line.rincian.items}],
        }
        for line in block.lines
    ]
    return {"block": block.block, "lines": lines}
