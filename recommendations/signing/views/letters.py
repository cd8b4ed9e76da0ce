"""The letter that a page is about."""

from django.shortcuts import get_object_or_404

from office.requests import StaffRequest
from recommendations.models import Letter, Submission


def letter_of(request: StaffRequest, pk: int) -> Letter:
    """Return the letter with its submission. Raise Http404 when it does not exist or the user may not see it."""
    visible = Submission.objects.visible_to(request.user)
    return get_object_or_404(Letter.objects.select_related("submission"), pk=pk, submission__in=visible)
