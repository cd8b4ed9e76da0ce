"""The health of the desk: what machines get, what admin and Kepala read, and the badge in the navigation."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from threading import Event

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from kombu import Connection

from office.batches import RowsFailed
from office.models import CalendarYear, ClockMark, Mail, Office, Pulse
from office.pulses import COMMANDS_TAKE
from pst_desk import celery_app
from pst_desk.celery import CLOCKWORK, run_command
from pst_desk.timetable import TIMETABLE
from recommendations.models import Attachment, Letter, SignedCopy, Slip
from reports import health, probes
from reports.health_rows import check_calendar, check_commands, check_mails
from reports.health_words import PARTS, Health
from tests.factories import (
    healthy_office,
    issued_submission,
    recorded_submission,
    returned_submission,
    signed_submission,
)
from tests.pages import page
from tests.servers import free_port
from tests.waiting import PATIENCE

LONG_AGO = timedelta(days=4)


@pytest.fixture
def healthy(office) -> None:
    healthy_office()
    cache.delete(health.BADGE)


def away() -> None:
    raise OperationalError


def silence(part: str) -> None:
    Pulse.objects.filter(pk=part).update(seen_at=timezone.now() - LONG_AGO)


def owe_a_mail(status: str = Mail.Status.WAITING) -> None:
    asked = timezone.now() - timedelta(hours=1)
    facts = {"wanted_at": asked, "next_try_at": asked, "status": status}
    Mail.objects.create(key="ticket:1", to="budi@contoh.example", subject="Nomor", body="rahasia", **facts)


def put_off_often() -> None:
    now = timezone.now()
    owe_a_mail(Mail.Status.PUT_OFF)
    Mail.objects.update(attempts=3, claimed_at=now, next_try_at=now + timedelta(hours=1))


def fail_often() -> None:
    owe_a_mail(Mail.Status.FAILED)
    Mail.objects.update(attempts=6, claimed_at=timezone.now() - timedelta(minutes=30))


def lose_the_decree() -> None:
    CalendarYear.objects.filter(year=timezone.localdate().year).update(is_decreed=False)


def let_the_clock_go_back() -> None:
    ClockMark.objects.update_or_create(pk=1, defaults={"seen_at": timezone.now() + timedelta(days=1)})


BAD = [
    # name of the check, how to make it bad, and words of the page
    ("worker", lambda: silence("worker"), "Diam. Terakhir terlihat:"),
    ("clock", lambda: silence("clock"), "Diam. Terakhir terlihat:"),
    ("commands", lambda: silence("catch_up"), "Belum berhasil: pekerjaan yang tertunda."),
    ("commands", lambda: silence("alert_due"), "Belum berhasil: peringatan jatuh tempo."),
    ("commands", lambda: Pulse.objects.filter(pk="close_day").delete(), "Belum berhasil: penutupan kunjungan."),
    ("backup", lambda: silence("backup"), "Sudah lama tidak dibuat."),
    ("mails", owe_a_mail, "Ada yang belum dicoba dikirim."),
    ("mails", put_off_often, "Ada yang berulang kali gagal dikirim."),
    ("mails", fail_often, "Ada yang berulang kali gagal dikirim."),
    ("calendar", lose_the_decree, "Cuti bersama"),
    ("time", let_the_clock_go_back, "Jam komputer kantor mundur"),
]


def state_of(client) -> tuple[int, dict]:
    answer = client.get("/kesehatan/")
    return answer.status_code, answer.json()


def test_machines_get_200_while_every_part_is_well(healthy, client):
    status, told = state_of(client)

    assert (status, told["state"]) == (200, "good")
    assert told["checks"] == dict.fromkeys(PARTS, "good")
    assert "no-store" in client.get("/kesehatan/")["Cache-Control"]


@pytest.mark.parametrize(("name", "make_bad", "words"), BAD)
def test_a_bad_part_is_named_to_machines_and_told_in_words(
    healthy, client, client_of, admin_user, name, make_bad, words
):
    make_bad()

    status, told = state_of(client)
    shown = page(client_of(admin_user), reverse("reports:health_detail"), words)

    assert (status, told["state"]) == (503, "bad")
    assert [one for one, state in told["checks"].items() if state == "bad"] == [name]
    assert "bermasalah" in shown
    assert PARTS[name][1] in shown


@pytest.mark.parametrize("name", probes.PROBES)
def test_a_part_that_does_not_answer_is_bad(healthy, client, monkeypatch, name):
    monkeypatch.setitem(probes.PROBES, name, away)

    status, told = state_of(client)

    assert status == 503
    assert [one for one, state in told["checks"].items() if state == "bad"] == [name]


def test_a_disk_that_is_almost_full_is_bad(healthy, client, monkeypatch):
    monkeypatch.setattr(probes, "LEAST_FREE", 10**18)

    status, told = state_of(client)

    assert (status, told["checks"]["disk"]) == (503, "bad")


def test_a_letter_and_a_slip_that_cannot_be_drawn_are_bad(healthy, client, petugas, kepala):
    issued_submission(petugas, kepala)
    returned_submission(petugas)
    before = state_of(client)[1]["checks"]["papers"]

    for papers in (Letter, Slip):
        failed = {"tries": 3, "problem": "gagal", "tried_at": timezone.now()}
        papers.objects.update(**failed)
        assert state_of(client)[1]["checks"]["papers"] == "bad"
        papers.objects.update(tries=0, problem="")

    assert before == "good"


def test_a_file_whose_pages_cannot_be_drawn_is_a_warning_in_words_until_it_is_old(
    healthy, client, client_of, kepala, petugas
):
    recorded_submission(petugas)
    now = timezone.now()
    before = state_of(client)[1]["checks"]["papers"]
    Attachment.objects.update(tries=3, problem="rusak", tried_at=now, uploaded_at=now - timedelta(days=1))

    status, told = state_of(client)
    words = page(client_of(kepala), reverse("reports:health_detail"), "berulang kali gagal digambar")

    Attachment.objects.update(uploaded_at=now - timedelta(days=8))
    assert before == state_of(client)[1]["checks"]["papers"] == "good"
    assert (status, told["state"], told["checks"]["papers"]) == (200, "warning", "warning")
    assert f"Halaman {Attachment.objects.count()} berkas" in words


def test_a_scan_of_a_letter_that_cannot_be_drawn_is_a_warning(healthy, client, petugas, kepala):
    signed_submission(petugas, kepala)
    before = state_of(client)[1]["checks"]["papers"]

    SignedCopy.objects.update(pages=None, tries=3, problem="rusak", tried_at=timezone.now())

    assert (before, state_of(client)[1]["checks"]["papers"]) == ("good", "warning")


def test_a_paper_that_is_owed_for_long_is_bad(healthy, client, petugas, kepala):
    issued_submission(petugas, kepala)
    Letter.objects.update(issued_at=timezone.now() - timedelta(hours=1))

    assert state_of(client)[1]["checks"]["papers"] == "bad"


def test_a_mail_that_waits_for_a_person_is_a_warning(healthy, client):
    owe_a_mail(Mail.Status.UNKNOWN)

    status, told = state_of(client)

    assert (status, told["state"], told["checks"]["mails"]) == (200, "warning", "warning")


def test_mails_are_bad_from_the_third_try_on_since_the_first_was_wanted(healthy):
    put_off_often()
    third = check_mails(timezone.now())
    Mail.objects.update(attempts=2)

    assert (third.health, third.since) == (Health.BAD, Mail.objects.get().wanted_at)
    assert check_mails(timezone.now()).health == Health.GOOD


def test_a_mail_that_failed_often_waits_for_a_person_once_another_was_sent(healthy):
    fail_often()
    before = check_mails(timezone.now()).health

    sent = {"status": Mail.Status.SENT, "sent_at": timezone.now()}
    Mail.objects.create(key="ticket:2", to="ani@contoh.example", subject="Nomor", body="Isi", **sent)

    assert (before, check_mails(timezone.now()).health) == (Health.BAD, Health.WARNING)


def test_an_office_without_backups_or_with_a_placeholder_address_is_warned(healthy, client):
    Pulse.objects.filter(pk=Pulse.Part.BACKUP).delete()
    Office.objects.update(email="pst@localhost")

    status, told = state_of(client)

    assert (status, told["checks"]["backup"], told["checks"]["sender"]) == (200, "warning", "warning")


def test_an_example_whose_links_open_on_this_machine_only_is_warned(healthy, client):
    Office.objects.update(is_example=True, public_url="http://localhost:8000")

    assert state_of(client)[1]["checks"]["address"] == "warning"


def test_a_placeholder_address_is_bad_where_a_mail_server_would_refuse_it(healthy, client, settings):
    settings.EMAIL_BACKEND = "office.mail_server.Backend"
    Office.objects.update(email="pst@localhost")

    assert state_of(client)[1]["checks"]["sender"] == "bad"


@pytest.mark.parametrize(("month", "expected"), [(8, Health.GOOD), (10, Health.WARNING)])
def test_the_decree_of_the_next_year_is_asked_for_late_in_the_year(healthy, month, expected):
    year = timezone.localdate().year
    CalendarYear.objects.filter(year=year + 1).delete()
    day = datetime.combine(date(year, month, 2), datetime.min.time(), timezone.get_default_timezone())

    assert check_calendar(day).health == expected


def test_a_command_of_the_clock_that_failed_last_is_a_warning_until_it_has_done_its_work(healthy, client, monkeypatch):
    monkeypatch.setattr("recommendations.management.commands.alert_due.alert", lambda today: 1 / 0)
    with pytest.raises(RowsFailed):
        run_command("alert_due")
    failed = state_of(client)

    monkeypatch.undo()
    run_command("alert_due")

    assert (failed[0], failed[1]["checks"]["commands"]) == (200, "warning")
    assert state_of(client)[1]["checks"]["commands"] == "good"


def test_the_clock_notes_each_command_that_has_done_its_work(healthy):
    Pulse.objects.filter(pk__in=CLOCKWORK).delete()

    for name in CLOCKWORK:
        run_command(name)

    assert check_commands(Pulse.objects.in_bulk(), timezone.now()).health == Health.GOOD


def test_every_command_of_the_clock_may_take_longer_than_the_time_between_two_runs():
    runs = {entry["args"][0]: entry["schedule"] for entry in TIMETABLE.values()}
    pauses = {
        name: timedelta(seconds=every) if isinstance(every, float) else timedelta(days=1)
        for name, every in runs.items()
    }

    assert COMMANDS_TAKE.keys() == pauses.keys() == CLOCKWORK
    assert [name for name, pause in pauses.items() if not pause < COMMANDS_TAKE[name] < 30 * pause] == []


def test_a_broker_that_has_refused_lately_is_a_warning(healthy, client):
    Pulse.objects.create(pk=Pulse.Part.BROKER, failures=3, last_failure_at=timezone.now())

    status, told = state_of(client)

    assert (status, told["checks"]["broker"]) == (200, "warning")


def test_without_the_database_machines_get_503_and_the_rest_of_what_is_known(client, monkeypatch):
    monkeypatch.setitem(probes.PROBES, "database", away)

    status, told = state_of(client)

    assert status == 503
    assert set(told["checks"]) == set(probes.PROBES)
    assert told["checks"]["database"] == "bad"


@pytest.mark.parametrize("name", probes.PROBES)
def test_a_frozen_part_is_reported_in_time_and_holds_one_thread_only(healthy, monkeypatch, name):
    ends, begun = Event(), []
    monkeypatch.setitem(probes.PROBES, name, lambda: (begun.append(1), ends.wait()))
    try:
        found = [health.checks(timezone.now(), patience=0.5) for _ in range(3)]
    finally:
        ends.set()

    told = [[one.name for one in checks if one.words == "Tidak menjawab dalam waktunya."] for checks in found]
    assert told == [[name]] * 3
    assert begun == [1]


@pytest.fixture
def silent_broker(monkeypatch) -> Iterator[None]:
    """Let this process send its tasks to a Redis that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"
        options = settings.REDIS_OPTIONS
        monkeypatch.setattr(celery_app, "connection_for_write", lambda: Connection(url, transport_options=options))
        yield


ASK = """
import django
django.setup()
from django.test import Client
answer = Client(SERVER_NAME="localhost").get("/kesehatan/")
print(answer.status_code, answer.json()["checks"]["database"], answer.json()["checks"]["disk"])
"""


@pytest.mark.parametrize("is_listening", [True, False])
def test_a_database_that_is_frozen_or_gone_does_not_hold_up_the_page(tmp_path, is_listening):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1] if is_listening else free_port()
        own = {"DATABASE_URL": f"postgres://desk@127.0.0.1:{port}/desk", "VAR_DIR": str(tmp_path), "SECRET_KEY": "x"}
        others = {"DJANGO_SETTINGS_MODULE": "pst_desk.settings", "CELERY_BROKER_URL": "filesystem://localhost"}
        asked = subprocess.run(
            [sys.executable, "-c", ASK],
            env=os.environ | own | others,
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    assert asked.stdout.split() == ["503", "bad", "good"], asked.stderr


def test_a_frozen_broker_does_not_hold_up_the_page(healthy, client, silent_broker):
    status, told = state_of(client)

    assert (status, told["checks"]["broker"]) == (503, "bad")


def test_neither_page_says_whom_the_desk_serves(healthy, client, client_of, kepala, petugas):
    submission = issued_submission(petugas, kepala)
    owe_a_mail(Mail.Status.FAILED)
    secrets = ["budi@contoh.example", submission.token, submission.applicant.name, "rahasia", submission.register]

    for_machines = page(client, "/kesehatan/", '"mails": "warning"')
    for_people = page(client_of(kepala), "/kesehatan/rinci/", "Ada yang menunggu tindakan petugas.")

    assert [one for one in secrets if one in for_machines + for_people] == []


def test_the_badge_is_there_for_kepala_and_admin_while_a_part_is_bad(healthy, client_of, petugas, kepala, admin_user):
    silence("worker")

    shown = {user: page(client_of(user), "/akun/", "Akun Anda") for user in (petugas, kepala, admin_user)}

    words = "ada yang bermasalah"
    assert [words in text for text in shown.values()] == [False, True, True]


def test_there_is_no_badge_while_all_is_well(healthy, client_of, kepala):
    shown = page(client_of(kepala), "/akun/", "Keadaan sistem")

    assert "ada yang bermasalah" not in shown


def test_the_badge_is_looked_up_once_a_minute_and_never_for_an_officer(
    healthy, client_of, petugas, kepala, monkeypatch
):
    looked = []
    monkeypatch.setattr(health, "checks", lambda *args, **options: looked.append(1) or [])
    monkeypatch.setattr(health, "worst", lambda found: Health.GOOD)

    page(client_of(petugas), "/akun/", "Akun Anda")
    of_officer = len(looked)
    for _ in range(3):
        page(client_of(kepala), "/akun/", "Akun Anda")

    assert (of_officer, len(looked)) == (0, 1)
