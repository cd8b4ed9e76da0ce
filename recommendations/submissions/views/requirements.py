"""Show the requirements of the service standard on a submission's page, and link a visit afterwards."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_record, submission_of
from recommendations.agencies.views.emails import email_panel
from recommendations.models import Submission
from recommendations.submissions.actions.linking import link_visit as link
from recommendations.submissions.forms.linking import LinkVisitForm
from recommendations.submissions.requirements import submission_requirements


def requirement_panel(submission: Submission, request: StaffRequest) -> dict[str, Any]:
    """Return what `recommendations/submissions/_requirements.html` shows of a submission."""
    can_link = not submission.visit_id and not submission.is_ended
    return {
        "facts": submission_requirements(submission),
        "link_form": LinkVisitForm(submission=submission) if can_link else None,
        "email": email_panel(submission.applicant, request.path),
    }


@require_POST
@may_record
def link_visit(request: StaffRequest, pk: int) -> HttpResponse:
    """Save the visit of a submission that was opened without one."""
    submission = submission_of(request, pk)
    form = LinkVisitForm(request.POST, submission=submission)
    if not form.is_valid():
        messages.error(request, str(form.errors["visit"][0]))
        return redirect("recommendations:submission_detail", pk)
    try:
        link(submission, visit=form.cleaned_data["visit"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Kunjungan {form.cleaned_data['visit']} ditautkan.")
    return redirect("recommendations:submission_detail", pk)
