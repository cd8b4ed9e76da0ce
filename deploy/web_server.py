"""Gunicorn's settings that no option can say."""

import errno
import selectors
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

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
        """Return the next bytes. Raise ConnectionResetError when they do not come in time.

        Gunicorn asks for 8 KB at a time and keeps whatever comes; a file of 10 MB comes in larger pieces.
        """
        received = self._within_patience(super().recv, max(size, PIECE), flags)
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


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn brings no types
    """Gunicorn's process with threads, which keeps its threads for clients that have asked for something.

    Gunicorn itself lets a thread wait five seconds for the first byte of a connection, and browsers open connections
    that they use later or never. It also takes connections that must wait for a thread while another process is free.
    """

    @property
    def worker_connections(self) -> int:
        """The number of connections at which this process takes no further one: when each thread has one."""
        waiting = len(self.keepalived_conns) + len(self.pending_conns)
        return int(min(self.cfg.worker_connections, self.cfg.threads + waiting))

    @worker_connections.setter
    def worker_connections(self, number: int) -> None:
        """Gunicorn sets it once, to the number of its settings, which is read here each time."""

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread; a new one when its first bytes are there, within PATIENCE."""
        if conn.initialized or conn.data_ready or conn.wait_for_data(0):
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + PATIENCE
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))


worker_class = Worker


def when_ready(server: Any) -> None:
    """Replace the listening sockets, before gunicorn starts the processes that accept connections.

    The kernel gives a connection to a process when its first bytes are there, so that each goes to a free process.
    """
    for listener in server.LISTENERS:
        listener.sock = Listener(fileno=listener.sock.detach())
        if listener.sock.family != socket.AF_UNIX:
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, max(1, round(PATIENCE)))
