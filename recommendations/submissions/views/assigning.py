"""Show and change the responsible officer of a submission."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from office.fields import first_error
from office.models import User
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import submission_of
from recommendations.models import Submission
from recommendations.submissions.actions.assigning import assign, officers
from recommendations.submissions.forms.assigning import AssignForm

MAY = ("recommendations.examine_submission", "recommendations.issue_letter")


def responsible_panel(submission: Submission, user: User) -> dict[str, Any]:
    """Return what the panel shows. No form when the user may only read or the submission has ended."""
    if submission.is_ended or not any(map(user.has_perm, MAY)):
        return {"assigning": None, "can_take": False}
    others = officers().exclude(pk=submission.officer_id)
    seen = {"seen": submission.officer_id}
    can_take = user.pk != submission.officer_id and user.has_perm(MAY[0])
    return {"assigning": AssignForm(officers=others, initial=seen, auto_id="assign-%s"), "can_take": can_take}


@require_POST
def assign_submission(request: StaffRequest, pk: int) -> HttpResponse:
    """Make another officer, or the user, responsible."""
    if not any(map(request.user.has_perm, MAY)):
        raise PermissionDenied
    submission = submission_of(request, pk)
    form = AssignForm(request.POST, officers=officers())
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("recommendations:submission_detail", pk)
    try:
        assigned = assign(submission, **form.cleaned_data, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{assigned.officer} kini bertanggung jawab.")
    return redirect("recommendations:submission_detail", pk)
