"""The part of `make run` after the set-up: update the database, then run web, worker and clock until Ctrl-C.

The Procfile lists the processes; one that ends is started again. Work that the worker has not done is in the database,
and the next start does it.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

import environ

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from deploy.children import keep_running  # noqa: E402 - importable only after the root is on the path

environ.Env.read_env(ROOT / ".env")  # a variable of the environment overrides it, as in settings.py
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"
VAR_DIR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
FIRST_ACCOUNT = "The first account: .venv/bin/python manage.py createsuperuser"
UNUSED_STATIC = (
    *("bootstrap-*", "bootstrap.css*", "bootstrap*.js*", "*.rtl.*", "htmax*", "htmx-4*", "ext"),
    *("htmx-2.js", "jquery.js", "select2.full.js", "xregexp.js"),  # pages use their short versions, *.min.js
)
"""Files of packages that no page uses. Compressing them would take as long as all other files."""


def main() -> int:
    os.chdir(ROOT)
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # the folder holds personal data
    with (VAR_DIR / "run.lock").open("a+") as lock:
        claim_lock(lock)
        must_be_free(PORT)
        forget_queue_tables()
        prepare()
        tell_where()
        return run()


def claim_lock(lock: TextIO) -> None:
    """Take the lock of this folder, or exit when another desk has it. The kernel frees it when this process ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        sys.exit(f"The desk is running already (process {lock.read().strip()}): end it there with Ctrl-C.")
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()


def must_be_free(port: str) -> None:
    """Exit with a message when the port cannot be used, before any process is started."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT={port} is not a port: use a number from 1 to 65535, e.g. make run PORT=8001")
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((HOST, int(port)))
        except PermissionError:
            sys.exit(f"Port {port} may not be opened by this user. Take another one: make run PORT=8000")
        except OSError:
            sys.exit(f"Port {port} is in use by another program. Take another one: make run PORT={int(port) + 1}")


def forget_queue_tables() -> None:
    """Remove what no start may trust in the queue of files: half-written messages, and tables that are written again.

    pst_desk/embedded_broker.py writes both. No process uses them now, because this one holds the lock of the folder.
    """
    queue = VAR_DIR / "queue"
    for unfinished in queue.glob("*.writing"):
        unfinished.unlink()
    shutil.rmtree(queue / "control", ignore_errors=True)


def prepare() -> None:
    """Do the set-up steps that are safe to repeat at each start; independent steps run at the same time."""
    with ThreadPoolExecutor() as side_by_side:
        parts = [side_by_side.submit(part) for part in (fill_database, collect_static, make_voice)]
    for part in parts:
        part.result()


def fill_database() -> None:
    """Create the tables and what every office needs; load the demo into a database without users. In one process."""
    is_shown = (os.environ.get("DEMO") or "yes").lower() not in {"no", "0", "false"}
    manage("prepare", "--migrate", "--address", here(), *(["--demo"] if is_shown else []))


def collect_static() -> None:
    """Collect and compress styles, scripts and pictures. Skip this, which takes seconds, when no file has changed."""
    stamp = VAR_DIR / "static" / ".collected"
    state = static_state()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    ignored = [f"--ignore={pattern}" for pattern in UNUSED_STATIC]
    manage("collectstatic", "--no-input", "--verbosity", "0", *ignored)
    stamp.write_text(state, encoding="utf-8")


def make_voice() -> None:
    """Make the sounds of the board. The board works without them."""
    subprocess.run([sys.executable, "manage.py", "make_announcements"], check=False)


def static_state() -> str:
    """Return a digest that changes with any file under static/ and with requirements.txt."""
    facts = [f"{file} {file.stat().st_mtime_ns}" for file in sorted((ROOT / "static").rglob("*")) if file.is_file()]
    facts.append((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def manage(*command: str) -> None:
    """Run a management command. Exit when it fails."""
    done = subprocess.run([sys.executable, "manage.py", *command], check=False)
    if done.returncode:
        sys.exit(f"`manage.py {' '.join(command)}` could not be done; see above.")


def here() -> str:
    """Return the address at which this machine opens the desk."""
    return f"http://{'localhost' if HOST in {'127.0.0.1', '0.0.0.0'} else HOST}:{PORT}"  # noqa: S104 - only compared


def tell_where() -> None:
    """Print the addresses of the desk, and how to sign in."""
    accounts = VAR_DIR / "demo-accounts.txt"
    text = f"""
  Staff and Kepala   {here()}/
  Kiosk              {here()}/kios/
  Board              {here()}/papan/
  Office (admin)     {here()}/kantor/
  Mails, letters     {VAR_DIR}

{accounts.read_text(encoding="utf-8") if accounts.exists() else FIRST_ACCOUNT}
  Ctrl-C ends web, worker and clock.
"""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run() -> int:
    """Run the processes of the Procfile until a person ends them. Return 0."""
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    commands = dict(line.split(": ", 1) for line in lines if line)
    keep_running(commands, os.environ | {"HOST": HOST, "PORT": PORT, "PYTHONUNBUFFERED": "1"}, sys.stdout)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # during the set-up: the next start does the rest
        sys.exit(128 + signal.SIGINT)
