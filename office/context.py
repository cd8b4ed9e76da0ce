"""The template variable that every page gets."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from office.models import Office


def office(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """Return `office`, the profile. It is read from the database only when a template uses it."""
    return {"office": SimpleLazyObject(Office.objects.current)}
