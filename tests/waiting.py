"""How long the tests wait for what another process or a browser does: until it is so, and never only seconds."""

import time
from collections.abc import Callable

PATIENCE = 300
"""Seconds after which a wait gives up: no busy machine comes near it."""


def wait_until(is_so: Callable[[], object]) -> None:
    """Return as soon as `is_so()`; raises TimeoutError when it does not come true."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Not within {PATIENCE} s.")
        time.sleep(0.05)
