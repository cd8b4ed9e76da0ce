"""What the navigation says of submissions."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from recommendations.models import Submission


def letters_waiting(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """`letters_waiting`: how many letters wait on the Kepala's desk, counted only where it is shown."""
    return {"letters_waiting": SimpleLazyObject(Submission.objects.awaiting_issue().count)}
