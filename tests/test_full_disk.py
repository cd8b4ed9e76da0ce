"""Every page says in words that the disk is full, whether a file, SQLite or PostgreSQL cannot be written."""

import errno
import os
import sqlite3

import psycopg2.errors
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from office.disk import is_full
from office.models import Mail
from recommendations.models import Slip
from recommendations.slip.mailing import owe_mail
from recommendations.slip.pdf import draw_slip_pdf
from tests.factories import returned_submission

pytestmark = pytest.mark.django_db


def test_a_page_that_hits_a_full_disk_says_so_and_nothing_is_half_done(petugas, client_of, monkeypatch):
    slip = Slip.objects.get(round__submission=returned_submission(petugas))
    draw_slip_pdf(slip.pk)
    owe_mail(slip.pk)
    Mail.objects.update(status=Mail.Status.FAILED, error="550")

    def nudge_on_a_full_disk(*args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("recommendations.slip.actions.nudge", nudge_on_a_full_disk)  # the last thing that the act does
    desk = client_of(petugas)
    desk.raise_request_exception = False
    answer = desk.post(reverse("recommendations:slip_mail", args=[slip.pk]), {"to": "lain@contoh.example"})

    assert answer.status_code == 507
    assert "Penyimpanan penuh" in answer.content.decode()
    assert "Hubungi admin kantor." in answer.content.decode()
    assert not Mail.objects.filter(to="lain@contoh.example").exists()


def test_any_other_fault_has_the_page_of_a_fault(office, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("office.sign_in_views.LoginView.get", fail)
    answer = Client(raise_request_exception=False).get(reverse("login"))

    assert answer.status_code == 500
    assert "Ada yang tidak berjalan di server" in answer.content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a limit of pages is SQLite's")
def test_a_database_without_room_is_a_full_disk():
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            with pytest.raises(OperationalError) as full:
                cursor.execute("CREATE TABLE large AS SELECT randomblob(10000000) AS filling")
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")

    assert is_full(full.value)


def caused_by(cause: Exception) -> Exception:
    problem = OperationalError("contoh")
    problem.__cause__ = cause
    return problem


class Full(psycopg2.errors.DiskFull):
    """PostgreSQL's answer. Only its driver can set the code of a real one."""

    pgcode = "53100"


@pytest.mark.parametrize(
    ("problem", "full"),
    [
        (OSError(errno.ENOSPC, "penuh"), True),
        (OSError(errno.EDQUOT, "penuh"), True),
        (OSError(errno.EACCES, "tertutup"), False),
        (caused_by(Full()), True),
        (caused_by(psycopg2.errors.AdminShutdown()), False),
        (caused_by(sqlite3.OperationalError("contoh")), False),
        (None, False),
    ],
)
def test_a_full_disk_differs_from_other_faults(problem, full):
    assert is_full(problem) == full
