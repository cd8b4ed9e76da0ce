"""Fixtures for every test: the office and its people, a mail server, a real worker."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

import hypothesis
import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from office.models import Counter, Head, Office, Service, User
from pst_desk import celery_app, roles
from pst_desk.examples import ahead_of
from reports.health import BADGE
from tests import migrated
from tests.factories import UserFactory
from tests.fresh_office import FreshOffice, empty, filled_tables, keep, prepare_office
from tests.limits import forget_counts
from tests.mail_servers import MailServer, ScriptedServer, scripted_server
from tests.procfile import command
from tests.servers import free_port
from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parent.parent

hypothesis.settings.register_profile(
    "desk", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)  # so that no test fails because of other load on the machine
hypothesis.settings.load_profile("desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--stores",
        action="store_true",
        help="only the tests that use the database or the queue: a second run, elsewhere",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --stores, leave out the tests that use neither the database nor the queue, and those marked `once`."""
    if not config.getoption("--stores"):
        return
    wanted = [item for item in items if _uses_stores(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = wanted


def _uses_stores(item: pytest.Item) -> bool:
    uses_database = {"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db")
    return bool(uses_database) and not item.get_closest_marker("once")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Clear the cache, because the next test has other rows under the same ids.

    The look at the health of the desk is done for this minute: only its own tests want its queries and threads.
    """
    cache.clear()
    forget_counts()
    cache.set(BADGE, False)


@pytest.fixture
def one_minute() -> Iterator[None]:
    """Stop the clock at the beginning of the next minute, so that a limit counts all acts of a slow test together."""
    with time_machine.travel(timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=1), tick=False):
        yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Return True on SQLite: the run starts with the tables of an earlier run, if no migration has changed since."""
    if connection.vendor == "sqlite":
        migrated.bring(settings.RUN_DIR / "test.sqlite3")
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Extend pytest-django's fixture: on SQLite, save the migrated tables for later runs.

    The database file itself is deleted with the run's folder.
    """
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            migrated.keep()
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(scope="session")
def fresh_office(django_db_setup, django_db_blocker) -> Iterator[FreshOffice]:
    """Make a fresh office once with the real commands, on 1 January of this year. A copy takes a tenth of the time.

    A test that commits flushes every table at its end. Django would then create the permissions with other ids; here
    they return with the same ids.
    """
    year = timezone.localdate().year
    first_day = datetime(year, 1, 1, 8, tzinfo=timezone.get_default_timezone())
    with django_db_blocker.unblock(), time_machine.travel(first_day), transaction.atomic():
        there_already = filled_tables()
        prepare_office()
        tables = [table for table in filled_tables() if table not in there_already]
        made = FreshOffice(year, keep(tables), keep(there_already))
        empty(made.tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "emit_post_migrate_signal", lambda *args, **options: made.restore_migrated())
        yield made


@pytest.fixture
def office(fresh_office: FreshOffice, db) -> Office:
    """Return the office after `prepare`: roles, services R, K, P, J, A, U, counters 1 and 2, calendar 2025 to 2027."""
    fresh_office.copy() if fresh_office.may_be_copied() else prepare_office()
    Office.objects.update(
        devices_required=False, public_url="https://pst.contoh.example"
    )  # test_devices.py tests devices
    return Office.objects.current()


@pytest.fixture
def service_r(office: Office) -> Service:
    return Service.objects.get(prefix="R")


@pytest.fixture
def counter(office: Office) -> Counter:
    return Counter.objects.get(number=1)


@pytest.fixture
def poison(monkeypatch) -> Callable[[ModuleType, str, object], None]:
    """Return a function that lets `module.name` fail for one row, which is its first argument, or the user of that."""

    def poison(module: ModuleType, name: str, row: object) -> None:
        original = getattr(module, name)

        def failing(first, *args, **options):
            if getattr(first, "user", first) == row:
                raise KeyError(name)
            return original(first, *args, **options)

        monkeypatch.setattr(module, name, failing)

    return poison


@pytest.fixture
def petugas(office: Office) -> User:
    return _member("rina", "Rina Contoh", roles.PETUGAS)


@pytest.fixture
def budi(office: Office) -> User:
    """Return a second officer."""
    return _member("budi", "Budi Contoh", roles.PETUGAS)


@pytest.fixture
def kepala(office: Office) -> User:
    user = _member("siti", "Siti Contoh, S.ST., M.Si.", roles.KEPALA, nip="000000000000000001")
    Head.objects.create(user=user, since_on="2020-01-01")
    return user


@pytest.fixture
def admin_user(office: Office) -> User:
    return _member("agus", "Agus Contoh", roles.ADMIN, is_staff=True)


def _member(username: str, name: str, role: str, **facts) -> User:
    user = UserFactory(username=username, name=name, **facts)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return `client_of`, so that `client_of(petugas).get(...)` uses a test client with that user signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def fs3_answers() -> dict:
    """Return the answers of a fictional FS3 with every required item."""
    path = ROOT / "tests" / "recommendations" / "instruments" / "fs3_complete.json"
    form = {"form": "FS3", "values": json.loads(path.read_text(encoding="utf-8"))}
    return ahead_of(timezone.localdate(), form)["values"]


class Mailbox:
    """The mails that the tests' mail server received. It can refuse every mail, or take it and then say nothing."""

    def __init__(self):
        self.messages: list[bytes] = []
        self.refuses = self.is_silent = False

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuses:
            return "451 Try again later"
        self.messages.append(envelope.content)
        if self.is_silent:
            await asyncio.Event().wait()  # aiosmtpd ends it when the client has gone
        return "250 OK"


@pytest.fixture(scope="session")
def mail_server() -> Iterator[tuple[Controller, Mailbox]]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller, box
    controller.stop()


@pytest.fixture
def mailbox(mail_server: tuple[Controller, Mailbox], settings) -> Mailbox:
    """Return an empty mailbox of a real SMTP server, for mails of this process and of the `worker`."""
    controller, box = mail_server
    box.messages.clear()
    box.refuses = box.is_silent = False
    settings.EMAIL_BACKEND = "office.mail_server.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    return box


@pytest.fixture
def mail_server_at_will(settings) -> Iterator[MailServer]:
    """Return a real SMTP server for the mails of this process, which does what the test tells it."""
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "office.mail_server.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield handler
    controller.stop()


@pytest.fixture
def scripted_mail_server(settings) -> Iterator[ScriptedServer]:
    """Return a server for the mails of this process that says, at each step, what the test writes into `says`."""
    with scripted_server() as server:
        settings.EMAIL_BACKEND = "office.mail_server.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server


class Worker:
    """A real `celery worker` with the test database and the queue and folders of this run."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment
        self.log = settings.RUN_DIR / "worker.log"
        self.log.unlink(missing_ok=True)
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the worker unless it runs, and wait until it accepts tasks."""
        if self.process and self.process.poll() is None:
            return
        heard = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command("worker", "--loglevel INFO"),  # its log says which task it received and ended
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        wait_until(lambda: b" ready." in self.log.read_bytes()[heard:] or self._has_died())

    def _has_died(self) -> bool:
        if self.process.poll() is not None:
            pytest.fail(f"The worker ended:\n{self.log.read_text(encoding='utf-8')[-4000:]}")
        return False

    def kill(self) -> None:
        """Kill the worker at once, as a power cut would: it cannot clean up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop the worker after its current task."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=PATIENCE)
        self.process = None


@pytest.fixture
def worker(
    transactional_db, office: Office, mail_server: tuple[Controller, Mailbox], mailbox: Mailbox
) -> Iterator[Worker]:
    """Return a running worker that sees the test's commits and sends mails to `mailbox`.

    It ends with the test, because it would do the work that other tests leave undone on purpose.
    """
    celery_app.control.purge()  # so that it does not begin with tasks of other tests
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "TEST_EMAIL_URL": f"smtp://127.0.0.1:{mail_server[0].port}",
    }
    worker = Worker(os.environ | own)
    worker.start()
    yield worker
    worker.kill()


def pytest_unconfigure() -> None:
    """Delete the run's keys in Redis and its folder."""
    if settings.CELERY_BROKER_URL.startswith("redis"):
        import redis

        with redis.Redis.from_url(settings.CELERY_BROKER_URL) as server:
            for key in server.scan_iter(f"{settings.REDIS_PREFIX}*"):
                server.delete(key)
    if not os.environ.get("TEST_KEEP"):
        shutil.rmtree(settings.RUN_DIR, ignore_errors=True)
