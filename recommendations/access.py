"""The permission that a view requires, and the submissions and letters that its user may see."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from office.requests import StaffRequest
from recommendations.models import Letter, Submission

_View = TypeVar("_View", bound=Callable[..., HttpResponseBase])
NOT_OPEN = "Permohonan {register} berstatus {status}, jadi formulirnya tidak dapat direkam lagi."


class Guard(Protocol):
    """A decorator that returns a view of the same type."""

    def __call__(self, view: _View, /) -> _View: ...


def _may(act: str) -> Guard:
    """Return a decorator. Its view answers 403 to a user without the permission `recommendations.<act>`."""
    return permission_required(f"recommendations.{act}", raise_exception=True)


may_view = _may("view_submission")
may_record = _may("record_submission")
may_examine = _may("examine_submission")
may_issue = _may("issue_letter")
may_send = _may("send_letter")
may_sign = _may("sign_letter")
may_move_due_date = _may("move_due_date")
may_view_agency = _may("view_agency")
may_add_agency = _may("add_agency")
may_change_agency = _may("change_agency")
may_change_calendar: Guard = permission_required("office.change_calendar", raise_exception=True)
may_change_office: Guard = permission_required("office.change_office", raise_exception=True)


def submission_of(request: StaffRequest, pk: int) -> Submission:
    """Return the submission with its agency, applicant and officer.

    Raise Http404 when it does not exist or the user may not see it.
    """
    return get_object_or_404(Submission.objects.visible_to(request.user).with_people(), pk=pk)


def letter_of(request: StaffRequest, pk: int) -> Letter:
    """Return the letter with its submission. Raise Http404 when it does not exist or the user may not see it."""
    visible = Submission.objects.visible_to(request.user)
    return get_object_or_404(Letter.objects.select_related("submission"), pk=pk, submission__in=visible)


def closed_to_recording(request: StaffRequest, submission: Submission) -> HttpResponse:
    """Redirect to the submission's page with the message that its form can no longer be recorded."""
    messages.error(request, NOT_OPEN.format(register=submission.register, status=submission.get_status_display()))
    return redirect("recommendations:submission_detail", submission.pk)
