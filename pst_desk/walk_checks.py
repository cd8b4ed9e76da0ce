"""What a walk must find after each step. It stops where something does not hold."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

Value = TypeVar("Value")
PATIENCE = timedelta(minutes=3)
"""How long the walk waits for the worker before the step fails."""


class DidNotHold(Exception):
    """The result of a step is not what the standard requires."""


def must(held: Any, otherwise: str) -> None:
    """Raise DidNotHold with the words `otherwise` unless it held."""
    if not held:
        raise DidNotHold(otherwise)


def there(found: Value | None, otherwise: str) -> Value:
    """Return what was found. Raise DidNotHold with the words `otherwise` when there is nothing."""
    if found is None:
        raise DidNotHold(otherwise)
    return found


def wait_until(done: Callable[[], bool], otherwise: str) -> None:
    """Wait until `done`. Raise DidNotHold after PATIENCE."""
    end = time.monotonic() + PATIENCE.total_seconds()
    while not done():
        must(time.monotonic() < end, f"{otherwise}: pekerja tidak menjawab dalam {PATIENCE.seconds} detik")
        time.sleep(0.1)
