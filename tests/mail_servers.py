"""A mail server that does what a test tells it: accept, refuse, hang up or say nothing, before or after DATA."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator


class MailServer:
    """The handler of an aiosmtpd server. `taken` has every message that it received whole, whatever it answered.

    `senders` has their envelope senders.
    """

    def __init__(self):
        self.taken: list[bytes] = []
        self.senders: list[str] = []
        self.behave()

    def behave(
        self,
        *,
        sender: str = "250 OK",
        recipient: str = "250 OK",
        message: str = "250 OK",
        before: str = "",
        after: str = "",
    ) -> None:
        """Set the answers. `before` and `after` DATA are "" to answer, "hangs up", or "is silent"."""
        self.sender, self.recipient, self.message, self.before, self.after = sender, recipient, message, before, after

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        if self.sender.startswith("250"):
            envelope.mail_from = address
        return self.sender

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        await self._answers(server, self.before)
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append(envelope.content)
        self.senders.append(envelope.mail_from)
        await self._answers(server, self.after)
        return self.message

    async def _answers(self, server, how: str) -> None:
        if how == "hangs up":
            server.transport.abort()
        if how == "is silent":
            await asyncio.Event().wait()  # aiosmtpd ends it when the client has gone


@contextlib.contextmanager
def dripping_server(lines: int = 60) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the port of a server whose greeting comes line by line, ten a second, and what it hears after it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        speaker = threading.Thread(target=_drip, args=(server, lines, heard), daemon=True)
        speaker.start()
        yield server.getsockname()[1], heard
        speaker.join()


def _drip(server: socket.socket, lines: int, heard: list[bytes]) -> None:
    connection, _ = server.accept()
    with connection, contextlib.suppress(OSError):  # the client has hung up
        for _ in range(lines):
            connection.sendall(b"220-please wait\r\n")
            threading.Event().wait(0.1)
        connection.sendall(b"220 ready\r\n")
        if first := connection.recv(1000):
            heard.append(first)
