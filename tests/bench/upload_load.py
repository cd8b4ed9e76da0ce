"""Ask a real web server for pages while hostile files arrive at the page of a telephone."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from multiprocessing import Event, Process
from threading import Thread
from typing import Any

from django.contrib.auth import get_user_model

from recommendations.attachments.actions.phone import open_link
from tests.factories import SubmissionFactory
from tests.procfile import ROOT, command
from tests.servers import free_port

ROUNDS, PAGES = 5, 200
"""The files arrive this many times, each time after so many pages in quiet: a pause of the machine weighs less."""
PAGE = "/masuk/"
PIECE, SPEED = 64 * 1024, 5 * 1024 * 1024
"""In bytes, and bytes a second: what a telephone sends over a good Wi-Fi."""


def pages_beside_uploads(files: list[bytes]) -> tuple[float, float]:
    """Return the 95th percentile of a page in quiet, and while these files arrive, in seconds."""
    link = open_link(SubmissionFactory(), by=get_user_model().objects.get(username="bench"))
    quiet: list[float] = []
    beside: list[float] = []
    with _web_server() as address:
        for _ in range(ROUNDS):
            quiet += [_seconds(address + PAGE) for _ in range(PAGES)]
            are_ready = Event()
            senders = Process(target=_send_all, args=(f"{address}/foto/{link.token}/", files, are_ready))
            senders.start()
            are_ready.wait()
            while senders.is_alive():
                beside.append(_seconds(address + PAGE))
    return _percentile(quiet), _percentile(beside)


@contextmanager
def _web_server() -> Iterator[str]:
    """Start the web server as the Procfile does, and yield its address."""
    port = free_port()
    environment = os.environ | {"PORT": str(port)}
    with subprocess.Popen(command("web"), cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}{PAGE}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(page: str) -> None:
    for _ in range(600):
        try:
            _seconds(page)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(page)


def _seconds(page: str) -> float:
    began = time.perf_counter()
    with urllib.request.urlopen(page, timeout=60) as answer:  # noqa: S310 - our own server
        answer.read()
    return time.perf_counter() - began


def _send_all(page: str, files: list[bytes], are_ready: Any) -> None:
    """Send the files at once, as telephones do: other machines, which do not slow down the page that is measured."""
    os.nice(10)
    sending = [Thread(target=send) for send in [_prepared(page, file) for file in files]]
    are_ready.set()
    for sender in sending:
        sender.start()
    for sender in sending:
        sender.join()


def _prepared(page: str, content: bytes) -> Callable[[], None]:
    """Open the page as a telephone does, and return what sends the file, which raises unless the desk answers."""
    cookies = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    browser.open(page, timeout=60).read()
    token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
    parts = [("csrfmiddlewaretoken", "", token.encode()), ("kind", "", b"lain"), ("file", "foto.jpg", content)]
    body = b"".join(_part(*part) for part in parts) + b"--edge--\r\n"
    head = {"Content-Type": "multipart/form-data; boundary=edge", "HX-Request": "true", "Content-Length": len(body)}

    def send() -> None:
        try:
            browser.open(urllib.request.Request(page, _at_the_speed_of_wifi(body), head), timeout=120).read()  # noqa: S310 - our own server
        except urllib.error.HTTPError as refused:
            if refused.code != 422:
                raise

    return send


def _at_the_speed_of_wifi(body: bytes) -> Iterator[bytes]:
    for begin in range(0, len(body), PIECE):
        yield body[begin : begin + PIECE]
        time.sleep(PIECE / SPEED)


def _part(name: str, filename: str, content: bytes) -> bytes:
    named = f'; filename="{filename}"' if filename else ""
    return f'--edge\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + content + b"\r\n"


def _percentile(times: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(times)[int(len(times) * 0.95) - 1]
