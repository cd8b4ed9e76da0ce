"""Set up a stack for a run: its servers, the tables, the office's people, the mail server, and the desk."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import redis
from aiosmtpd.controller import Controller

from tests import servers
from tests.chaos.desk import ROOT, Desk
from tests.chaos.mail import MailServer
from tests.waiting import wait_until

PASSWORD = "kelotok-1234-soto"


class Server:
    """A server of the office stack, in its own process group, which the run kills, freezes and starts again."""

    def __init__(self, command: list[str], folder: str, owner: int | None) -> None:
        self.command, self.folder, self.owner = command, folder, owner
        self.start()

    def start(self) -> None:
        with (Path(self.folder) / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, user=self.owner, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
            )

    def signal(self, number: int) -> None:
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """Kill the server and its children with signal 9."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGKILL)
        self.process.wait()


@dataclass
class Stage:
    """What a fault can reach."""

    stack: str
    var: Path
    desk: Desk
    mails: MailServer
    database: Server | None
    broker: Server | None
    broker_url: str
    has_own_disk: bool

    def fill_disk(self) -> None:
        """Leave no byte free where the desk writes, although it writes meanwhile."""
        free = os.statvfs(self.var)
        taken, piece = 0, free.f_bavail * free.f_frsize
        with (self.var / "filling").open("wb") as filling:
            while piece:
                try:
                    os.posix_fallocate(filling.fileno(), taken, piece)
                    taken += piece
                except OSError:  # not so much is free
                    piece //= 2

    def free_disk(self) -> None:
        (self.var / "filling").unlink()

    def empty_queue(self) -> None:
        """Delete every message of the broker."""
        if self.broker:
            with redis.Redis.from_url(self.broker_url) as client:
                client.flushdb()
        else:
            for message in (self.var / "queue").glob("*.msg"):
                message.unlink(missing_ok=True)

    def shift_clock(self, seconds: float) -> None:
        """Set the clock of every process wrong by that much; 0 sets it right."""
        shift = self.var / "shift"
        if seconds:
            shift.with_suffix(".new").write_text(str(seconds), encoding="utf-8")
            shift.with_suffix(".new").rename(shift)
        else:
            shift.unlink(missing_ok=True)

    def manage(self, *words: str) -> None:
        """Run a management command of the desk to its end. Its exit code does not matter."""
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=self.desk.environment, check=False, capture_output=True)


@contextmanager
def stage(stack: str) -> Iterator[Stage]:
    """Yield a running desk with its people. Set up Django in this process for the same database."""
    with ExitStack() as ends:
        folder = ends.enter_context(tempfile.TemporaryDirectory(prefix="pst-desk-chaos-", ignore_cleanup_errors=True))
        var = Path(folder) / "var"
        var.mkdir()
        has_own_disk = ends.enter_context(_small_disk(var))
        mails = MailServer()
        controller = Controller(mails, hostname="127.0.0.1", port=servers.free_port())
        controller.start()
        ends.callback(controller.stop)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "VAR_DIR": str(var),
            "DEBUG": "0",
            "HTTPS": "0",
            "EMAIL_URL": f"smtp://127.0.0.1:{controller.port}",
            "CELERY_BROKER_URL": "filesystem://localhost",
            "DATABASE_URL": f"sqlite:///{var / 'desk.sqlite3'}",
            "CELERY_QUEUE": "pst-desk",
        }
        database = broker = None
        if stack == "office":
            database = ends.enter_context(_postgresql(environment))
            broker = ends.enter_context(_redis(environment))
        _set_up(environment)
        desk = ends.enter_context(Desk(servers.free_port(), environment, Path(folder)))
        yield Stage(stack, var, desk, mails, database, broker, environment["CELERY_BROKER_URL"], has_own_disk)


@contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    """Mount a disk of 96 MB at the folder. Yield whether this user may."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", folder]
    is_mounted = os.geteuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", folder], check=False)  # noqa: S607 - as mount, for root only


@contextmanager
def _postgresql(environment: dict[str, str]) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="pst-desk-chaos-pg-", ignore_cleanup_errors=True) as folder:
        owner, port, place = servers._owner_of(folder), servers.free_port(), f"{folder}/data"
        programs = servers._initdb().parent
        new = [programs / "initdb", "-D", place, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run([*new, "--no-sync"], user=owner, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        run = [
            str(programs / "postgres"),
            "-D",
            place,
            "-k",
            folder,
            "-p",
            str(port),
            "-c",
            "listen_addresses=127.0.0.1",
        ]
        server = Server(run, folder, owner)
        url = f"postgres://postgres@127.0.0.1:{port}/postgres"
        wait_until(lambda: servers.postgresql_answers(url))
        connection = psycopg2.connect(url)
        connection.autocommit = True
        connection.cursor().execute("CREATE DATABASE desk")
        connection.close()
        environment["DATABASE_URL"] = f"postgres://postgres@127.0.0.1:{port}/desk"
        try:
            yield server
        finally:
            server.kill()


@contextmanager
def _redis(environment: dict[str, str]) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="pst-desk-chaos-redis-", ignore_cleanup_errors=True) as folder:
        port = servers.free_port()
        command = [shutil.which("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
        server = Server([*command, "--save", "", "--appendonly", "yes"], folder, None)
        environment["CELERY_BROKER_URL"] = f"redis://127.0.0.1:{port}/0"
        wait_until(lambda: servers.redis_answers(environment["CELERY_BROKER_URL"]))
        try:
            yield server
        finally:
            server.kill()


def _set_up(environment: dict[str, str]) -> None:
    """Make the tables and the office, with an officer and a head."""
    os.environ.update(environment)
    command = [sys.executable, "manage.py", "prepare", "--migrate"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    from django.contrib.auth.models import Group

    from office.models import Head, Office, User
    from pst_desk.roles import KEPALA, PETUGAS

    for username, name, role in (("rina", "Rina Contoh", PETUGAS), ("siti", "Siti Contoh", KEPALA)):
        user = User(username=username, name=name, must_change_password=False)
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name=role))
    Head.objects.create(user=user, since_on="2020-01-01")
    Office.objects.update(devices_required=False, public_url="https://pst.contoh.example")
