"""A context processor for the navigation: the number of complaints that wait for the user."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from complaints.models import Complaint


def complaints_waiting(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """Return `complaints_waiting`: those that the user has to answer, and for the Kepala those to assign too.

    Only a page that shows it runs the query.
    """
    return {"complaints_waiting": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    return Complaint.objects.waiting_for(user).count()
