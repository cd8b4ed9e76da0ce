"""Save the late reason of a promise; other views use the same field in their dialogs."""

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
    """Save the late reason of the running promise, and redirect to the deadline page."""
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


def late_form(promised: Round, *, typed: str = "") -> LateReasonForm | None:
    """Return the form with the late reason, for a dialog; None when the round needs no reason, or has one."""
    if not is_past_due(promised) or promised.late_reason:
        return None
    return LateReasonForm(auto_id=False, initial={"late_reason": typed})


def typed_reason(request: StaffRequest) -> tuple[str, str]:
    """Return the posted reason and the error. The reason is "" when there is an error; the error is "" otherwise."""
    form = LateReasonForm(request.POST)
    if form.is_valid():
        return form.cleaned_data["late_reason"], ""
    return "", first_error(form)
