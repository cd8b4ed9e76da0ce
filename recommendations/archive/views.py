"""Similar activities of the archive, shown beside recording and examination, and the examiner's decision about them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_examine, may_view, submission_of
from recommendations.archive.actions import duplicates
from recommendations.archive.forms import DuplicateForm, NoDuplicateForm
from recommendations.archive.similar import similar_to, undecided
from recommendations.models import DuplicateCheck, Round, Submission
from recommendations.workflow import Move


def comparison(current: Round, *, can_decide: bool) -> dict[str, Any]:
    """Return what the panel of similar activities shows.

    These are the activities that are similar now. When the user cannot decide, they are those that the round's check
    has kept, if there is a check.
    """
    check = _check_of(current)
    similar = check.found if check and not can_decide else similar_to(current)
    keys = " ".join(one.key for one in similar) if can_decide else ""
    return {
        "similar": similar,
        "check": check,
        "has_title": bool(current.title),
        "undecided": undecided(similar, check) if can_decide else [],
        "can_compare": can_decide,
        "confirming": NoDuplicateForm(auto_id="confirm-%s", initial={"seen": keys}),
        "naming": DuplicateForm(auto_id="name-%s"),
    }


def not_compared(current: Round, *, can_decide: bool) -> dict[str, Any]:
    """Return the panel before the search: it shows the decision, but no similar activities."""
    return {"similar": [], "check": _check_of(current), "undecided": [], "can_compare": can_decide}


def _check_of(current: Round) -> DuplicateCheck | None:
    """Return the round's check; None when it has none. A round selected with its check needs no query."""
    return getattr(current, "duplicate_check", None)


@require_safe
@may_view
def similar(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the activities of the archive that are like this one. The panels of other pages load a part of this page."""
    return _page(request, submission_of(request, pk))


def _page(request: StaffRequest, submission: Submission, **forms: Any) -> HttpResponse:
    current = submission.rounds.select_related("duplicate_check__by").latest("number")
    current.submission = submission
    may = request.user.has_perm("recommendations.examine_submission")
    compared = comparison(current, can_decide=may and Move.VERIFY in submission.possible_moves) | forms
    return render(request, "recommendations/archive/similar.html", {"submission": submission, "comparison": compared})


@require_POST
@may_examine
def confirm_no_duplicate(request: StaffRequest, pk: int) -> HttpResponse:
    """Save the decision that no similar activity is a duplicate."""
    submission = submission_of(request, pk)
    form = NoDuplicateForm(request.POST, auto_id="confirm-%s")
    if not form.is_valid():
        return _page(request, submission, confirming=form)
    try:
        duplicates.confirm_no_duplicate(submission, **form.cleaned_data, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Dicatat: bukan duplikasi.")
    return _compared(pk)


@require_POST
@may_examine
def name_duplicate(request: StaffRequest, pk: int) -> HttpResponse:
    """Save the decision that this is a duplicate of a similar activity, or of one that the examiner names."""
    submission = submission_of(request, pk)
    form = DuplicateForm(request.POST, auto_id="name-%s")
    if not form.is_valid():
        return _page(request, submission, naming=form)
    facts = {name: form.cleaned_data[name] for name in ("other", "reason")}
    try:
        check = duplicates.name_duplicate(submission, **facts, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Dicatat: duplikasi dari {check.other}.")
    return _compared(pk)


def _compared(pk: int) -> HttpResponse:
    """Redirect to the examination, with the comparison open."""
    return redirect(reverse("recommendations:examine", args=[pk], query={"banding": "1"}) + "#similar")
