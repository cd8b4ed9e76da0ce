"""A limit for what a page without sign-in may do in a minute. It is counted by what is acted on, not by IP address.

All workers count in one place, the cache "limits" of the settings, one after the other.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone


def may_act_again(about: str, *, a_minute: int) -> bool:
    """Count one act on `about`. Return False when it is one more than allowed in this minute.

    An act that cannot be counted, e.g. on a full disk, is allowed.
    """
    counts, key = caches["limits"], f"{about}-{timezone.now():%H%M}"
    try:
        with _alone():
            counts.add(key, 0, 120)
            return counts.incr(key) <= a_minute
    except (OSError, ValueError):  # ValueError: the count was removed meanwhile
        return True


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process counts, because the cache reads a count and writes it in two steps. Raise OSError."""
    with (Path(settings.VAR_DIR) / "limits.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
