"""Gunicorn's settings that no option can say."""

import errno
import selectors
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

PATIENCE = 20.0
"""Seconds that a thread waits for one client in all. A telephone that is gone or very slow would hold it for ever."""
SLOWEST = 4096
"""Bytes a second. A client that is quicker gives the patience back, so that a large file may take its time."""
PIECE = 64 * 1024
LINGER, LINGERING = 2.0, 500
"""Seconds that an answered client may take to close its connection too, and how many clients may take them at once."""

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
        received: bytes = self._within_patience(super().recv, max(size, PIECE), flags)
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lingering: dict[Client, float] = {}
        """The connections that are closed as soon as their clients close them, and until when."""

    @property
    def worker_connections(self) -> int:
        """The number of connections at which this process takes no further one: when each thread has one."""
        waiting = len(self.keepalived_conns) + len(self.pending_conns)
        return int(min(self.cfg.worker_connections, self.cfg.threads + waiting))

    @worker_connections.setter
    def worker_connections(self, number: int) -> None:
        """Gunicorn sets it once, to the number of its settings, which is read here each time."""

    @property
    def max_keepalived(self) -> int:
        """The number of idle connections at which an answered connection is closed: none while no thread is free.

        A client with many requests comes again behind the others. It could keep its thread for ever otherwise.
        """
        return 0 if self.nr_conns >= self.worker_connections else int(self.cfg.worker_connections - self.cfg.threads)

    @max_keepalived.setter
    def max_keepalived(self, number: int) -> None:
        """Gunicorn sets it once, from its settings, which are read here each time."""

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread; a new one when its first bytes are there, within PATIENCE."""
        if conn.initialized or conn.data_ready or conn.wait_for_data(0):
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + PATIENCE
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """Take a connection back from its thread: keep it, or close it without waiting for its client.

        Gunicorn waits up to two seconds for each client, and answers no other meanwhile.
        """
        conn.close = partial(self._close, conn.sock)
        super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """Close the connections whose clients let wait too long; gunicorn calls it at least once a second."""
        super().murder_pending()
        now = time.monotonic()
        for client in [client for client, until in self.lingering.items() if until <= now]:
            self._end(client)

    def _close(self, client: Client, graceful: bool = False) -> None:
        """Close a connection; when `graceful`, first let its client read the answer, also if it is still sending.

        A connection that is closed while its client sends is reset, and the client may lose the answer (RFC 9112, 9.6).
        """
        if graceful and len(self.lingering) < LINGERING:
            with suppress(OSError):
                client.shutdown(socket.SHUT_WR)
                client.setblocking(False)
                self.poller.register(client, selectors.EVENT_READ, self._read_to_the_end)
                self.lingering[client] = time.monotonic() + LINGER
                return
        client.close()

    def _read_to_the_end(self, client: Client) -> None:
        """Forget what an answered client still sends, and close the connection when it has closed it."""
        try:
            if client.recv(PIECE):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._end(client)

    def _end(self, client: Client) -> None:
        del self.lingering[client]
        self.poller.unregister(client)
        client.close()


worker_class = Worker


def post_fork(server: Any, worker: Any) -> None:
    """Let a process that answers requests end with the one that started it, so that it does not hold the port."""
    from office.parents import end_with_parent  # gunicorn puts the project on the path after it has read this file

    end_with_parent()


def when_ready(server: Any) -> None:
    """Replace the listening sockets, before gunicorn starts the processes that accept connections.

    The kernel gives a connection to a process when its first bytes are there, so that each goes to a free process.
    """
    for listener in server.LISTENERS:
        listener.sock = Listener(fileno=listener.sock.detach())
        if listener.sock.family != socket.AF_UNIX:
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, max(1, round(PATIENCE)))
