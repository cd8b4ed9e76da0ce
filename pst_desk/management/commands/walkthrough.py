"""Prepare a database, a queue, a mail folder and a worker for the walkthrough, and remove them afterwards."""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from pst_desk import celery_app
from pst_desk.examples import FS3, ahead_of, read_form
from recommendations.instruments.form_files import BadFormFile

MANAGE = str(settings.BASE_DIR / "manage.py")
OFFICE_DATA = ["office.office", "office.service", "office.counter", "office.dayoff", "office.calendaryear"]
STAGE = "WALKTHROUGH_STAGE"
"""The variable that is set in the environment of the child process, which takes the steps."""


class Command(BaseCommand):
    help = "Walk one application through all ten steps of the service; exit 0 only if all ten held."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, default=FS3, help="a filled form (YAML); default: the example"
        )
        parser.add_argument("--output", type=Path, help="where surat.pdf and surat.eml are kept")
        parser.add_argument("--json", action="store_true", help="one JSON object a step")
        parser.add_argument(
            "--keep", action="store_true", help="walk in the office's own data and leave the case there"
        )

    def handle(self, *args: object, file: Path, output: Path, keep: bool, **options: object) -> None:
        try:
            form = ahead_of(timezone.localdate(), read_form(file))
        except BadFormFile as wrong:
            raise CommandError(f"{file}: {wrong} Contoh: {FS3}") from wrong
        if os.environ.get(STAGE):
            self.take_steps(form, Path(os.environ[STAGE]), as_json=bool(options["json"]))
        else:
            with stage(keep=keep, output=output) as environment:
                arguments = [str(file), *(["--json"] if bool(options["json"]) else [])]
                done = subprocess.run([sys.executable, MANAGE, "walkthrough", *arguments], env=environment, check=False)
            sys.exit(done.returncode)

    def take_steps(self, form: dict[str, Any], output: Path, *, as_json: bool) -> None:
        from pst_desk.walkthrough import Walk, take

        all_held = True
        for outcome in take(Walk(form=form, output=output)):
            all_held = all_held and outcome["ok"]
            self.stdout.write(json.dumps(outcome, ensure_ascii=False) if as_json else _line(outcome))
            self.stdout.flush()
        sys.exit(0 if all_held else 1)


def _line(outcome: dict[str, Any]) -> str:
    mark = "ok   " if outcome["ok"] else "GAGAL"
    return f"{outcome['step']:>2}  {mark}  {outcome['title']}: {outcome['detail']}"


@contextmanager
def stage(*, keep: bool, output: Path | None) -> Iterator[dict[str, str]]:
    """Yield the environment for the steps: with a running worker, mails as files, and a queue of its own."""
    with ExitStack() as clean_up:
        folder = Path(clean_up.enter_context(tempfile.TemporaryDirectory(prefix="walkthrough-")))
        kept = output or folder / "output"
        kept.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            STAGE: str(kept.resolve()),
            "EMAIL_URL": f"filemail:///{folder / 'mail'}",
            "CELERY_QUEUE": f"walkthrough-{secrets.token_hex(4)}",
            "CATCH_UP_AT_START": "0",  # with --keep, the office's own worker does what the office owes
        }
        if not keep:
            environment |= clean_up.enter_context(scratch(folder))
            prepare(folder, environment)
        clean_up.enter_context(worker(environment, folder / "worker.log"))
        yield environment


@contextmanager
def scratch(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the settings of an empty database of the office's kind: a SQLite file or a PostgreSQL schema of its own."""
    environment = {"VAR_DIR": str(folder)}
    if connection.vendor == "sqlite":
        yield environment | {"DATABASE_URL": f"sqlite:///{folder / 'scratch.sqlite3'}"}
        return
    schema = f"walkthrough_{secrets.token_hex(4)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
    try:
        yield environment | {"DATABASE_URL": _with_search_path(schema)}
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")


def _with_search_path(schema: str) -> str:
    """Return the URL of the current database with `schema` as its search path."""
    database = connection.settings_dict
    user = quote(database["USER"], safe="") + (
        f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    )
    place = f"{quote(database['HOST'] or 'localhost', safe='')}:{database['PORT'] or 5432}"
    options = quote(f"-c search_path={schema}", safe="")
    return f"postgres://{user}@{place}/{quote(database['NAME'], safe='')}?options={options}"


def prepare(folder: Path, environment: dict[str, str]) -> None:
    """Create the tables and copy the office's profile, services, counters and calendar, not its people."""
    office = folder / "office.json"
    call_command("dumpdata", *OFFICE_DATA, output=str(office), verbosity=0)
    rows = json.loads(office.read_text(encoding="utf-8"))
    for profile in (row["fields"] for row in rows if row["model"] == "office.office"):
        profile["is_example"] = True  # its letters say so
    office.write_text(json.dumps(rows), encoding="utf-8")
    for command in (["migrate", "-v0"], ["loaddata", str(office), "-v0"], ["prepare"]):
        subprocess.run([sys.executable, MANAGE, *command], env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def worker(environment: dict[str, str], log: Path) -> Iterator[None]:
    """Run a real Celery worker for the walk, with its output in `log`."""
    command = [sys.executable, "-m", "celery", "-A", "pst_desk", "--quiet", "worker", "--pool", "solo", "-l", "ERROR"]
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stdout=said, stderr=said)
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=60)
            _forget_queues(environment["CELERY_QUEUE"])


def _forget_queues(name: str) -> None:
    """Empty the queues of this walk; a broker like Redis would keep their messages for ever."""
    with celery_app.connection_for_write() as broker:
        for queue in (name, f"{name}-files"):
            broker.default_channel.queue_purge(queue)
