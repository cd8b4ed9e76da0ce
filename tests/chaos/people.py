"""A person before a browser: opens pages over HTTP, keeps cookies, fills in the form on the page and sends it."""

import html
import http.client
import re
import secrets
import time
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlencode

LOST = 0
"""The status of a request whose answer did not come."""

Fields = list[tuple[str, str]]


class Person:
    """One browser with its cookies."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, SimpleCookie()

    def open(self, path: str) -> tuple[int, str]:
        """Return the status and the text of a page, without following a redirect."""
        return self._ask("GET", path, b"", {})

    def send(
        self, path: str, fields: Fields, *, file: tuple[str, bytes] | None = None, halfway: Callable | None = None
    ) -> tuple[int, str]:
        """Send a form. With `halfway`, send half of it, call that, and then the rest. Status LOST without an answer."""
        fields = [
            *fields,
            ("csrfmiddlewaretoken", self.cookies["csrftoken"].value if "csrftoken" in self.cookies else ""),
        ]
        body, kind = _body(fields, file)
        return self._ask("POST", path, body, {"Content-Type": kind}, halfway)

    def _ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], halfway: Callable | None = None
    ) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            line.putrequest(method, path)
            sent = {
                "Cookie": self.cookies.output(attrs=[], header="", sep=";").strip(),
                "Content-Length": str(len(body)),
            }
            for name, value in {**sent, **headers}.items():
                line.putheader(name, value)
            line.endheaders()
            if halfway:
                line.send(body[: len(body) // 2])
                time.sleep(0.05)
                halfway()
                line.send(body[len(body) // 2 :])
            elif body:
                line.send(body)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
        except (TimeoutError, OSError, http.client.HTTPException):
            return LOST, ""
        finally:
            line.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return answer.status, text


def typed_in(page: str, *names: str) -> Fields:
    """Return the name and the value of the first input on the page for each of these names."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        facts = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if facts.get("name") in names:
            found.setdefault(facts["name"], html.unescape(facts.get("value", "")))
    return list(found.items())


def _body(fields: Fields, file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    if file is None:
        return urlencode(fields).encode(), "application/x-www-form-urlencoded"
    edge = secrets.token_hex(12)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
    parts.append(head.encode() + b"Content-Type: application/pdf\r\n\r\n" + file[1] + f"\r\n--{edge}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={edge}"
