"""Measure what the requests of boards, telephones and consoles cost: `make bench-board`.

Starts the web server of the Procfile on loopback with a new SQLite database (or an empty DATABASE_URL). Paired boards,
telephones of waiting visitors and consoles send requests as their scripts do, and a visit moves every two seconds. For
each mix it prints one line of JSON. CPU is measured in the server's processes, the delay in the clients.
"""

import argparse
import http.client
import json
import os
import random
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.procfile import command  # noqa: E402 - importable only after the root is on the path

WARM_UP = 6.0
"""Seconds. After this time each thread of the server has opened its connection and read its templates."""


@dataclass
class Watcher(threading.Thread):
    """One screen: it sends requests at an interval, and records when it learned of each version."""

    kind: str
    port: int
    path: str
    cookie: str
    interval: float
    until: float
    learned: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    refused: int = 0

    def __post_init__(self):
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Send requests until the end of the measurement."""
        time.sleep(random.random() * self.interval)  # noqa: S311 - screens do not start at the same moment
        line, etag = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5), ""
        while time.time() < self.until:
            begun = time.time()
            try:
                etag = self.ask(line, etag)
            except (OSError, http.client.HTTPException):  # the server closed an idle line; a browser also asks again
                line.close()
                continue
            self.answers.append(time.time() - begun)
            time.sleep(self.interval)

    def ask(self, line: http.client.HTTPConnection, etag: str) -> str:
        """Send one request. Return the ETag for the next."""
        known = {"If-None-Match": etag} if etag else {}
        line.request("GET", self.path, headers={"Cookie": self.cookie} | known)
        answer = line.getresponse()
        body = answer.read()
        self.sizes.append(len(body) + len(str(answer.headers)))
        self.refused += answer.status not in (200, 304)
        if answer.status == 200:
            self.learned.append(time.time())
        return answer.headers["ETag"] or etag


def seconds_of(group: int) -> float:
    """Return the CPU seconds that the server's processes have used."""
    used = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def serve(port: int) -> subprocess.Popen:
    """Start the web server as in the Procfile."""
    started, environment = command("web", "--log-level warning"), os.environ | {"PORT": str(port)}
    server = subprocess.Popen(started, cwd=ROOT, env=environment, start_new_session=True)
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server


def set_up() -> None:
    """Make a new desk with two counters and a hundred waiting visitors, too many for a telephone's to be called."""
    import django

    django.setup()
    from django.core.management import call_command

    from guestbook.actions import check_in
    from guestbook.models import Visitor
    from office.models import Service

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("prepare", stdout=sys.stderr)
    for number in range(100):
        visitor = Visitor(name=f"Budi Contoh {number}")
        check_in(service=Service.objects.get(prefix="K"), visitor=visitor, form_token=uuid.uuid4())


def officer() -> object:
    """Return an officer."""
    from django.contrib.auth.models import Group

    from office.models import User
    from pst_desk import roles

    user, _ = User.objects.get_or_create(username="rina", name="Rina Contoh", must_change_password=False)
    user.groups.add(Group.objects.get(name=roles.PETUGAS))
    return user


def boards(count: int) -> Iterator[tuple[str, str]]:
    """Return path and cookie of paired boards, each with its own key."""
    from django.core import signing

    from office import device_actions, devices
    from office.models import Device

    for _ in range(count):
        _, key = device_actions.pair(
            device_actions.make_code(Device.objects.create(kind="board", name="ukuran"), by=None)
        )
        signed = signing.get_cookie_signer(salt=devices.COOKIE + devices.SALT).sign(key)
        yield "/papan/keadaan/", f"{devices.COOKIE}={signed}"


def telephones(count: int) -> Iterator[tuple[str, str]]:
    """Return path and cookie of the last visitors in the queue. None of them is called during the measurement."""
    from guestbook.models import Visit

    for visit in Visit.objects.order_by("-pk")[:count]:
        yield f"/antrian/{visit.token}/", ""


def consoles(count: int) -> Iterator[tuple[str, str]]:
    """Return path and cookie of officers, each with their own session."""
    from django.test import Client

    for _ in range(count):
        client = Client()
        client.force_login(officer())
        yield "/loket/2/antrian/?hadir=", f"sessionid={client.cookies['sessionid'].value}"


def moves() -> Iterator[str]:
    """Call, start and finish visits at the first counter. Yield each move."""
    from guestbook.actions import call_next, finish, start
    from office.models import Counter

    counter, rina = Counter.objects.get(number=1), officer()
    while visit := call_next(counter, by=rina):
        yield "call"
        start(visit, by=rina)
        yield "start"
        finish(visit, by=rina)
        yield "finish"


def make(desk: Iterator[str], until: float, between: float) -> list[tuple[float, str]]:
    """Make moves until that time. Return each move with the time of its commit."""
    made = []
    while time.time() < until:
        what = next(desk)
        made.append((time.time(), what))
        time.sleep(between)
    return made


def spread(values: list[float]) -> dict[str, int]:
    """Return median, 95th percentile and worst, in milliseconds."""
    cuts = statistics.quantiles(values, n=20)
    return {"median_ms": round(cuts[9] * 1000), "p95_ms": round(cuts[18] * 1000), "max_ms": round(max(values) * 1000)}


def measure(mix: dict[str, int], desk: Iterator[str], wanted: argparse.Namespace) -> dict:
    """Measure one mix of screens, from the start of the server to its end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made_by = {"board": boards, "telephone": telephones, "console": consoles}
    until = time.time() + WARM_UP + 3 + wanted.seconds
    watchers = [
        Watcher(kind, port, path, cookie, wanted.interval, until)
        for kind, count in mix.items()
        for path, cookie in made_by[kind](count)
    ]
    server = serve(port)
    try:
        for watcher in watchers:
            watcher.start()
        make(desk, time.time() + WARM_UP, 0.5)
        begun, used = time.time(), seconds_of(server.pid)
        asked = sum(len(watcher.answers) for watcher in watchers)
        made = make(desk, until - 2, wanted.between)
        lasted, used = time.time() - begun, seconds_of(server.pid) - used
        asked = sum(len(watcher.answers) for watcher in watchers) - asked
        for watcher in watchers:
            watcher.join()
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
    delays = {
        kind: [
            min(at - moved for at in watcher.learned if at >= moved)
            for moved, what in made
            for watcher in watchers
            if watcher.kind == kind and what in CHANGES[kind]
        ]
        for kind in mix
    }
    return {
        "mix": mix,
        "interval_s": wanted.interval,
        "between_moves_s": wanted.between,
        "lasted_s": round(lasted),
        "load": round(os.getloadavg()[0], 1),
        "moves": len(made),
        "requests_a_second": round(asked / lasted, 1),
        "refused": sum(watcher.refused for watcher in watchers),
        "server_cpu_of_one_core": round(used / lasted, 3),
        "cpu_ms_a_request": round(1000 * used / asked, 2),
        "bytes_a_request": round(statistics.mean(size for watcher in watchers for size in watcher.sizes)),
        "answer": spread([answer for watcher in watchers for answer in watcher.answers]),
        "learned_after": spread([delay for kind in mix for delay in delays[kind]]),
        "learned_after_by_kind": {kind: spread(delays[kind]) for kind in mix},
    }


CHANGES = {"board": ("call", "start", "finish"), "telephone": ("call",), "console": ("call", "start", "finish")}
"""The moves that change each kind of screen. A call moves every waiting visitor up."""
MIXES = [{"board": 10, "telephone": 40}, {"board": 50}, {"board": 10, "telephone": 35, "console": 5}]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mix", type=json.loads, help="""e.g. '{"board": 50}'; else all of the decision""")
    parser.add_argument("--interval", type=float, default=0.9)
    parser.add_argument("--between", type=float, default=2.0, help="seconds from one move to the next")
    parser.add_argument("--seconds", type=int, default=30)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pst-desk-bench-") as folder:
        os.environ |= {"VAR_DIR": folder, "SECRET_KEY": secrets.token_urlsafe(50), "DEBUG": "0", "HTTPS": "0"}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "pst_desk.settings", "CELERY_BROKER_URL": "filesystem://localhost"}
        set_up()
        desk = moves()
        for mix in [wanted.mix] if wanted.mix else MIXES:
            sys.stdout.write(json.dumps(measure(mix, desk, wanted)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
