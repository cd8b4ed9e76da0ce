"""Copy answers from another submission of the same agency: choose one, show what would change, copy."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import closed_to_recording, may_record, submission_of
from recommendations.instruments.fingerprints import fingerprint
from recommendations.instruments.words import answer_lines
from recommendations.models import Submission
from recommendations.models.submissions import SubmissionQuerySet
from recommendations.recording.actions import copying
from recommendations.recording.actions.copying import OWN, Copied, copied, is_own
from recommendations.recording.actions.unlocking import item_name
from recommendations.recording.forms.recording import CopyForm
from recommendations.recording.views.recording import open_round

AT_MOST = 50
OWN_TITLE = "Judul, tahun, dan jadwal"


@may_record
def copy_answers(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the submissions to copy from, and what a copy of the chosen one (`?dari=`) would change. POST copies."""
    submission = submission_of(request, pk)
    if not submission.is_open_for_recording:
        return closed_to_recording(request, submission)
    sources = Submission.objects.visible_to(request.user).to_copy_for(submission)
    source = _source(sources, request.POST.get("dari") or request.GET.get("dari", ""))
    groups = _groups(submission, source) if source else []
    choices = [(group["key"], group["title"]) for group in groups]
    form = CopyForm(request.POST if source and request.method == "POST" else None, choices=choices)
    if source and form.is_bound and form.is_valid():
        return _copied(request, submission, source, **form.cleaned_data)
    context = {"submission": submission, "sources": sources[:AT_MOST], "source": source, "groups": groups, "form": form}
    return render(request, "recommendations/recording/answers_copy.html", context)


def _source(sources: SubmissionQuerySet, wanted: str) -> Submission | None:
    if not wanted:
        return None
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) <= 18):
        raise Http404
    return get_object_or_404(sources, pk=int(wanted))


def _copied(request: StaffRequest, submission: Submission, source: Submission, **facts: Any) -> HttpResponse:
    try:
        filled = copying.copy_answers(submission, source, **facts, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{len(filled)} isian disalin dari {source.register}. Periksa bersama pemohon.")
    return redirect("recommendations:record", submission.pk)


def _groups(submission: Submission, source: Submission) -> list[dict[str, Any]]:
    """Return what a copy would change, block by block; the last group has title, year and schedule."""
    instrument = submission.instrument
    old, new = open_round(submission).answers, source.rounds.latest("number").answers
    changes = {block: list(copied(block, new, old)) for block in instrument.blocks}
    groups = [
        _group(
            block.id,
            f"Blok {block.number}. {block.short}" if block.number else block.title,
            (one for one in found if not is_own(instrument, one.item)),
        )
        for block, found in changes.items()
    ]
    own = (one for found in changes.values() for one in found if is_own(instrument, one.item))
    return [group for group in [*groups, _group(OWN, OWN_TITLE, own)] if group["free"] or group["typed"]]


def _group(key: str, title: str, changes: Iterable[Copied]) -> dict[str, Any]:
    rows = [_row(one) for one in changes]
    return {
        "key": key,
        "title": title,
        "is_chosen": key != OWN,
        "free": [row for row in rows if not row["stands_in_way"]],
        "typed": [row for row in rows if row["stands_in_way"]],
    }


def _row(one: Copied) -> dict[str, Any]:
    return {
        "name": item_name(one.item),
        "old": answer_lines(one.item, one.old),
        "new": answer_lines(one.item, one.new),
        "stands_in_way": one.stands_in_way,
        "value": f"{one.item.id}:{fingerprint(one.item, one.old)}",
    }
