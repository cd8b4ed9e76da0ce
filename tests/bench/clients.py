"""Run many clients at the same moment, each in a process with its own database connection."""

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections

_forked = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Returned:
    """The clients' results, and the time from the first start to the last end."""

    returned: list[Any]
    seconds: float


def at_once(clients: int, work: Callable[[int], Any]) -> Returned:
    """Run `work(place)` in that many processes, which all begin together. Raise a client's exception."""
    connections.close_all()  # a connection must not be shared with a child
    gate, answers = _forked.Barrier(clients), _forked.SimpleQueue()
    processes = [_forked.Process(target=_client, args=(place, work, gate, answers)) for place in range(clients)]
    for process in processes:
        process.start()
    told = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    for _, _, returned in told:
        if isinstance(returned, Exception):
            raise returned
    seconds = max(ended for _, ended, _ in told) - min(began for began, _, _ in told)
    return Returned([returned for _, _, returned in told], seconds)


def _client(place: int, work: Callable[[int], Any], gate: Any, answers: Any) -> None:
    gate.wait()
    began = time.monotonic()
    try:
        returned = work(place)
    except Exception as problem:  # noqa: BLE001 - the parent raises it
        returned = RuntimeError(f"client {place}: {problem!r}")
    connections.close_all()
    answers.put((began, time.monotonic(), returned))
