"""Cache a value that takes long to make."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

Made = TypeVar("Made")


def cached(key: str, make: Callable[[], Made], *, seconds: int) -> Made:
    """Return the value of `key` in the cache; if there is none, call `make` and store its value for `seconds`."""
    found: Made | None = cache.get_or_set(key, make, seconds)
    return make() if found is None else found
