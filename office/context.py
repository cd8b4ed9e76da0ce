"""The template variables that every page gets."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from office.models import Office
from office.proof import must_prove


def office(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """Return `office`, the profile. It is read from the database only when a template uses it."""
    return {"office": SimpleLazyObject(Office.objects.current)}


def password_again(request: HttpRequest) -> dict[str, object]:
    """Return when a page asks its user for the password once more.

    `idle_lock_minutes`: after so long without use; 0 is never. `must_prove`: before a final act, because the password
    was typed too long ago; the session is read only when a template uses it.
    """
    return {
        "idle_lock_minutes": settings.IDLE_LOCK_MINUTES,
        "must_prove": SimpleLazyObject(partial(must_prove, request)),
    }
