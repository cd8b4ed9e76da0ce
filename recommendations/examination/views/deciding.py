"""Return the examined round to the applicant, or verify it."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from office.refusals import Refused
from office.requests import StaffRequest
from office.seals import MovedOn
from recommendations.access import may_examine, submission_of
from recommendations.examination.actions import examining
from recommendations.examination.page_seal import ShownRound
from recommendations.examination.views.examining import examine_page
from recommendations.models import Round, Submission
from recommendations.promise.views.lateness import typed_reason
from recommendations.workflow import Move

_Result = TypeVar("_Result")


@require_POST
@may_examine
def return_submission(request: StaffRequest, pk: int) -> HttpResponse:
    """Return the form to the applicant with a slip. The next round opens."""
    return _end_examination(request, pk, examining.return_to_applicant, _words_returned)


def _words_returned(opened: Round) -> str:
    return f"dikembalikan. Putaran {opened.number} siap direkam"


@require_POST
@may_examine
def verify_submission(request: StaffRequest, pk: int) -> HttpResponse:
    """Verify the form: it goes to the Kepala, or first to a second reader."""
    return _end_examination(request, pk, examining.verify, _words_verified)


def _words_verified(verified: Submission) -> str:
    waits = Move.VERIFY in verified.possible_moves
    return "dinyatakan sesuai dan menunggu pemeriksa kedua" if waits else "diverifikasi dan menunggu Kepala"


def _end_examination(
    request: StaffRequest, pk: int, action: Callable[..., _Result], words: Callable[[_Result], str]
) -> HttpResponse:
    """Do `action` and show `words` of its result, or show the refusal on the examiner's page.

    When the round is not any more as the page showed it, show the page again with what has changed.
    """
    submission = submission_of(request, pk)
    reason, problem = typed_reason(request)
    shown = ShownRound.unsealed(request.POST.get("shown", ""))
    try:
        done = None if problem else action(submission, late_reason=reason, shown=shown, by=request.user)
    except MovedOn as moved:
        return examine_page(request, pk, changes=moved.changes)
    except Refused as refusal:
        done, problem = None, str(refusal)
    if done is None:
        messages.error(request, problem)
        return redirect("recommendations:examine", pk)
    messages.success(request, f"Permohonan {submission.register} {words(done)}.")
    return redirect("recommendations:submission_detail", pk)
