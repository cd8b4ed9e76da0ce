"""A context processor for the navigation: the number of letters that wait for the Kepala."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from recommendations.models import Submission


def letters_waiting(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """Return `letters_waiting`: how many letters the Kepala has to issue. Only a page that shows it runs the query."""
    return {"letters_waiting": SimpleLazyObject(Submission.objects.awaiting_issue().count)}
