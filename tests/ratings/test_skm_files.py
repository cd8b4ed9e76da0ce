"""The SKM report as PDF, as poster and as workbook, read back; LibreOffice computes the workbook's formulas."""

import os
import shutil
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from openpyxl import Workbook, load_workbook

from guestbook.periods import period_of
from guestbook.recap_tables import Table
from guestbook.workflow import Status
from office.models import Head
from ratings.instruments import SKM_9
from ratings.models import ReportDownload
from ratings.report_actions import freeze_report
from ratings.skm_paper import rows_told
from ratings.skm_report import read_skm_report
from tests.factories import RatingFactory, UserFactory, VisitFactory, VisitorFactory, skm_answers
from tests.pages import page, pdf_pages
from tests.waiting import PATIENCE

SOFFICE = shutil.which("soffice")
IS_REQUIRED = os.environ.get("SERVICES") == "required"
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None and not IS_REQUIRED, reason="LibreOffice (soffice) is not installed"
)
TODAY, FROZEN = datetime(2026, 11, 22, 4, 0, tzinfo=UTC), datetime(2027, 2, 1, 4, 0, tzinfo=UTC)
ADDRESS = "/penilaian/laporan/"
ANSWERS = [skm_answers(4), skm_answers(4, waktu=2), skm_answers(3), skm_answers(3, sarana=1, waktu=2), skm_answers(4)]


@pytest.fixture
def today():
    with time_machine.travel(TODAY, tick=False):
        yield date(2026, 11, 22)


@pytest.fixture
def rated(office, today) -> None:
    """Make five ratings and seven other served visits of the fourth quarter of 2026."""
    for answers in ANSWERS:
        visitor = VisitorFactory(sex="male", education="bachelor", name="Wayan Contoh")
        visit = VisitFactory(day=date(2026, 11, 2), status=Status.SERVED, visitor=visitor)
        RatingFactory(visit=visit, answers=answers, seconds=40, remark="=1+1 <b>Petugas sabar</b>")
    for _ in range(7):
        VisitFactory(day=date(2026, 11, 3), status=Status.SERVED)


def post(desk: Client, file: str) -> HttpResponse:
    return desk.post(f"{ADDRESS}unduh/{file}/", {"periode": "2026-T4"})


def download(desk: Client, file: str) -> bytes:
    answer = post(desk, file)

    assert answer.status_code == 200
    assert "2026-T4" in answer["Content-Disposition"]
    return answer.content


# the paper


def test_the_paper_has_kop_figures_charts_remarks_and_signature(rated, client_of, kepala):
    pages = pdf_pages(download(client_of(kepala), "pdf"))

    whole = " ".join(pages)
    assert "BADAN PUSAT STATISTIK KOTA BANJARMASIN" in pages[0]
    assert "Triwulan IV 2026 (Oktober–Desember)" in pages[0]
    assert "Periode belum berakhir: angka sampai 22 November 2026." in pages[0]
    # 7 x 18 + 15 + 16 = 157; 25 x 157 / 45 = 87.22
    assert "Indeks Kepuasan Masyarakat (IKM) 87,22" in whole
    assert "B, Baik" in whole
    assert "Waktu 15 3,00" in whole
    assert "Laki-laki 5 100,0" in whole
    assert "<b>Petugas sabar</b>" in whole
    assert "Wayan" not in whole
    assert "Siti Contoh, S.ST., M.Si. NIP 000000000000000001" in pages[-1]
    assert [f"Halaman {place} dari {len(pages)}" in page for place, page in enumerate(pages, 1)] == [True] * len(pages)


def test_the_head_of_the_period_s_last_day_signs(rated, client_of, kepala):
    Head.objects.filter(user=kepala).update(until_on="2026-11-30")
    Head.objects.create(user=UserFactory(name="Tono Contoh"), capacity="Plt.", since_on="2026-12-01")

    last = pdf_pages(download(client_of(kepala), "pdf"))[-1]

    assert "Plt. Kepala Badan Pusat Statistik" in last
    assert "Tono Contoh" in last


@pytest.fixture
def frozen(rated, kepala):
    """Move to 1 February 2027, and freeze the report."""
    with time_machine.travel(FROZEN, tick=False):
        freeze_report(period_of("2026-T4"), by=kepala)
        yield


def test_the_poster_is_one_page_with_index_class_and_respondents(frozen, client_of, kepala):
    pages = pdf_pages(download(client_of(kepala), "poster"))

    assert len(pages) == 1
    for words in (
        "87,22",
        "Mutu pelayanan B, Baik",
        "5 responden",
        "Laki-laki 5 orang",
        "D4, S1 5 orang",
        "Terima kasih",
    ):
        assert words in pages[0]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([5, 6], [5, 6]),
        ([9, 1], []),  # the 9 alone would show with n that one is left out
        ([3, 4, 9], [9]),
        ([0, 7, 2, 12], [12]),
        ([5, 20], [5, 20]),
        ([4, 5, 5, 5], [5, 5]),
        ([4], []),
    ],
)
def test_a_poster_leaves_out_classes_below_five_and_what_shows_them_by_subtraction(counts, told):
    rows = [[f"Kelas {place}", count, 0.0] for place, count in enumerate(counts)]

    shown = rows_told(Table("sex", "Jenis kelamin", ["", "", ""], rows))

    assert [row[1] for row in shown] == told
    assert sum(counts) - sum(told) not in range(1, 5) or not told


@time_machine.travel(FROZEN, tick=False)
def test_a_poster_has_no_table_of_those_who_did_not_say(office, kepala, client_of):
    for _ in range(5):
        RatingFactory(visit=VisitFactory(day=date(2026, 11, 2), status=Status.SERVED))
    freeze_report(period_of("2026-T4"), by=kepala)

    pages = pdf_pages(download(client_of(kepala), "poster"))

    assert "5 responden" in pages[0]
    for words in ("tidak diisi", "0 orang", "Jenis kelamin", "Pendidikan"):
        assert words not in pages[0]


def test_a_report_that_still_moves_has_no_poster(rated, client_of, kepala):
    desk = client_of(kepala)

    answer = post(desk, "poster")
    shown = page(desk, ADDRESS, "Unduh PDF")

    assert (answer.status_code, answer.url) == (302, f"{ADDRESS}?periode=2026-T4")
    assert "Unduh poster" not in shown
    assert not ReportDownload.objects.exists()


def test_below_the_minimum_there_is_no_answer_in_the_workbook(rated, office, client_of, kepala):
    office.min_respondents = 6
    office.save()
    desk = client_of(kepala)

    book = load_workbook(BytesIO(download(desk, "xlsx")))
    paper = " ".join(pdf_pages(download(desk, "pdf")))

    assert book.sheetnames == ["Ringkasan", "Responden", "Tren"]
    assert book["Ringkasan"]["B6"].value == "Responden belum cukup: 5 dari paling sedikit 6."
    assert [book["Ringkasan"][cell].value for cell in ("A7", "B7")] == ["Responden (n)", 5]
    assert book["Responden"]["D5"].value == "=ROUND(100*C5/MAX(Ringkasan!$B$7,1),1)"
    assert "Responden belum cukup" in paper
    assert "87,22" not in paper


def test_each_download_is_logged_and_shown_and_a_link_downloads_nothing(frozen, client_of, kepala):
    desk = client_of(kepala)
    for file in ("pdf", "poster"):
        download(desk, file)

    answers = [desk.get(f"{ADDRESS}unduh/{file}/").status_code for file in ("pdf", "xlsx", "poster")]

    logged = list(ReportDownload.objects.values_list("by", "kind", "period", "rows", "at"))
    assert logged == [(kepala.pk, "poster", "2026-T4", 5, FROZEN), (kepala.pk, "pdf", "2026-T4", 5, FROZEN)]
    assert answers == [405, 405, 405]
    shown = page(desk, f"{ADDRESS}?periode=2026-T4", "Unduhan terakhir")
    shown = " ".join(shown.partition("Unduhan terakhir")[2].split())
    assert '<th scope="col" class="n">Responden</th>' in shown
    assert '<td>Poster</td> <td class="nowrap">Triwulan IV 2026</td> <td class="n">5</td>' in shown


# the workbook


def test_the_workbook_has_the_answers_and_nothing_of_a_person(rated, client_of, kepala):
    book = load_workbook(BytesIO(download(client_of(kepala), "xlsx")))

    assert book["Responden"]["D5"].value == "=ROUND(100*C5/MAX(Ringkasan!$B$5,1),1)"
    rows = [[cell.value for cell in row] for row in book["Jawaban"].iter_rows(min_row=4)]
    assert rows[0] == [*SKM_9.keys, "sama"]
    assert [row[:9] for row in rows[1:]] == sorted([answers[key] for key in SKM_9.keys] for answers in ANSWERS)
    everything = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    for personal in ("Wayan", "R-00", "sabar", "2026-11", "02/11"):
        assert personal not in everything


def recomputed(book: bytes, folder: Path) -> Workbook:
    """Return the workbook with the values that LibreOffice computes for its formulas, not with the written ones."""
    assert SOFFICE, "SERVICES=required, but LibreOffice (soffice) is not installed"
    load_workbook(BytesIO(book)).save(folder / "skm.xlsx")  # openpyxl writes the formulas without their results
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder / "saved", "skm.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
    return load_workbook(folder / "saved" / "skm.xlsx", data_only=True)


@needs_libreoffice
def test_libreoffice_computes_the_same_figures(rated, office, client_of, kepala, tmp_path):
    book = recomputed(download(client_of(kepala), "xlsx"), tmp_path)

    report = read_skm_report(period_of("2026-T4"), office)
    found = [book["Ringkasan"].cell(row, 2).value for row in range(5, 13)]
    assert found == [5, 12, 41.7, report.target, 87.22, "B", 60, 40]
    aspects = [[cell.value for cell in row[:3]] for row in book["Unsur"].iter_rows(min_row=5, max_row=13)]
    assert [row[1] for row in aspects] == [one.total for one in report.figures.aspects]
    assert [round(row[2], 2) for row in aspects] == [float(round(one.mean, 2)) for one in report.figures.aspects]


def results_of(book: Workbook) -> dict[str, object]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value for sheet in book for row in sheet.iter_rows() for cell in row
    }


@needs_libreoffice
def test_the_written_results_are_those_that_libreoffice_computes(rated, client_of, kepala, tmp_path):
    content = download(client_of(kepala), "xlsx")

    written = results_of(load_workbook(BytesIO(content), data_only=True))
    computed = results_of(recomputed(content, tmp_path))

    formulas = {
        place for place, value in results_of(load_workbook(BytesIO(content))).items() if str(value).startswith("=")
    }
    assert len(formulas) > 6 + 9 * 3 + 5  # and one for each class of respondents
    means = {place for place in formulas if place.startswith(("Unsur!C", "Unsur!D"))}  # LibreOffice saves 15 digits
    assert {place: written[place] for place in formulas - means} == {
        place: computed[place] for place in formulas - means
    }
    assert [written[place] for place in means] == pytest.approx([computed[place] for place in means])


def test_a_reader_that_computes_nothing_shows_the_figures(rated, office, client_of, kepala):
    book = load_workbook(BytesIO(download(client_of(kepala), "xlsx")), data_only=True)

    report = read_skm_report(period_of("2026-T4"), office)
    found = [book["Ringkasan"].cell(row, 2).value for row in range(5, 13)]
    assert found == [5, 12, 41.7, report.target, 87.22, "B", 60, 40]
    assert [row[0].value for row in book["Unsur"].iter_rows(min_row=5, max_row=13, min_col=2)] == [
        one.total for one in report.figures.aspects
    ]


@needs_libreoffice
def test_libreoffice_rounds_a_half_up_and_takes_the_class_afterwards(office, today, client_of, kepala, tmp_path):
    # 8 respondents, each unsur 25: 25 x 225 / 72 = 78.125 exactly
    for value in (4, *[3] * 7):
        visit = VisitFactory(day=date(2026, 11, 2), status=Status.SERVED)
        RatingFactory(visit=visit, answers=skm_answers(value))

    with time_machine.travel(FROZEN, tick=False):  # the quarter takes no more ratings, so each is counted
        book = recomputed(download(client_of(kepala), "xlsx"), tmp_path)

    assert Decimal(str(book["Ringkasan"]["B9"].value)) == Decimal("78.13")
    assert book["Ringkasan"]["B10"].value == "B"
