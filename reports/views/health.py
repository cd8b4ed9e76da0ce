"""The health of the desk: for machines without a sign-in, and in words for admin and Kepala."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from office.requests import StaffRequest
from reports.health import checks, worst
from reports.health_words import HEALTH_BADGES, Health


@login_not_required
@require_safe
@never_cache
def health_state(request: HttpRequest) -> HttpResponse:
    """Tell machines how well each part is: 503 when one is bad, else 200. No words, figures or names."""
    found = checks(timezone.now())
    state = worst(found)
    parts = {one.name: one.health for one in found}
    return JsonResponse({"state": state, "checks": parts}, status=503 if state == Health.BAD else 200)


@require_safe
@never_cache
@permission_required("office.view_health", raise_exception=True)
def health_detail(request: StaffRequest) -> HttpResponse:
    """Show how well each part is, since when, and what to do."""
    now = timezone.localtime()
    found = sorted(checks(now), key=lambda one: -list(Health).index(one.health))
    kind, words = HEALTH_BADGES[worst(found)]
    return render(request, "reports/health.html", {"now": now, "checks": found, "kind": kind, "words": words})
