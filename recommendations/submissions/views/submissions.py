"""Show the list of submissions and the page of one, and cancel a submission."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_record, may_view, submission_of
from recommendations.examination.actions.opinions import BEFORE_VERIFIED
from recommendations.letter.views.sending import letter_panel
from recommendations.models import Attachment, Opinion, Round, Submission
from recommendations.models.submissions import SubmissionQuerySet
from recommendations.notices import stuck_notices
from recommendations.signing.views.panel import signing_panel
from recommendations.slip.views import slip_panel
from recommendations.submissions.actions.opening import cancel
from recommendations.submissions.filters import SCOPES, Due, due, due_counts, due_windows, narrowed, scope_rule
from recommendations.submissions.forms.cancelling import CancelForm
from recommendations.submissions.forms.filters import NarrowingForm
from recommendations.submissions.rows import calendar_facts, in_order, last_mails, rows_of, standing
from recommendations.submissions.service_steps import next_act, service_steps
from recommendations.submissions.timeline import timeline
from recommendations.submissions.views.assigning import responsible_panel
from recommendations.submissions.views.requirements import requirement_panel
from recommendations.workflow import Move

A_PAGE = 25
EXAMINE = "recommendations.examine_submission"
CHIPS = [(Due.LATE, "late"), (Due.TODAY, "warn"), (Due.NEAR, "warn")]


@require_safe
@may_view
def submission_list(request: StaffRequest) -> HttpResponse:
    """Show the list, earliest due date first. The address contains tab, search and filters."""
    scope = request.GET.get("lingkup", "terbuka")
    scope = scope if scope in SCOPES else "terbuka"
    facts = calendar_facts()
    form = NarrowingForm(_typed(request), user=request.user, statuses=SCOPES[scope][1])
    wanted, windows = form.wanted, due_windows(facts.today, facts.days_off)
    before = narrowed(Submission.objects.visible_to(request.user), wanted, reader=request.user)
    found = due(before, windows[Due(wanted["tenggat"])]) if "tenggat" in wanted else before
    page = Paginator(in_order(found.filter(scope_rule(scope))), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "scopes": _scopes(found, scope),
        "scope": scope,
        "form": form,
        "wanted": wanted,
        "chips": _chips(due_counts(before, windows), wanted),
        "page": page,
        "rows": rows_of(page, request.user, facts),
    }
    return render(request, "recommendations/submissions/submission_list.html", context)


def _typed(request: StaffRequest) -> dict[str, str]:
    """Return the query of the address without NUL characters, which PostgreSQL refuses."""
    return {name: str(value).replace("\0", "") for name, value in request.GET.items()}


def _chips(counts: dict[str, int], wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the quick filters of the due date. Pressing a chosen one removes it."""
    chosen = wanted.get("tenggat")
    return [
        {"key": near.value, "name": near.label, "count": counts[near.name], "kind": kind, "is_chosen": chosen == near}
        for near, kind in CHIPS
    ]


def _scopes(found: SubmissionQuerySet, chosen: str) -> list[dict[str, Any]]:
    counts = found.order_by().aggregate(**{key: Count("pk", filter=scope_rule(key)) for key in SCOPES})
    return [
        {"key": key, "name": name, "count": counts[key], "is_chosen": key == chosen}
        for key, (name, _) in SCOPES.items()
    ]


@require_safe
@may_view
def submission_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one submission: applicant, status, due date, files, letter and timeline."""
    shown = Submission.objects.visible_to(request.user).with_people()
    rounds = Prefetch("rounds", Round.objects.without_answers())
    files = Prefetch("attachments", Attachment.objects.select_related("uploaded_by"))
    opinions = Prefetch("opinions", Opinion.objects.select_related("by"))
    shown = shown.select_related("visit__visitor").prefetch_related(rounds, files, opinions)
    submission = get_object_or_404(shown, pk=pk)
    moves = submission.possible_moves
    context = {
        "submission": submission,
        "act": next_act(submission, request.user, last_mail=last_mails([submission]).get(pk, "")),
        "steps": service_steps(submission),
        "events": timeline(submission),
        "attachments": submission.attachments.all(),
        "opinions": submission.opinions.all(),
        "can_note_opinion": submission.status in BEFORE_VERIFIED and request.user.has_perm(EXAMINE),
        "can_cancel": Move.CANCEL in moves and request.user.has_perm("recommendations.record_submission"),
        "can_close": Move.CLOSE in moves and request.user.has_perm("recommendations.send_letter"),
        "standing": standing(submission, calendar_facts()),
        "letter": letter_panel(submission, request.user),
        "signing": signing_panel(submission, request.user),
        "responsible": responsible_panel(submission, request.user),
        "slip": slip_panel(submission),
        "stuck_notices": list(stuck_notices(submission)),
        "requirements": requirement_panel(submission, request),
    }
    return render(request, "recommendations/submissions/submission_detail.html", context)


@require_POST
@may_record
def submission_cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """Cancel the submission with the reason."""
    submission = submission_of(request, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["reason"][0]))
        return redirect("recommendations:submission_detail", pk)
    try:
        cancel(submission, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Permohonan {submission.register} dibatalkan.")
    return redirect("recommendations:submission_detail", pk)
