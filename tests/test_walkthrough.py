"""`manage.py walkthrough`: all ten steps with a real worker and a real mail, without a change to the office's data."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from pst_desk.examples import FS3
from recommendations.models import Letter
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


def office_database() -> str:
    """Return the URL of the test's database."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def walk(*arguments: object) -> subprocess.CompletedProcess:
    """Run the command as an operator does, in the test's office."""
    own = {"DJANGO_SETTINGS_MODULE": "pst_desk.settings", "DATABASE_URL": office_database()}
    command = [sys.executable, "manage.py", "walkthrough", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def steps_of(done: subprocess.CompletedProcess) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def every_row() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_all_ten_steps_hold_and_change_no_office_data(office, tmp_path):
    before = every_row()

    done = walk("--json", "--output", tmp_path)

    steps = steps_of(done)
    assert [step["step"] for step in steps] == list(range(1, 11))
    assert all(step["ok"] for step in steps), steps
    assert done.returncode == 0
    assert every_row() == before
    assert (tmp_path / "surat.pdf").read_bytes().startswith(b"%PDF-")
    assert b"application/pdf" in (tmp_path / "surat.eml").read_bytes()


def test_with_keep_the_submission_stays_in_the_office_s_data(office, tmp_path):
    done = walk("--keep", "--output", tmp_path)

    letter = Letter.objects.get()
    assert done.returncode == 0, done.stdout
    assert letter.submission.status == "closed"
    assert hashlib.sha256((tmp_path / "surat.pdf").read_bytes()).hexdigest() == letter.sha256


def test_a_form_with_a_gap_stops_the_walk_where_it_is_found(office, tmp_path):
    form = yaml.safe_load(FS3.read_text(encoding="utf-8"))
    del form["values"]["pelatihan"]
    gap = tmp_path / "gap.yaml"
    gap.write_text(yaml.safe_dump(form), encoding="utf-8")

    done = walk(gap, "--json", "--keep")  # in the office's data, because another database takes twice the time

    steps = steps_of(done)
    assert done.returncode == 1
    assert [step["ok"] for step in steps] == [True] * 4 + [False] * 6
    assert "R.5.10 belum dijawab" in steps[4]["detail"]
    assert steps[5]["detail"] == "tidak dijalankan"


@pytest.mark.parametrize("content", ["", "just words", "_meta: {form: FS9}\nvalues: {}\n", "\x00\x01"])
def test_a_file_that_is_no_form_is_refused_with_a_message(tmp_path, content):
    file = tmp_path / "file.yaml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=re.escape(str(file))):
        call_command("walkthrough", file)


def test_a_file_that_is_not_there_is_reported_in_words():
    done = walk(Path("nowhere.yaml"))

    assert done.returncode == 1
    assert "nowhere.yaml" in done.stderr
    assert "Traceback" not in done.stderr
