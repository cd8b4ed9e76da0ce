"""Ask the database, the broker and the disk whether they answer. One that is frozen does not hold up the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from errno import ENOSPC
from shutil import disk_usage
from threading import Lock, Thread
from time import monotonic

from celery import current_app
from django.conf import settings
from django.db import connection

from office.disk import is_full
from office.models import Pulse

SILENT, FULL_DISK = "silent", "full"
"""What is wrong with a part that has not answered in time, and with a disk that has no room."""

MIB = 1024 * 1024
LEAST_FREE = 500 * MIB
"""Bytes. With less, the database itself may soon have no room."""


@dataclass
class Attempt:
    """One run of a probe in a thread of its own. `problem` is "" when the probe ended well."""

    probe: Callable[[], None]
    problem: str = ""
    thread: Thread = field(init=False)

    def __post_init__(self) -> None:
        self.thread = Thread(target=self._run, daemon=True)  # a frozen one must not keep the desk from ending
        self.thread.start()

    def _run(self) -> None:
        try:
            self.probe()
        except Exception as problem:  # noqa: BLE001 - after any of them the page says that the part does not work
            self.problem = FULL_DISK if is_full(problem) else type(problem).__name__


_attempts: dict[str, Attempt] = {}
_lock = Lock()


def problems_of(probes: Mapping[str, Callable[[], None]], *, seconds: float) -> dict[str, str]:
    """Run the probes at the same time, and return by name what is wrong: "", FULL_DISK, SILENT or an exception.

    While a probe is frozen, no second one of its name is started.
    """
    attempts = {name: _attempt(name, probe) for name, probe in probes.items()}
    deadline = monotonic() + seconds
    for attempt in attempts.values():
        attempt.thread.join(max(0.0, deadline - monotonic()))
    return {name: SILENT if one.thread.is_alive() else one.problem for name, one in attempts.items()}


def _attempt(name: str, probe: Callable[[], None]) -> Attempt:
    with _lock:
        running = _attempts.get(name)
        if running is None or not running.thread.is_alive():
            _attempts[name] = running = Attempt(probe)
        return running


def probe_database() -> None:
    """Read one row on a connection of this thread's own. Raise when the database does not answer."""
    try:
        Pulse.objects.exists()
    finally:
        connection.close()


def probe_broker() -> None:
    """Open a connection to the broker. Raise when it does not answer."""
    with current_app.connection_for_write() as broker:
        broker.default_channel  # noqa: B018 - asking for it connects


def probe_disk() -> None:
    """Raise OSError when the disk cannot be asked, or has less than LEAST_FREE."""
    if disk_usage(settings.VAR_DIR).free < LEAST_FREE:
        raise OSError(ENOSPC, "The disk is almost full.")


PROBES: dict[str, Callable[[], None]] = {"database": probe_database, "broker": probe_broker, "disk": probe_disk}
