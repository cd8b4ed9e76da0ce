"""Let only a few child processes run at once, over all processes of the desk, so that files never starve the pages."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

from django.conf import settings

from recommendations.uploads.refusal import NotCheckedNow

PATIENCE = 20
"""Seconds to wait for a slot: ten files that each use up their limit are done in this time."""
PAUSE = 0.02

_waiting: dict[str, BoundedSemaphore] = {}
"""By pool: a web process has sixteen threads, and those that wait for a child show no pages."""


@contextmanager
def slot(pool: str, *, size: int, threads: int | None) -> Iterator[None]:
    """Hold one of the `size` slots of the pool. The kernel frees a slot when its process dies.

    Raise NotCheckedNow when none becomes free within PATIENCE seconds, or when `threads` threads of this process are
    there already.
    """
    if threads is None:
        with _locked(pool, size):
            yield
        return
    here = _waiting.setdefault(pool, BoundedSemaphore(threads))
    if not here.acquire(timeout=1):
        raise NotCheckedNow
    try:
        with _locked(pool, size):
            yield
    finally:
        here.release()


@contextmanager
def _locked(pool: str, size: int) -> Iterator[None]:
    folder = Path(settings.VAR_DIR) / "slots"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    deadline = time.monotonic() + PATIENCE
    while (lock := _free(folder, pool, size)) is None:
        if time.monotonic() > deadline:
            raise NotCheckedNow
        time.sleep(PAUSE)
    with lock:
        yield


def _free(folder: Path, pool: str, size: int) -> IO[bytes] | None:
    """Return the open and locked file of a free slot, or None when all are taken."""
    for number in range(size):
        file = os.fdopen(os.open(folder / f"{pool}-{number}", os.O_RDWR | os.O_CREAT, 0o600), "rb+")
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        file.close()
    return None
