"""A context processor for the navigation: whether a part of the desk is bad."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reports.health import is_ill


def system_is_ill(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """Return `system_is_ill`. Only a page whose reader may act on it looks, at most once a minute per process."""
    return {"system_is_ill": SimpleLazyObject(is_ill)}
