"""Measure check-ins by HTTP, as from the kiosk: gunicorn on loopback as in the Procfile, 8 clients, 400 check-ins."""

import http.client
import os
import re
import subprocess
import time
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.bench.figures import Figure, median_of
from tests.procfile import ROOT, command
from tests.servers import free_port

CLIENTS, EACH = 8, 50
BUDGET = 300
PAGE = "/kios/layanan/R/"


def measure() -> list[Figure]:
    """Measure the POST that draws and saves the number."""
    with gunicorn() as port, ThreadPoolExecutor(CLIENTS) as clients:
        _check_in(port)  # warm up: the workers read their templates
        milliseconds = sorted(one for many in clients.map(_visitors, [port] * CLIENTS) for one in many)
    ninety_fifth = milliseconds[int(len(milliseconds) * 0.95)]
    told = f"median {median_of(milliseconds):.0f} ms, 95th percentile {ninety_fifth:.0f} ms (budget {BUDGET})"
    job = f"{CLIENTS * EACH} check-ins by HTTP"
    return [Figure(job, f"gunicorn, {CLIENTS} clients", told, ninety_fifth < BUDGET, depends_on_load=True)]


@contextmanager
def gunicorn() -> Iterator[int]:
    """Start the Procfile's web server. Yield its port."""
    port = free_port()
    server = subprocess.Popen(command("web", "--log-level warning"), cwd=ROOT, env=os.environ | {"PORT": str(port)})
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            ask(port, "GET", "/masuk/")
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def _visitors(port: int) -> list[float]:
    return [_check_in(port) for _ in range(EACH)]


def _check_in(port: int) -> float:
    """Open the form and send it. Return the milliseconds of the sending."""
    form, answer = ask(port, "GET", PAGE)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', form))
    typed = {
        "name": "Fajar Contoh",
        "agency": "Dinas Contoh",
        "position": "Staf",
        "phone": "0812 0000 0103",
        "email": "fajar@contoh.example",
    }
    cookie = answer.getheader("Set-Cookie").partition(";")[0]
    began = time.monotonic()
    _, answer = ask(port, "POST", PAGE, urllib.parse.urlencode(fields | typed), {"Cookie": cookie})
    lasted = (time.monotonic() - began) * 1000
    assert answer.status == 302, f"no number was drawn: {answer.status}"
    return lasted


def ask(port: int, method: str, path: str, body: str | None = None, more: dict | None = None):
    """Send one request of a new connection. Return the text of the answer, and the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, path, body, headers | (more or {}))
    answer = connection.getresponse()
    words = answer.read().decode()
    connection.close()
    return words, answer
