"""Declaring a form "terekam lengkap", and the receipt that the applicant takes home."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from recommendations.actions import recording
from recommendations.actions.recording import NotComplete
from recommendations.leaves import first_open_block
from recommendations.models import Submission
from recommendations.views.recording import may_record, open_round, page_context, submission_of
from recommendations.workflow import MoveNotAllowed


@require_POST
@may_record
def record_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare "terekam lengkap"; when something is missing, stay and say what."""
    submission = submission_of(request, pk)
    try:
        current = recording.record_complete(submission, by=request.user)
    except NotComplete as problem:
        messages.error(request, str(problem))
        return _what_lacks(request, submission)
    except MoveNotAllowed as problem:
        messages.error(request, str(problem))
        return redirect("recommendations:submission_detail", pk)
    messages.success(request, f"Permohonan {submission.register} terekam lengkap, putaran {current.number}.")
    return redirect("recommendations:receipt", pk)


def _what_lacks(request: HttpRequest, submission: Submission) -> HttpResponse:
    current = open_round(submission)
    block = first_open_block(submission.instrument, current.answers)
    context = page_context(submission, current, block, by=request.user, tells_missing=True)
    return render(request, "recommendations/record.html", context, status=422)


@require_safe
@permission_required("recommendations.view_submission", raise_exception=True)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper for the applicant: recorded complete, and the day of the promise."""
    submission = submission_of(request, pk)
    recorded = submission.rounds.recorded().defer("answers").select_related("recorded_by").last()
    if recorded is None:
        messages.error(request, "Tanda terima ada setelah formulir dinyatakan terekam lengkap.")
        return redirect("recommendations:submission_detail", pk)
    return render(request, "recommendations/receipt.html", {"submission": submission, "recorded": recorded})
