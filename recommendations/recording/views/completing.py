"""Declare a form "terekam lengkap", and show the receipt for the applicant."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import closed_to_recording, may_record, may_view, submission_of
from recommendations.instruments.findings import Finding
from recommendations.links import link_panel
from recommendations.models import FindingDecision, Submission
from recommendations.recording.actions import completing
from recommendations.recording.actions.completing import NotComplete
from recommendations.recording.actions.deciding import NO_REASONS, FindingsUndecided, what_is_wrong
from recommendations.recording.forms.deciding import DecisionForm
from recommendations.recording.navigation import first_open_block, told_findings
from recommendations.recording.views.recording import open_round, page_context


@require_POST
@may_record
def record_complete(request: StaffRequest, pk: int) -> HttpResponse:
    """Declare the form "terekam lengkap". When something is missing or undecided, show what."""
    return _declare(request, submission_of(request, pk), NO_REASONS)


@may_record
def finding_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the errors that rules find. POST saves a reason for each, and declares the form "terekam lengkap"."""
    submission = submission_of(request, pk)
    if not submission.is_open_for_recording:
        return closed_to_recording(request, submission)
    current = open_round(submission)
    wrong = what_is_wrong(current)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, findings=wrong, decided=_decided_before(submission)
    )
    if form.is_bound and form.is_valid():
        return _declare(request, submission, form.reasons)
    missing_count = len(completing.what_is_missing(submission, current))
    told = zip(told_findings(submission.instrument, wrong), form, strict=True)
    context = {"submission": submission, "current": current, "told": list(told), "missing_count": missing_count}
    status = 422 if form.errors else 200
    return render(request, "recommendations/recording/finding_decide.html", context | {"form": form}, status=status)


def _decided_before(submission: Submission) -> list[FindingDecision]:
    """Return the decisions of the last recorded round: the form offers their reasons again."""
    previous = submission.rounds.recorded().defer("answers").last()
    return list(previous.decisions.all()) if previous else []


def _declare(request: StaffRequest, submission: Submission, reasons: Mapping[Finding, str]) -> HttpResponse:
    try:
        current = completing.record_complete(submission, reasons=reasons, by=request.user)
    except NotComplete as problem:
        messages.error(request, str(problem))
        return _what_lacks(request, submission)
    except FindingsUndecided as problem:
        messages.error(request, str(problem))
        return redirect("recommendations:finding_decide", submission.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("recommendations:submission_detail", submission.pk)
    messages.success(request, f"Permohonan {submission.register} terekam lengkap, putaran {current.number}.")
    return redirect("recommendations:receipt", submission.pk)


def _what_lacks(request: StaffRequest, submission: Submission) -> HttpResponse:
    current = open_round(submission)
    block = first_open_block(submission.instrument, current.answers)
    context = page_context(submission, current, block, by=request.user, tells_missing=True)
    return render(request, "recommendations/recording/record.html", context, status=422)


@require_safe
@may_view
def receipt(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the receipt of the last recorded round, with the due date, to print for the applicant.

    Redirect to the submission when no round was recorded complete yet.
    """
    submission = submission_of(request, pk)
    recorded = submission.rounds.recorded().defer("answers").select_related("recorded_by").last()
    if recorded is None:
        messages.error(request, "Tanda terima ada setelah formulir dinyatakan terekam lengkap.")
        return redirect("recommendations:submission_detail", pk)
    context = {"submission": submission, "recorded": recorded, "link": link_panel(submission)}
    return render(request, "recommendations/recording/receipt.html", context)
