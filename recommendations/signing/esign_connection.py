"""One request to the signing service, sent once: what came back, or what is known when nothing did.

No exception of the connection goes further than this file, because requests puts the whole request into it.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, cast

import requests
from django.views.decorators.debug import sensitive_variables
from requests.auth import HTTPBasicAuth

TIMEOUTS = (30.0, 120.0)
"""Seconds to connect, and seconds of silence after that. To sign takes the service 1 to 60 s."""
ANSWER_LASTS_AT_MOST = 180.0
"""Seconds for the body of an answer. The second time-out begins again with each byte."""
LONGEST_EXCHANGE = sum(TIMEOUTS) + ANSWER_LASTS_AT_MOST + TIMEOUTS[1]
"""Seconds after which a request is over: the last silence may begin just before the body's time ends."""
LARGEST_ANSWER = 40 * 1024 * 1024
PART = 64 * 1024
HEADERS = {"Accept-Encoding": "identity", "Connection": "close"}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EsignService:
    """Where the office's Esign Client Service is, and how the office signs in there."""

    url: str
    user: str
    password: str = field(repr=False)
    version: Literal["v1", "v2"]


class Body:
    """What one request carries. It knows whether it left this machine, and is overwritten afterwards."""

    def __init__(self, content: bytearray, content_type: str) -> None:
        self._content = content
        self.content_type = content_type
        self.has_left = False

    def __len__(self) -> int:
        return len(self._content)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the whole body. The library requests asks for it after it has connected and sent the headers."""
        self.has_left = True
        yield cast("bytes", self._content)  # sockets take both, and only a bytearray can be overwritten

    def wipe(self) -> None:
        self._content[:] = bytes(len(self._content))


@dataclass(frozen=True)
class EsignAnswer:
    """What the service answered. `body` is empty when it did not come whole, while the headers are known."""

    status_code: int
    headers: dict[str, str]
    body: bytes = field(repr=False)


class Silence(Enum):
    """What is known about a request without an answer."""

    NOT_SENT = "nothing of its body left this machine"
    LOST = "the service may have got it and may have acted"


@sensitive_variables()
def exchange(
    service: EsignService, path: str, body: Body | None, timeouts: tuple[float, float]
) -> EsignAnswer | Silence:
    """POST the body, or GET without one, and wipe the body. Raise nothing."""
    try:
        return _asked(service, path, body, timeouts)
    except Exception as problem:  # noqa: BLE001 - the letter may be signed after any of them, and the exception holds the body
        log.warning("The signing service gave no answer: %s.", type(problem).__name__)
    finally:
        if body:
            body.wipe()
    return Silence.NOT_SENT if body and not body.has_left else Silence.LOST


@sensitive_variables()
def _asked(service: EsignService, path: str, body: Body | None, timeouts: tuple[float, float]) -> EsignAnswer:
    with requests.Session() as session:
        session.trust_env = False  # no proxy, no .netrc, no other certificates from the environment
        with session.request(
            "POST" if body else "GET",
            service.url.rstrip("/") + path,
            data=body,
            headers=HEADERS | ({"Content-Type": body.content_type} if body else {}),
            auth=HTTPBasicAuth(service.user.encode(), service.password.encode()),
            timeout=timeouts,
            allow_redirects=False,
            stream=True,
        ) as response:
            return EsignAnswer(response.status_code, dict(response.headers), _body_of(response))


def _body_of(response: requests.Response) -> bytes:
    """Return the body, or b"" when it breaks off or has no end."""
    try:
        return _whole(response)
    except Exception as problem:  # noqa: BLE001 - as above; what the headers say is not lost with the body
        log.warning("The answer of the signing service broke off: %s.", type(problem).__name__)
        return b""


def _whole(response: requests.Response) -> bytes:
    """Return the body. Raise OverflowError or TimeoutError when it has no end."""
    body, ends_at = bytearray(), time.monotonic() + ANSWER_LASTS_AT_MOST
    while part := response.raw.read1(PART, decode_content=False):
        body += part
        if len(body) > LARGEST_ANSWER:
            raise OverflowError("The answer is too large.")
        if time.monotonic() > ends_at:
            raise TimeoutError("The answer takes too long.")
    return bytes(body)
