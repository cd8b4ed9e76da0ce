"""Wait for another process or a browser until a condition is true, never for a fixed number of seconds."""

import subprocess
import time
from collections.abc import Callable

PATIENCE = 300
"""Seconds after which a wait gives up. Far more than a busy machine needs."""


def wait_until(is_so: Callable[[], object]) -> None:
    """Return as soon as `is_so()` is true. Raise TimeoutError when it is still false after `PATIENCE` seconds."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Not within {PATIENCE} s.")
        time.sleep(0.05)


def end(process: subprocess.Popen) -> None:
    """End a process that was asked nicely. Kill it and raise TimeoutExpired when it does not listen."""
    process.terminate()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
