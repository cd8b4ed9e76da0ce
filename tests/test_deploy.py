"""`make run` in a real process: what it does, what it refuses, and that no process is left afterwards."""

import json
import os
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from complaints.models import Complaint
from deploy.children import LONGEST_PAUSE, next_pause
from deploy.run import UNUSED_STATIC, static_state
from office.models import User
from ratings.models import Rating
from recommendations.models import Letter, Submission
from recommendations.workflow import Status
from tests.servers import free_port
from tests.waiting import PATIENCE, wait_until

ROOT = Path(settings.BASE_DIR)
SETTINGS = ("SECRET_KEY", "DATABASE_URL", "CELERY_BROKER_URL", "CELERY_QUEUE", "EMAIL_URL", "HTTPS")
DRAWN = "SELECT count(*) FROM recommendations_letter WHERE pdf <> ''"
SENT = "SELECT count(*) FROM recommendations_slip JOIN office_mail mail ON mail.id = mail_id WHERE status = 'sent'"
UNDRAW = "UPDATE recommendations_letter SET pdf = '', sha256 = '', drawn_at = NULL"
UNSEND = "UPDATE recommendations_slip SET mail_id = NULL"
UNMAIL = "DELETE FROM office_mail WHERE key LIKE 'slip:%'"
OURS = (*SETTINGS, "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE")


def clean(folder: Path, **variables: str) -> dict[str, str]:
    """Return the environment of a separate desk in `folder`, without the variables of the tests."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    embedded = {
        "DATABASE_URL": f"sqlite:///{folder / 'pst-desk.sqlite3'}",
        "CELERY_BROKER_URL": "filesystem://localhost",
    }
    own = {"SECRET_KEY": secrets.token_urlsafe(50), "DEBUG": "0", "HTTPS": "0", "VAR_DIR": str(folder)}
    return kept | embedded | own | {"EMAIL_URL": f"filemail:///{folder / 'mail'}"} | variables


def manage(*command: str, env: dict[str, str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_without_a_secret_key_nothing_starts(tmp_path):
    done = manage("check", env=clean(tmp_path, SECRET_KEY=""))

    assert done.returncode != 0
    assert "SECRET_KEY is missing" in done.stderr


def test_behind_https_the_deployment_check_finds_nothing(tmp_path):
    done = manage(
        "check", "--deploy", "--fail-level", "WARNING", env=clean(tmp_path, HTTPS="1", ALLOWED_HOSTS="pst.example")
    )

    assert done.returncode == 0, done.stderr


def test_the_deployment_check_does_find_what_is_unsafe(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", env=clean(tmp_path, DEBUG="1"))

    assert done.returncode != 0


def processes_of(folder: Path) -> list[int]:
    """Return every process whose environment names the folder, even in another session."""
    mark = f"VAR_DIR={folder}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


class Desk:
    """A desk started by deploy/run.py, as by `make run` after the set-up."""

    def __init__(self, folder: Path, **variables: str):
        self.folder, self.port = folder, free_port()
        self.log = folder / "run.log"
        self.environment = clean(folder, PORT=str(self.port), **variables)
        self.process: subprocess.Popen | None = None

    def start(self) -> "Desk":
        with self.log.open("ab") as log:
            command = [sys.executable, "deploy/run.py"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        wait_until(lambda: self.answers() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()
        return self

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/masuk/", timeout=PATIENCE) as page:
                return page.status == 200
        except OSError:
            return False

    def pid_of(self, name: str) -> int:
        """Return the process id of web, worker or beat, from what the desk printed."""
        return int(re.findall(rf"{name} started \(pid=(\d+)\)", self.said())[-1])

    def is_back(self, name: str, killed: int) -> bool:
        """Return whether another process has taken the place of the killed one."""
        return self.pid_of(name) != killed

    def asked(self, *statements: str) -> list[int]:
        """Return the number that each SQL statement finds or changes in the desk's own database."""
        with closing(sqlite3.connect(self.folder / "pst-desk.sqlite3", timeout=PATIENCE)) as database, database:
            answers = [database.execute(statement) for statement in statements]
            return [(answer.fetchone() or [answer.rowcount])[0] for answer in answers]

    def made(self) -> dict[str, list[tuple[str, int]]]:
        """What the set-up writes once: each file with the moment at which it was written."""
        found = {}
        for name in ("static", "announcements", "demo-accounts.txt"):
            place = self.folder / name
            files = sorted(place.rglob("*")) if place.is_dir() else [place]
            found[name] = [(str(file), file.stat().st_mtime_ns) for file in files if file.is_file()]
        return found

    def clear_away(self) -> None:
        for number in processes_of(self.folder):
            os.kill(number, signal.SIGKILL)
        if self.process:
            self.process.wait()


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """Collect styles, scripts and pictures as `make run` does. Once per run, because it takes seconds."""
    folder = tmp_path_factory.mktemp("collected")
    ignored = [f"--ignore={pattern}" for pattern in UNUSED_STATIC]
    done = manage("collectstatic", "--no-input", "--verbosity", "0", *ignored, env=clean(folder))
    assert done.returncode == 0, done.stderr
    (folder / "static" / ".collected").write_text(static_state(), encoding="utf-8")
    return folder / "static"


@pytest.fixture
def desk(tmp_path, collected) -> Iterator[Desk]:
    shutil.copytree(collected, tmp_path / "static")
    desk = Desk(tmp_path)
    yield desk
    desk.clear_away()


BROKEN = ("beat", "beat.dat", "queue/control/pst-desk.exchange", "queue/control/celery.pidbox.exchange")
UNREAD = "000_half.pst-desk.msg"


def test_one_command_serves_the_desk_and_its_worker_and_ends_without_an_orphan(desk):
    for name in (*BROKEN, f"queue/{UNREAD}", "queue/half.writing"):  # left by a machine that lost its power
        (desk.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (desk.folder / name).write_bytes(b"")
    desk.start()
    wait_until(lambda: desk.asked(DRAWN, SENT) == [1, 1])

    again = subprocess.run(
        [sys.executable, "deploy/run.py"], cwd=ROOT, env=desk.environment, capture_output=True, text=True, check=False
    )
    desk.process.send_signal(signal.SIGINT)
    ended = desk.process.wait(timeout=PATIENCE)

    assert "Akun contoh, kata sandi semuanya" in desk.said()
    assert again.returncode == 1
    assert "running already" in again.stderr
    assert ended == 0
    assert processes_of(desk.folder) == []
    assert [file.name for file in (desk.folder / "queue" / "unreadable").iterdir()] == [UNREAD]
    assert not (desk.folder / "queue" / "half.writing").exists()
    assert "again in" not in desk.said(), "no process died of a broken file"


def test_a_killed_process_is_started_again_and_its_work_is_done(desk):
    desk.start()
    wait_until(lambda: desk.asked(SENT) == [1])
    killed = {name: desk.pid_of(name) for name in ("worker", "web", "beat")}
    assert desk.asked(UNDRAW, UNSEND, UNMAIL) == [1, 1, 1]

    for number in killed.values():
        os.kill(number, signal.SIGKILL)
    wait_until(lambda: all(desk.is_back(name, number) for name, number in killed.items()))
    wait_until(lambda: desk.asked(DRAWN, SENT) == [1, 1])
    wait_until(desk.answers)
    desk.process.send_signal(signal.SIGTERM)
    ended = desk.process.wait(timeout=PATIENCE)

    for name in killed:
        assert re.search(rf"system +\| {name} ended \(code -9\); it starts again in \d+ s", desk.said())
    assert ended == 0
    assert processes_of(desk.folder) == []

    made = desk.made()
    told = len(desk.said())
    desk.start()

    assert made.keys() == {"static", "announcements", "demo-accounts.txt"}
    assert desk.made() == made, "the second start must not set everything up again"
    assert "Data contoh dimuat" not in desk.said()[told:]


def test_a_killed_desk_leaves_no_process_and_starts_again_on_its_port(desk):
    desk.start()
    wait_until(lambda: desk.asked(DRAWN, SENT) == [1, 1])
    others = set(processes_of(desk.folder)) - {desk.process.pid}
    for number in others:
        os.kill(number, signal.SIGSTOP)  # it hangs, so that it ends only when the kernel ends it

    desk.process.kill()
    desk.process.wait()
    wait_until(lambda: processes_of(desk.folder) == [])
    desk.asked(UNDRAW, UNSEND, UNMAIL)
    desk.start()
    wait_until(lambda: desk.asked(DRAWN, SENT) == [1, 1])

    assert len(others) >= 5, "web with its two processes, worker and clock"
    assert "again in" not in desk.said(), "each process started at once"


def test_a_process_whose_parent_is_gone_already_becomes_no_command(tmp_path):
    done = subprocess.run([sys.executable, "-m", "office.parents", "1", "touch", tmp_path / "made"], check=False)

    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_dies_again_and_again_is_started_after_growing_pauses():
    pauses, pause = [], 0
    for _ in range(8):
        pause = next_pause(pause, ran=0.5)
        pauses.append(pause)

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert next_pause(60, ran=LONGEST_PAUSE) == 1


def test_a_set_up_that_fails_is_said_and_nothing_is_started(tmp_path):
    (tmp_path / "pst-desk.sqlite3").write_bytes(b"this is no database" * 100)

    done = subprocess.run(
        [sys.executable, "deploy/run.py"],
        cwd=ROOT,
        env=clean(tmp_path, PORT=str(free_port())),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert re.search("`manage.py prepare --migrate --address http://localhost:.* --demo` could not", done.stderr)
    assert "started" not in done.stdout


def test_a_closed_window_ends_the_desk_too(desk):
    desk.environment["DEMO"] = "no"
    desk.start()

    desk.process.send_signal(signal.SIGHUP)
    desk.process.wait(timeout=PATIENCE)

    assert "createsuperuser" in desk.said()
    assert processes_of(desk.folder) == []


def test_a_port_in_use_is_said_before_anything_is_started(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "deploy/run.py"],
            cwd=ROOT,
            env=clean(tmp_path, PORT=str(port)),
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert not (tmp_path / "pst-desk.sqlite3").exists()


def test_the_demo_shows_every_stage_once_and_is_never_loaded_beside_real_users(office, settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path

    call_command("load_demo")

    stages = set(Submission.objects.values_list("status", flat=True))
    assert stages == {Status.RECORDING, Status.CHECKING, Status.RETURNED, Status.VERIFIED, Status.ISSUED}
    assert Letter.objects.count() == 1
    assert Rating.objects.count() >= office.min_respondents
    assert set(Complaint.objects.values_list("status", flat=True)) == {"received", "answered"}
    assert not User.objects.exclude(email__endswith="@contoh.example").exists()
    assert (tmp_path / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="Sudah ada pengguna"):
        call_command("load_demo")
    call_command("load_demo", "--if-new")
    assert User.objects.count() == 4


def test_the_password_that_the_demo_prints_opens_the_desk(office, settings, tmp_path, client, capsys):
    settings.VAR_DIR = tmp_path
    call_command("load_demo")
    password = re.search(r"kata sandi semuanya (\S+)", capsys.readouterr().out)[1]

    answer = client.post("/masuk/", {"username": "rina", "password": password})

    assert answer.status_code == 302


def test_make_run_collects_every_file_that_pages_name(collected):
    manifest = json.loads((collected / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    templates = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r"""{% static ["']([^"']+)["'] %}""", templates))

    assert len(named) > 3
    assert named - set(manifest) == set()
