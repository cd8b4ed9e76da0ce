"""Wait for the database and for the desk while a fault lasts."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

Answer = TypeVar("Answer")


def patient(ask: Callable[[], Answer], seconds: float = 60) -> Answer:
    """Return what `ask` reads from the database. While the database is away, ask again with a new connection."""
    end = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError):
            connection.close()
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def comes_true(is_so: Callable[[], object], seconds: float) -> bool:
    """Return whether `is_so` becomes true in that time."""
    end = time.monotonic() + seconds
    while not patient(is_so):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
