"""A PostgreSQL and a Redis for tests: the named servers, those on the standard ports, or temporary ones."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import redis

from tests.waiting import PATIENCE, wait_until

STANDARD_POSTGRESQL = "postgres://postgres@127.0.0.1:5432/postgres"
STANDARD_REDIS = "redis://127.0.0.1:6379/15"  # 15: a database that no program uses by default


class NoAnswer(Exception):
    """A named server does not answer."""


def what_is_missing() -> str:
    """Return in words why the servers are not available; empty when they are."""
    missing = []
    if not (os.environ.get("TEST_DATABASE_URL") or postgresql_answers(STANDARD_POSTGRESQL) or _initdb()):
        missing.append("no PostgreSQL (apt-get install postgresql)")
    if not (os.environ.get("TEST_BROKER_URL") or redis_answers(STANDARD_REDIS) or shutil.which("redis-server")):
        missing.append("no Redis (apt-get install redis-server)")
    return ", ".join(missing)


def told(database_url: str, broker_url: str) -> str:
    """Return the versions of the servers that answer, e.g. `PostgreSQL 15 + Redis 7`."""
    with psycopg2.connect(database_url) as connection:
        version = connection.server_version // 10_000
    connection.close()
    with redis.Redis.from_url(broker_url) as client:
        return f"PostgreSQL {version} + Redis {client.info('server')['redis_version'].split('.')[0]}"


def postgresql_answers(url: str) -> bool:
    """Return whether a sign-in at this URL succeeds."""
    try:
        psycopg2.connect(url, connect_timeout=PATIENCE).close()
    except psycopg2.OperationalError:
        return False
    return True


def redis_answers(url: str) -> bool:
    """Return whether the server answers a PING."""
    try:
        with redis.Redis.from_url(url, socket_timeout=PATIENCE) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


@contextmanager
def postgresql() -> Iterator[str]:
    """Yield the URL of a PostgreSQL in which the tests can create their database."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named and not postgresql_answers(named):
        raise NoAnswer("TEST_DATABASE_URL is set, but one cannot sign in there.")
    if named or postgresql_answers(STANDARD_POSTGRESQL):
        yield named or STANDARD_POSTGRESQL
        return
    with tempfile.TemporaryDirectory(prefix="pst-desk-postgresql-") as folder:
        port, owner = free_port(), _owner_of(folder)
        programs, place = _initdb().parent, Path(folder) / "data"
        new = [
            programs / "initdb",
            "-D",
            place,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run(new, user=owner, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        quick = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "listen_addresses=127.0.0.1"]
        with started([programs / "postgres", "-D", place, "-k", folder, "-p", str(port), *quick], folder, owner):
            url = f"postgres://postgres@127.0.0.1:{port}/postgres"
            wait_until(lambda: postgresql_answers(url))
            yield url


@contextmanager
def redis_server() -> Iterator[str]:
    """Yield the URL of a Redis. Every key of the tests begins with the name of the run."""
    named = os.environ.get("TEST_BROKER_URL")
    if named and not redis_answers(named):
        raise NoAnswer("TEST_BROKER_URL is set, but no server answers there.")
    if named or redis_answers(STANDARD_REDIS):
        yield named or STANDARD_REDIS
        return
    with own_redis() as (url, _):
        yield url


@contextmanager
def own_redis(port: int | None = None, *options: str | Path) -> Iterator[tuple[str, subprocess.Popen]]:
    """Yield the URL and the process of a temporary Redis, which a test may stop."""
    with tempfile.TemporaryDirectory(prefix="pst-desk-redis-") as folder:
        port = port or free_port()
        alone = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
        with started([shutil.which("redis-server"), *alone, *options], folder, None) as server:
            url = f"redis://127.0.0.1:{port}/0"
            wait_until(lambda: redis_answers(url))
            yield url, server


@contextmanager
def started(command: list, folder: str, owner: int | None) -> Iterator[subprocess.Popen]:
    """Run a server during the block."""
    with (Path(folder) / "server.log").open("wb") as log:
        server = subprocess.Popen(command, user=owner, cwd=folder, stdout=log, stderr=log)
        try:
            yield server
        finally:
            server.send_signal(signal.SIGCONT)  # a test may have frozen it
            server.terminate()
            server.wait(timeout=PATIENCE)


def free_port() -> int:
    """Return a free port of this machine."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def _initdb() -> Path | None:
    """Return the newest initdb, or None. Debian does not put it into PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path) if on_path else None


def _owner_of(folder: str) -> int | None:
    """Return the user id to run PostgreSQL as, or None for this user. It refuses root, which uses postgres instead."""
    if os.geteuid() != 0:
        return None
    owner = pwd.getpwnam("postgres").pw_uid
    os.chown(folder, owner, -1)
    return owner
