"""Talk to the office's mail server, and tell a mail that was certainly not taken from one that may have been taken.

A server owns a mail from the moment it answers 250 to the end of DATA. Until the end of DATA is sent, no server has
the mail, and it can be sent again. Between the two it is unknown: the server may have taken the mail although its
answer was lost (RFC 5321, 4.2.5 and 6.1).
"""

import contextlib
import io
import smtplib
import socket
import time
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

END_OF_DATA = b"\r\n.\r\n"
LASTS_AT_MOST = 90
"""Seconds for one connection, from the first try to connect to the last answer. EMAIL_TIMEOUT begins again with every
byte, and a server that sends one now and then would hold the worker without end."""


class AnswerLost(smtplib.SMTPException):
    """Raised when the whole mail was sent and the server gave no answer that can be understood."""


class Stalled(smtplib.SMTPException):
    """Raised when the server fell silent while it took this one mail, and does not have it whole."""


class Conversation(smtplib.SMTP):
    """An SMTP connection that keeps the server's answer to the mail, and raises AnswerLost."""

    is_sent_whole = False
    answer = ""

    def __init__(self, *where: Any, **how: Any) -> None:
        self.ends_at = time.monotonic() + LASTS_AT_MOST
        super().__init__(*where, **how)

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        """Connect to the first address of the host that answers. Raise OSError; TimeoutError after the longest time."""
        problem: OSError = TimeoutError("The mail server has no address.")
        for address in dict.fromkeys(found[4][0] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)):
            self.limit()
            try:
                return super()._get_socket(str(address), port, min(timeout, self.ends_at - time.monotonic()))  # type: ignore[misc]
            except OSError as refused:
                problem = refused
        raise problem

    def limit(self) -> None:
        """Let the next step on the socket take no longer than the connection may last. Raise TimeoutError after it."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("The mail server takes too long.")
        if self.sock:
            self.sock.settimeout(min(left, self.timeout))

    def getreply(self) -> tuple[int, bytes]:
        """Read the server's answer. Raise SMTPServerDisconnected also when the connection has lasted too long."""
        if self.file is None:
            self.file = io.BufferedReader(_Answers(self))
        return super().getreply()

    def send(self, s: Any) -> None:
        """Send bytes, and note when the end of DATA is among them."""
        self.limit()
        super().send(s)
        if isinstance(s, bytes) and s.endswith(END_OF_DATA):
            self.is_sent_whole = True
            self.ends_at = max(self.ends_at, time.monotonic() + self.timeout)  # its answer is worth waiting for

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send one mail and return the server's answer. Raise AnswerLost when it is missing or not an answer."""
        self.is_sent_whole = False
        try:
            code, said = super().data(msg)
        except Exception as problem:
            if self.is_sent_whole:
                raise AnswerLost(type(problem).__name__) from problem
            if isinstance(problem, OSError | smtplib.SMTPServerDisconnected):
                raise Stalled(type(problem).__name__) from problem
            raise
        if not 400 <= code < 600 and code != 250:
            raise AnswerLost(f"{code} {said!r}")
        self.answer = f"{code} {said.decode(errors='replace')}"
        return code, said

    def quit(self) -> tuple[int, bytes]:
        """Say goodbye. What the server answers to that does not change what became of the mail."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            return super().quit()
        self.close()
        return 221, b""


class EncryptedConversation(Conversation, smtplib.SMTP_SSL):
    """The same over a connection that is encrypted from its start."""


class _Answers(io.RawIOBase):
    """What the server sends over the connection of a conversation, as a file."""

    def __init__(self, conversation: Conversation):
        self.conversation = conversation

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.conversation.limit()
        return self.conversation.sock.recv_into(buffer)  # type: ignore[union-attr]


class Backend(EmailBackend):
    """Django's SMTP backend with our connection. `answer` is what the server said to the last mail that it took."""

    answer = ""

    @property
    def connection_class(self) -> type[Conversation]:
        return EncryptedConversation if self.use_ssl else Conversation

    def close(self) -> None:
        """Close the connection and keep the server's answer."""
        self.answer = getattr(self.connection, "answer", self.answer)
        super().close()


def send_message(message: EmailMessage) -> str:
    """Send one message. Return what the server said, or "" when the office's mails are files.

    Raise AnswerLost when the server may have taken the message. After any other exception it has not.
    """
    connection = get_connection()
    connection.send_messages([message])
    return " ".join(getattr(connection, "answer", "").split())[:300]
