"""Read the answers of a mail server line by line, and refuse one that has no end."""

import io
import re
import socket
from typing import Any, Protocol

from office.texts import tidy_line

LINE_OF_ANSWER = re.compile(rb"[2-5]\d\d(\D.*)?\n", re.DOTALL)
ANSWER_AT_MOST = 8 * 1024
"""Bytes of one answer with all its lines, so that a server that speaks on and on does not fill the memory."""


class AnswerNotSmtp(Exception):
    """Raised when the server sends something that is no answer of SMTP. The text is what it sent, tidied.

    This is no SMTPException: smtplib reads an answer and takes every SMTPException there for a closed connection.
    """

    def __init__(self, sent: bytes):
        super().__init__(tidy_line(sent.decode(errors="replace")))


class Connection(Protocol):
    """The connection that is read. `limit` sets how long the next step on its socket may take."""

    sock: socket.socket | None

    def limit(self) -> None: ...


class _Received(io.RawIOBase):
    """The bytes that come over a connection, as a file."""

    def __init__(self, connection: Connection):
        self.connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.connection.limit()
        return self.connection.sock.recv_into(buffer)  # type: ignore[union-attr]  # smtplib reads answers only while it is connected


class ServerAnswers(io.BufferedReader):
    """The answers that come over a connection, as a file for smtplib. Call `begin` before each answer."""

    def __init__(self, connection: Connection):
        super().__init__(_Received(connection))
        self.begin()

    def begin(self) -> None:
        self.left = ANSWER_AT_MOST

    def readline(self, size: int | None = -1) -> bytes:
        """Return the next line, or b"" at the end. Raise AnswerNotSmtp when it is none, or the answer has no end."""
        line = super().readline(self.left)
        self.left -= len(line)
        if not LINE_OF_ANSWER.fullmatch(line) and (line or not self.left):
            raise AnswerNotSmtp(line)
        return line
