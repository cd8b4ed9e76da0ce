"""A limit for what a page without sign-in may do in a minute. It is counted by what is acted on, not by IP address."""

from django.core.cache import cache
from django.utils import timezone


def may_act_again(about: str, *, a_minute: int) -> bool:
    """Count one act on `about`. Return False when it is one more than allowed in this minute."""
    key = f"{about}-{timezone.now():%H%M}"
    cache.add(key, 0, 120)
    return cache.incr(key) <= a_minute
