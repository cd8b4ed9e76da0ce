"""The public page of an issued letter. Its address has the letter's secret token, which its QR code contains."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recommendations.models import Letter


@login_not_required
@require_safe
@never_cache
def check_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Show the recorded facts of a letter. The visitor's browser can compare a file with them (js/check.js)."""
    letter = get_object_or_404(Letter, token=token)
    return render(request, "recommendations/letter/check_letter.html", {"letter": letter, "words": letter.content})
