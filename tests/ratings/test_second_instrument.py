"""A rating with another instrument than the SKM, e.g. BPS's own survey with its scale of 1 to 10, is in no figure."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from guestbook.models import Visit
from guestbook.periods import period_of
from guestbook.workflow import Status
from ratings.instruments import SKM_9
from ratings.models import PaperBatch, Rating
from ratings.skm_readings import read_index, read_remarks, read_trend
from reports.standard import kept_promise
from reports.tiles import index_tile
from tests.factories import RatingFactory, VisitFactory, skm_answers

BEGINS = re.compile(r"\bRating\.objects\.(\w+)")
APPS = ("office", "guestbook", "recommendations", "complaints", "ratings", "reports", "pst_desk")


@pytest.fixture
def december(office) -> Iterator[None]:
    """Move to 20 December 2026: no visit of November can be rated any more."""
    with time_machine.travel(datetime(2026, 12, 20, 4, 0, tzinfo=UTC), tick=False):
        yield


@contextmanager
def any_instrument() -> Iterator[None]:
    """Let the database take answers of an instrument that it does not know yet."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            try:
                yield
            finally:
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE ratings_rating DROP CONSTRAINT rating_answers_fit_instrument")
            yield


def served_on(day: date) -> Visit:
    return VisitFactory(day=day, status=Status.SERVED)


def rate_with_skd(visits: list[Visit], by) -> None:
    """Rate these visits, and six papers, with ten of ten. The keys are those of the SKM, so that a mix would count."""
    told = {"instrument": "skd-16", "edition": "SKD 2026", "answers": skm_answers(10), "remark": "Dari SKD."}
    facts = {"day": visits[0].day, "service": visits[0].service, "by": by, "rows": 6}
    batch = PaperBatch.objects.create(file_name="skd.csv", sha256="0" * 64, **facts)
    with any_instrument():
        for visit in visits:
            Rating.objects.create(visit=visit, officer=by, source="tablet", seconds=900, **told)
        for _ in range(6):
            Rating.objects.create(paper_batch=batch, source="paper", **told)


def printed(*options: str) -> str:
    out = io.StringIO()
    call_command("skm_report", *options, stdout=out)
    return out.getvalue()


def every_figure(office, head, officer) -> dict[str, object]:
    """Return what all pages, papers and commands say of ratings."""
    quarter, month = period_of("2026-T4"), period_of("2026-11")
    told = head.get("/penilaian/").context
    own = officer.get("/penilaian/saya/").context
    report = head.get("/penilaian/laporan/?periode=2026-11").context
    return {
        "month": printed("--from", "2026-11", "--to", "2026-11", "--json"),
        "quarter": printed("--from", "2026-10", "--to", "2026-12", "--json"),
        "trend": read_trend(quarter, office.min_respondents),
        "below the minimum": [read_index(one, 100).n for one in (month, quarter)],
        "dashboard": index_tile(quarter, office),
        "service standard": kept_promise(date(2026, 12, 20)),
        "list": [told[name] for name in ("count", "means", "sources", "faces", "waiting")],
        "remarks of the list": [(one.when, one.text) for one in told["page"]],
        "own": [own["count"], own["means"]],
        "page": [report[name] for name in ("report", "response_rate", "alike", "seconds")],
        "remarks": read_remarks(month),
        "packet": packet_of(head),
    }


def packet_of(head) -> dict[str, bytes]:
    """Return the sheets of the report in the packet of the quarter."""
    made = head.post("/ringkasan/bukti/triwulan/2026/4/bukti.zip")
    with ZipFile(io.BytesIO(made.content)) as packet, ZipFile(packet.open("02 Laporan SKM.xlsx")) as book:
        return {name: book.read(name) for name in book.namelist() if "worksheets/" in name}


def test_a_second_instrument_changes_no_figure(december, office, client_of, kepala, petugas):
    day, other = date(2026, 11, 2), date(2026, 11, 3)
    for number in range(7):
        RatingFactory(visit=served_on(day), officer=petugas, answers=skm_answers(3), remark=f"Saran {number}.")
    RatingFactory(visit=served_on(other), remark="Menunggu.")  # one of a quiet day: its remark waits
    unrated = [served_on(on) for on in (*[day] * 6, *[other] * 6)]
    head, officer = client_of(kepala), client_of(petugas)
    before = every_figure(office, head, officer)

    rate_with_skd(unrated, petugas)

    assert Rating.objects.count() == 8 + 18
    after = every_figure(office, head, officer)
    for name, figures in before.items():
        assert after[name] == figures, name
    assert '"n": 8' in before["month"]


def test_every_query_of_ratings_begins_with_the_skm():
    wrong = []
    for path in (one for app in APPS for one in Path(settings.BASE_DIR, app).rglob("*.py")):
        begun = BEGINS.findall(path.read_text())
        wrong += [f"{path.name}: {how}" for how in begun if how not in ("of_skm", "create", "bulk_create")]

    assert wrong == ["models.py: filter"]  # in_steps itself, whose rows are those of_skm


def test_the_ratings_of_the_skm_are_those_that_name_it(office):
    RatingFactory()
    with any_instrument():
        RatingFactory(instrument="skd-16")
        RatingFactory(instrument="skm-9-rapid")

    assert Rating.objects.of_skm().get().instrument == SKM_9.code
    assert Rating.objects.tally().n == 1
    assert Rating.objects.in_steps().count() == 0
