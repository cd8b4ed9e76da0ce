"""Gunicorn's settings that no option can say."""

import errno
import socket
import time
from collections.abc import Callable
from typing import Any

PATIENCE = 20.0
"""Seconds that a thread waits for one client in all. A telephone that is gone or very slow would hold it for ever."""
SLOWEST = 4096
"""Bytes a second. A client that is quicker gives the patience back, so that a large file may take its time."""
PIECE = 64 * 1024

sendfile = False
"""Files are sent by `Client.sendall` too, so that a client that does not read holds no thread."""


class Client(socket.socket):
    """A connection that ends when its client lets a thread wait for longer than PATIENCE.

    Without it, a few clients that send one byte every three seconds hold all threads.
    """

    left = PATIENCE

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Return the next bytes, at most `size`. Raise ConnectionResetError when they do not come in time."""
        received = self._within_patience(super().recv, size, flags)
        self._give_back(len(received))
        return received

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send all of `data`. Raise ConnectionResetError when the client does not take it in time."""
        rest = memoryview(data)
        while rest:
            sent = self._within_patience(super().send, rest[:PIECE], flags)
            self._give_back(sent)
            rest = rest[sent:]

    def _within_patience(self, work: Callable[..., Any], *arguments: Any) -> Any:
        if self.gettimeout() is not None:  # gunicorn has set a limit itself
            return work(*arguments)
        begun = time.monotonic()
        try:
            self.settimeout(max(self.left, 0.001))
            return work(*arguments)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "The client was too slow.") from None
        finally:
            self.left -= time.monotonic() - begun
            self.settimeout(None)

    def _give_back(self, size: int) -> None:
        self.left = min(PATIENCE, self.left + size / SLOWEST)


class Listener(socket.socket):
    """A listening socket whose connections are of class Client."""

    def accept(self) -> tuple[socket.socket, Any]:
        """Return the next connection and the address of its client. Raise OSError when there is none."""
        connection, address = super().accept()
        return Client(fileno=connection.detach()), address


def when_ready(server: Any) -> None:
    """Replace the listening sockets, before gunicorn starts the processes that accept connections."""
    for listener in server.LISTENERS:
        listener.sock = Listener(fileno=listener.sock.detach())
