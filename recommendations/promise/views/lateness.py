"""Why a promise is late, written on the page of its deadline."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from office.fields import first_error
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_view, submission_of
from recommendations.models import Round
from recommendations.promise.actions import lateness
from recommendations.promise.actions.lateness import is_past_due
from recommendations.promise.forms.lateness import LateReasonForm


@require_POST
@may_view
def explain_late(request: StaffRequest, pk: int) -> HttpResponse:
    """Whoever works on it says why."""
    submission = submission_of(request, pk)
    reason, problem = typed_reason(request)
    if not problem:
        try:
            lateness.explain_late(submission, reason=reason, by=request.user)
        except Refused as refusal:
            problem = str(refusal)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, "Sebab terlambat dicatat.")
    return redirect("recommendations:deadline", pk)


def late_form(promised: Round) -> LateReasonForm | None:
    """The field that a dialog asks with; None when nothing must be explained any more."""
    return LateReasonForm(auto_id=False) if is_past_due(promised) and not promised.late_reason else None


def typed_reason(request: StaffRequest) -> tuple[str, str]:
    """The reason as it was typed, and what is wrong with it; each "" when there is none."""
    form = LateReasonForm(request.POST)
    if form.is_valid():
        return form.cleaned_data["late_reason"], ""
    return "", first_error(form)
