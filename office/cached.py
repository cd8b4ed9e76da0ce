"""What is made once and then kept in the cache for a while."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

Made = TypeVar("Made")


def cached(key: str, make: Callable[[], Made], *, seconds: int) -> Made:
    """What `make` gives, made anew only when the cache does not have it."""
    found: Made | None = cache.get_or_set(key, make, seconds)
    return make() if found is None else found
