"""Let a test wait for a silent mail server without a limit of time that a busy machine could reach."""

import select
import socket
import threading

from office import mail_answers
from tests.waiting import wait_until


def wait_for_silence(monkeypatch, fell_silent: threading.Event) -> None:
    """Let a wait for an answer time out when the server has fallen silent, and only then, however slow the machine is.

    Each silence ends one wait.
    """
    read_what_came = mail_answers._Received.readinto

    def read(received: mail_answers._Received, buffer) -> int:
        wait_until(lambda: _has_come(received.connection.sock) or fell_silent.is_set())
        if fell_silent.is_set():
            fell_silent.clear()
            raise TimeoutError("timed out")
        return read_what_came(received, buffer)

    monkeypatch.setattr(mail_answers._Received, "readinto", read)


def _has_come(sock: socket.socket) -> bool:
    return bool(select.select([sock], [], [], 0.05)[0])
