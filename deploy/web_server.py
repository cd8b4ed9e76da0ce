"""Gunicorn's settings that no option can say."""

import socket
import struct
from typing import Any

LONGEST_SILENCE = 20
"""Seconds. A telephone that has gone in the middle of a request would hold a thread for ever."""


def when_ready(server: Any) -> None:
    """Let each connection end when the client is silent for too long in the middle of a request.

    Linux gives the limit of the listening socket to every connection that it accepts.
    """
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", LONGEST_SILENCE, 0))
