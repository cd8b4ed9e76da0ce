"""`make bench`: measure the desk under very high load, beside the peers' ways. Writes docs/performance.md.

Runs on SQLite in its own folder, then on PostgreSQL (TEST_DATABASE_URL, or the server on the standard port) in its own
database. Exits with 0 only if all budgets hold, except those in milliseconds, which depend on other load.
"""

import json
import os
import platform
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psycopg2
import redis

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests import servers  # noqa: E402 - importable only after the root is on the path
from tests.bench.figures import Figure  # noqa: E402 - as above

DOCUMENT = ROOT / "docs" / "performance.md"
METHOD = Path(__file__).with_name("method.md")


def main() -> int:
    load, began = os.getloadavg()[0], time.monotonic()
    lines = []
    for told, place in places():
        with place as environment:
            lines += [(told, figure) for figure in measured(told, environment)]
    DOCUMENT.write_text(_document(lines, load), encoding="utf-8")
    broken = [f"{told}: {figure.job}, {figure.way}" for told, figure in lines if figure.is_broken]
    for line in broken:
        _say(f"FAILS {line}")
    _say(f"{'FAILED' if broken else 'OK'} in {time.monotonic() - began:.0f} s; see {DOCUMENT.relative_to(ROOT)}")
    return 1 if broken else 0


def places() -> Iterator[tuple[str, object]]:
    """Yield each database to measure: its name for the report, and its environment."""
    yield f"SQLite {sqlite3.sqlite_version}", _sqlite()
    server = os.environ.get("TEST_DATABASE_URL") or servers.STANDARD_POSTGRESQL
    if not servers.postgresql_answers(server):
        _say("Not measured on PostgreSQL: none answers (TEST_DATABASE_URL=postgres://...).")
        return
    with closing(psycopg2.connect(server)) as connection:
        told = f"PostgreSQL {connection.server_version // 10_000}"
    yield told, _postgresql(server)


@contextmanager
def _sqlite() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="pst-desk-bench-") as folder:
        yield _environment(folder, f"sqlite:///{folder}/bench.sqlite3")


@contextmanager
def _postgresql(server: str) -> Iterator[dict[str, str]]:
    name = f"pst_desk_bench_{secrets.token_hex(4)}"
    with closing(psycopg2.connect(server)) as connection, tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
            try:
                yield _environment(folder, f"{server.rpartition('/')[0]}/{name}") | _redis(name)
            finally:
                _forget_in_redis(name)
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _redis(name: str) -> dict[str, str]:
    """Return the broker of an office in the environment, with a queue of this run; nothing when no Redis answers."""
    url = os.environ.get("TEST_BROKER_URL") or servers.STANDARD_REDIS
    return {"CELERY_BROKER_URL": url, "CELERY_QUEUE": name} if servers.redis_answers(url) else {}


def _forget_in_redis(name: str) -> None:
    """Delete the keys of this run."""
    broker = _redis(name)
    if broker:
        with closing(redis.Redis.from_url(broker["CELERY_BROKER_URL"])) as server:
            for key in server.scan_iter(f"{name}:*"):
                server.delete(key)


def _environment(folder: str, url: str) -> dict[str, str]:
    """Return an office's environment, separate from the desk on this machine."""
    own = {"DATABASE_URL": url, "VAR_DIR": folder, "SECRET_KEY": secrets.token_urlsafe(50), "DEBUG": "0", "HTTPS": "0"}
    own |= {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "LOG_LEVEL": "ERROR",
        "CELERY_BROKER_URL": "filesystem://localhost",
    }
    return os.environ | own


def measured(told: str, environment: dict[str, str]) -> Iterator[Figure]:
    """Yield each figure as soon as it is measured."""
    _say(f"\n=== {told} ===")
    command = [sys.executable, "-m", "tests.bench.one"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            figure = Figure(**json.loads(line))
            _say(f"{figure.job:28} {figure.way:36} {figure.words} {figure.verdict}")
            yield figure
    if run.returncode:
        sys.exit(f"The bench on {told} ended with {run.returncode}.")


def _document(lines: list[tuple[str, Figure]], load: float) -> str:
    words = METHOD.read_text(encoding="utf-8").format(
        day=datetime.now(UTC).date(),
        cores=os.cpu_count(),
        system=platform.system(),
        python=platform.python_version(),
        django=version("Django"),
        load=f"{load:.1f}",
    )
    rows = [f"| {told} | {figure.job} | {figure.way} | {figure.words} | {figure.verdict} |" for told, figure in lines]
    return "\n".join([words, "| database | job | way | measured | promise |", "|---|---|---|---|---|", *rows, ""])


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
