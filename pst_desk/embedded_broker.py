"""The queue of the embedded desk: a folder with one file for each message.

It is Kombu's filesystem transport, which writes a message into a file that readers already see, and which ends its
worker at the first file that it cannot read. Here a file is written whole or not at all, and it begins with a seal of
this desk: a file without it never comes near a worker. Decision 0012 says why it is a folder.
"""

import contextlib
import fcntl
import logging
import stat
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any
from uuid import uuid4

from django.utils.crypto import constant_time_compare, salted_hmac
from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps, loads
from kombu.utils.scheduling import FairCycle

from pst_desk.task_messages import LARGEST, queue_message_in

log = logging.getLogger(__name__)

SEAL = 64
"""The length of a seal, in bytes. A line break follows it."""
UNFINISHED = ".writing"
"""The end of the name of a file that its writer has not finished. No reader takes such a file."""

_left: set[str] = set()
"""Names of unreadable files that could not be moved, so that each is logged once."""


class Channel(filesystem.Channel):
    """A channel that writes files whole and trusts no file that it reads."""

    @property
    def data_folder_in(self) -> str:
        """Return the folder of the messages. Make it when it is missing, also while the desk runs."""
        folder = Path(self.transport_options["data_folder_in"])
        make_folder(folder)
        return str(folder)

    data_folder_out = data_folder_in

    def _put(self, queue: str, message: dict[str, Any], **options: object) -> None:
        """Add the message to the queue. Names sort by the time of writing. Raise ChannelError when this fails."""
        text = dumps(message)
        with _as_channel_error():
            file = Path(self.data_folder_out) / f"{time_ns():020}_{uuid4()}.{queue}.msg"
            write_whole(file, f"{_seal_of(text.encode())}\n{text}")

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        """Take the oldest message of the queue. Set aside what is no message. Raise Empty when none is left."""
        folder = Path(self.data_folder_in)
        for name in sorted(entry.name for entry in folder.iterdir()):
            if name.partition(".")[2] == f"{queue}.msg" and name not in _left:
                message = self._taken(folder / name)
                if message is not None:
                    return message
        raise Empty

    def _taken(self, file: Path) -> dict[str, Any] | None:
        """Return the message and delete its file. Return None when it is no message, or another worker was first."""
        try:
            message = _message(_read(file))
            file.unlink()  # only one worker can
        except FileNotFoundError:
            return None
        except Exception as problem:  # noqa: BLE001 - a file that this desk did not write can be wrong in any way
            set_aside(file, problem)
            return None
        return message

    def _reset_cycle(self) -> None:
        """Take from the queues in the order in which the worker opened them, as "priority" does with Redis."""
        self._cycle = _InOrder(self._get_and_deliver, self._active_queues, Empty)

    def get_table(self, exchange: str) -> list[filesystem.exchange_queue_t]:
        """Return the bindings of the exchange: none when its file is missing or broken. The next bind writes it again.

        Only remote control (`celery inspect`) needs bindings; a task goes straight to its queue.
        """
        try:
            rows = loads(self._exchange_file(exchange).read_bytes())
            return [filesystem.exchange_queue_t(*row) for row in rows]
        except (OSError, ValueError, TypeError):
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Add a binding to the exchange."""
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._tables_locked():
            table = self.get_table(exchange)
            if binding not in table:
                write_whole(self._exchange_file(exchange), dumps([binding, *table]))

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *rest: object, **options: object
    ) -> None:
        """Delete the messages of the queue and its binding."""
        self._purge(queue)
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._tables_locked():
            table = self.get_table(exchange)
            if binding in table:
                write_whole(self._exchange_file(exchange), dumps([row for row in table if row != binding]))

    @contextlib.contextmanager
    def _tables_locked(self) -> Iterator[None]:
        """Let only one process change the tables of exchanges. Raise ChannelError for what the disk refuses."""
        with _as_channel_error():
            for folder in (Path(self.data_folder_in), self.control_folder):
                make_folder(folder)
            with (self.control_folder / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield


class _InOrder(FairCycle):
    """Looks for a message in the first queue first, each time."""

    def get(self, callback: Any, **options: Any) -> Any:
        self.pos = 0
        return super().get(callback, **options)


class Transport(filesystem.Transport):
    """Kombu's filesystem transport with our channel."""

    Channel = Channel


def _read(file: Path) -> bytes:
    """Return the content of a file. Raise ValueError when it is too large, or no file: a pipe could block for ever."""
    about, most = file.stat(), SEAL + 1 + LARGEST
    if not stat.S_ISREG(about.st_mode) or about.st_size > most:
        raise ValueError(f"It is no file of at most {most} bytes.")
    with file.open("rb") as opened:
        return opened.read(most + 1)


def _message(content: bytes) -> dict[str, Any]:
    """Return the message that this desk wrote into a file. Raise ValueError for any other content."""
    seal, _, text = content.partition(b"\n")
    if not constant_time_compare(seal, _seal_of(text)):
        raise ValueError("This desk did not write the file.")
    return queue_message_in(text)


def _seal_of(text: bytes) -> str:
    return salted_hmac("pst_desk.embedded_broker", text, algorithm="sha256").hexdigest()


def write_whole(file: Path, text: str) -> None:
    """Write the file so that a reader sees all of it or nothing. Raise OSError and leave nothing when this fails."""
    unfinished = file.with_name(f"{uuid4()}{UNFINISHED}")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(file)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def make_folder(folder: Path) -> None:
    """Make the folder when it is missing. A file of the same name is renamed first. Raise OSError."""
    if folder.exists() and not folder.is_dir():
        log.warning("%s is no folder and was renamed.", folder)
        with contextlib.suppress(OSError):  # another process was first
            folder.replace(folder.with_name(f"{folder.name}.unreadable"))
    folder.mkdir(parents=True, exist_ok=True)


def set_aside(file: Path, problem: Exception) -> None:
    """Move a file that is no message to the folder `unreadable`, and log it once. The worker that is first does it."""
    try:
        place = file.parent / "unreadable"
        place.mkdir(exist_ok=True)
        file.rename(place / file.name)
    except FileNotFoundError:
        return
    except OSError:
        _left.add(file.name)
    name = repr(file.name)[1:-1]  # without characters that break a line of the log or colour it
    log.warning("%s in the queue is no message and was set aside: %r", name, problem)


@contextlib.contextmanager
def _as_channel_error() -> Iterator[None]:
    """Raise what the disk refuses as Kombu's own error, which Celery expects."""
    try:
        yield
    except OSError as problem:
        raise ChannelError(f"The queue cannot be written: {problem}") from problem
