"""The sample of an SKM report in docs/samples: fictional answers, made by the functions that make every report.

`SCREENSHOTS=1 .venv/bin/python -m pytest tests/ratings/test_sample_report.py` writes it again.
"""

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from openpyxl import load_workbook

from guestbook.periods import period_of
from guestbook.workflow import Status
from office.models import Office
from ratings.period_report import shown_report
from ratings.report_actions import freeze_report
from ratings.skm import ASPECTS
from ratings.skm_files import draw_skm_report, skm_report_book
from tests.factories import RatingFactory, VisitFactory, VisitorFactory
from tests.pages import pdf_pages

QUARTER = period_of("2026-T3")
SAMPLES = Path(settings.BASE_DIR) / "docs" / "samples"
PDF, XLSX = SAMPLES / "skm-report.pdf", SAMPLES / "skm-report.xlsx"
REMARKS = ("Petugas ramah.", "Kursi tunggu perlu ditambah.", "Penjelasannya jelas.")


@pytest.fixture
def made(office, kepala) -> tuple[bytes, bytes]:
    """Return the report of the third quarter, frozen on 10 November 2026, as PDF and as XLSX."""
    with time_machine.travel(datetime(2026, 11, 10, 2, tzinfo=UTC), tick=False):
        for number in range(36):
            facts = {"sex": ("female", "male")[number % 2], "age_class": ("18_25", "26_34", "35_44")[number % 3]}
            day = QUARTER.first + timedelta(days=2 * number)
            visit = VisitFactory(day=day, status=Status.SERVED, visitor=VisitorFactory(**facts, education="bachelor"))
            if number % 6:
                answers = {aspect.key: 3 + (number * place % 7 > 2) for place, aspect in enumerate(ASPECTS, start=1)}
                remark = REMARKS[number % 3] if number % 4 == 0 else ""
                RatingFactory(visit=visit, answers=answers, remark=remark, source="tablet", seconds=40 + number)
        freeze_report(QUARTER, by=kepala)
        our = {"office": Office.objects.current(), "today": datetime.now(UTC).date()}
        shown = shown_report(QUARTER, our["office"])
        return draw_skm_report(shown, **our), skm_report_book(shown, **our)


def test_the_sample_in_docs_is_the_report_of_these_answers(made):
    pdf, xlsx = made
    if os.environ.get("SCREENSHOTS") == "1":
        SAMPLES.mkdir(exist_ok=True)
        PDF.write_bytes(pdf)
        XLSX.write_bytes(xlsx)

    first, stored = pdf_pages(pdf)[0], pdf_pages(PDF.read_bytes())[0]
    sheets, stored_sheets = (load_workbook(BytesIO(book)) for book in (xlsx, XLSX.read_bytes()))

    assert "Triwulan III 2026" in stored
    assert len(index_in(stored)) > 9
    assert [index_in(first), sheets.sheetnames] == [index_in(stored), stored_sheets.sheetnames]
    assert list(sheets["Jawaban"].values) == list(stored_sheets["Jawaban"].values)
    assert max(PDF.stat().st_size, XLSX.stat().st_size) < 300_000


def index_in(page: str) -> list[str]:
    """Return the figures with two decimals on a page: the index and the means of the unsur."""
    return [word for word in page.split() if word.replace(",", "").isdigit() and word[-3:-2] == ","]
