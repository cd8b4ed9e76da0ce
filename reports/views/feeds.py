"""The calendar of due dates: the page of an officer's link, and the feed that calendars read without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from office.requests import StaffRequest
from recommendations.models import Submission
from recommendations.submissions.filters import sees_all
from reports.actions import digest_of, make_link, revoke_link
from reports.feed import calendar_of
from reports.models import FeedLink

SEES = "recommendations.view_submission"
has_due_dates = permission_required(SEES, raise_exception=True)


@require_safe
@never_cache
@has_due_dates
def feed_link(request: StaffRequest) -> HttpResponse:
    """Show whether the user has a link. The link itself cannot be shown again."""
    return _page(request, "")


@require_POST
@never_cache
@has_due_dates
def make_feed_link(request: StaffRequest) -> HttpResponse:
    """Make a new link, which replaces the earlier one. Only this page ever shows it."""
    address = request.build_absolute_uri(reverse("reports:feed", args=[make_link(by=request.user)]))
    return _page(request, address)


@require_POST
@has_due_dates
def revoke_feed_link(request: StaffRequest) -> HttpResponse:
    """Revoke the user's link."""
    if revoke_link(by=request.user):
        messages.success(request, "Tautan kalender dicabut. Kalender yang memakainya tidak diperbarui lagi.")
    return redirect("reports:feed_link")


def _page(request: StaffRequest, address: str) -> HttpResponse:
    link = FeedLink.objects.filter(user=request.user).first()
    whose = "kantor ini" if sees_all(request.user) else "permohonan Anda"
    return render(request, "reports/feed_link.html", {"link": link, "address": address, "whose": whose})


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Return the feed of the user with this secret. Raise Http404 for an unknown secret or without the permission."""
    link = FeedLink.objects.valid().filter(digest=digest_of(secret)).first()
    if link is None or not link.user.has_perm(SEES):
        raise Http404
    content = calendar_of(link.user, address_of=lambda one: request.build_absolute_uri(_deadline(one)))
    name = {"Content-Disposition": 'inline; filename="tenggat.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=name)


def _deadline(submission: Submission) -> str:
    return reverse("recommendations:deadline", args=[submission.pk])
