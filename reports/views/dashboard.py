"""The dashboard: an officer's own submissions, or all submissions for the Kepala."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guestbook.periods import period_around
from office.requests import StaffRequest
from ratings.models import FollowUp
from recommendations.submissions.filters import due_windows
from recommendations.submissions.rows import calendar_facts
from reports.load import loads
from reports.overview import Overview, called, greeting
from reports.packet import PACKET

QUARTER = 3


@require_safe
@never_cache
@permission_required("recommendations.view_submission", raise_exception=True)
def dashboard(request: StaffRequest) -> HttpResponse:
    """Show figures, urgent and waiting submissions, and today's alerts; for the Kepala also each officer's load."""
    facts, now = calendar_facts(), timezone.localtime()
    quarter = period_around(facts.today, QUARTER)
    windows = due_windows(facts.today, facts.days_off)
    overview = Overview(request.user, facts, windows)
    context = {
        "now": now,
        "greeting": f"{greeting(now)}, {called(request.user)}",
        "is_head": overview.is_head,
        "tiles": overview.tiles(now, quarter),
        "urgent": overview.urgent(),
        "lateness": overview.lateness(),
        "with_head": None if overview.is_head else overview.with_head(),
        "answers_in": None if overview.is_head else overview.answers_in(),
        "alerts": overview.alerts(),
        "awaited": overview.awaited(),
        "measures": FollowUp.objects.due_of(request.user),
        "loads": loads(facts.today, facts.days_off, windows) if overview.is_head else [],
        "this_month": period_around(facts.today, 1),
        "last_quarter": quarter.former,
        "sees_every_part": request.user.has_perms(PACKET),
    }
    return render(request, "reports/dashboard.html", context)
