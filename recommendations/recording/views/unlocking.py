"""Unlock one more item of a returned form, with the reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import closed_to_recording, may_record, submission_of
from recommendations.models import Round, Submission
from recommendations.recording.actions import unlocking
from recommendations.recording.forms.recording import UnlockForm
from recommendations.recording.views.recording import block_url, open_round


@may_record
def unlock_item(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the form for the item to unlock (`?isian=`) and the reason. POST unlocks it and redirects to it."""
    submission = submission_of(request, pk)
    if not submission.is_open_for_recording:
        return closed_to_recording(request, submission)
    choices = _locked(submission, open_round(submission))
    if not choices:
        messages.error(request, "Semua isian sudah terbuka.")
        return redirect("recommendations:record", pk)
    initial = {"item": request.GET.get("isian", "").replace("\0", "")}
    form = UnlockForm(request.POST or None, choices=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _unlocked(request, submission, **form.cleaned_data)
    return render(request, "recommendations/recording/item_unlock.html", {"submission": submission, "form": form})


def _locked(submission: Submission, current: Round) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the locked items, grouped by block, as choices of a select."""
    opened = current.open_items
    groups = [
        (
            f"Blok {block.number}. {block.short}" if block.number else block.title,
            [(item.id, unlocking.item_name(item)) for item in block.items if item.id not in opened],
        )
        for block in submission.instrument.blocks
    ]
    return [(title, items) for title, items in groups if items]


def _unlocked(request: StaffRequest, submission: Submission, **facts: Any) -> HttpResponse:
    item = submission.instrument.item(facts["item"])
    try:
        unlocking.unlock_item(submission, item_id=item.id, reason=facts["reason"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("recommendations:submission_detail", submission.pk)
    messages.success(request, f"{unlocking.item_name(item)} dibuka. Rekam isian yang baru.")
    return redirect(block_url(submission, submission.instrument.block_of(item.id), f"i-{item.id}"))
