"""What the polling of boards costs: `make bench-board`.

Starts the web server of the Procfile on loopback with a new SQLite database (or an empty DATABASE_URL), lets
so many paired boards ask, makes a call every two seconds, and prints one line of JSON.
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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
BETWEEN_CALLS = 2.0


class Board(threading.Thread):
    """One television: asks, waits, asks; notes when it learned of each version."""

    def __init__(self, port: int, interval: float, cookie: str, until: float):
        super().__init__(daemon=True)
        self.port, self.interval, self.cookie, self.until = port, interval, cookie, until
        self.learned: list[float] = []
        self.asked, self.refused = 0, 0
        self.answers: list[float] = []

    def run(self) -> None:
        """Until the end of the measurement."""
        time.sleep(random.random() * self.interval)  # noqa: S311 - boards are not switched on at one moment
        line, etag = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5), ""
        while time.time() < self.until:
            begun = time.time()
            try:
                line.request("GET", "/papan/keadaan/", headers={"Cookie": self.cookie, "If-None-Match": etag})
                answer = line.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):  # the server closed an idle line; a browser asks again too
                line.close()
                continue
            self.asked += 1
            self.refused += answer.status not in (200, 304)
            self.answers.append(time.time() - begun)
            if answer.status == 200:
                etag = answer.headers["ETag"]
                self.learned.append(time.time())
            time.sleep(self.interval)


def seconds_of(group: int) -> float:
    """CPU time that the processes of the server have used."""
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
    """The web server as the Procfile starts it."""
    command = [sys.executable, "-m", "gunicorn", "pst_desk.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--threads", "4", "--timeout", "60", "--no-control-socket"]
    server = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server


def set_up() -> tuple[str, object]:
    """A new desk with a paired board and people who wait; the board's cookie, and the officer."""
    import django

    django.setup()
    from django.core import signing
    from django.core.management import call_command

    from guestbook.actions import check_in
    from guestbook.models import Visitor
    from office import devices
    from office.models import Device, Service, User

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("prepare", stdout=sys.stderr)
    officer = User.objects.create(username="rina", name="Rina Contoh")
    for number in range(60):
        visitor = Visitor(name=f"Budi Contoh {number}")
        check_in(service=Service.objects.get(prefix="K"), visitor=visitor, form_token=uuid.uuid4())
    _, key = devices.pair(devices.make_code(Device.objects.create(kind="board", name="ukuran")))
    signed = signing.get_cookie_signer(salt=devices.COOKIE + devices.SALT).sign(key)
    return f"{devices.COOKIE}={signed}", officer


def make_calls(officer: object, until: float) -> list[float]:
    """Call one after the other; when each was committed."""
    from guestbook.actions import call_next, finish, start
    from office.models import Counter

    counter, made = Counter.objects.get(number=1), []
    present = None
    while time.time() < until - 2 * BETWEEN_CALLS:
        time.sleep(BETWEEN_CALLS)
        if present is None:
            present = call_next(counter, by=officer)
        else:
            finish(start(present, by=officer), by=officer)
            present = None
        made.append(time.time())
    return made


def spread(values: list[float]) -> dict[str, int]:
    """Median, 95th percentile and the worst, in milliseconds."""
    cuts = statistics.quantiles(values, n=20)
    return {"median_ms": round(cuts[9] * 1000), "p95_ms": round(cuts[18] * 1000), "max_ms": round(max(values) * 1000)}


def measure(clients: int, interval: float, seconds: int) -> dict:
    """The whole measurement."""
    cookie, officer = set_up()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = serve(port)
    try:
        time.sleep(1)
        begun, used = time.time(), seconds_of(server.pid)
        boards = [Board(port, interval, cookie, begun + seconds) for _ in range(clients)]
        for board in boards:
            board.start()
        made = make_calls(officer, begun + seconds)
        for board in boards:
            board.join()
        lasted, used = time.time() - begun, seconds_of(server.pid) - used
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
    delays = [[min(at - call for at in board.learned if at >= call) for board in boards] for call in made]
    return {
        "clients": clients,
        "interval_s": interval,
        "lasted_s": round(lasted),
        "requests_a_second": round(sum(board.asked for board in boards) / lasted, 1),
        "refused": sum(board.refused for board in boards),
        "server_cpu_of_one_core": round(used / lasted, 3),
        "cpu_ms_a_request": round(1000 * used / sum(board.asked for board in boards), 2),
        "answer": spread([answer for board in boards for answer in board.answers]),
        "changes": len(made),
        "learned_after": spread([delay for change in delays for delay in change]),
        "last_board_after": spread([max(change) for change in delays]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--interval", type=float, default=0.9)
    parser.add_argument("--seconds", type=int, default=30)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pst-desk-bench-") as folder:
        os.environ |= {"VAR_DIR": folder, "SECRET_KEY": secrets.token_urlsafe(50), "DEBUG": "0", "HTTPS": "0"}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "pst_desk.settings", "CELERY_BROKER_URL": "filesystem://localhost"}
        sys.stdout.write(json.dumps(measure(wanted.clients, wanted.interval, wanted.seconds)) + "\n")


if __name__ == "__main__":
    main()
