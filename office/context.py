"""The template variables that every page gets."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from office.models import Office


def office(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """Return `office`, the profile. It is read from the database only when a template uses it."""
    return {"office": SimpleLazyObject(Office.objects.current)}


def idle_lock(request: HttpRequest) -> dict[str, int]:
    """Return `idle_lock_minutes`, after which a page that nobody uses is locked; 0: never."""
    return {"idle_lock_minutes": settings.IDLE_LOCK_MINUTES}
