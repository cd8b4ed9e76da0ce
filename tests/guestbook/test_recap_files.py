"""The recap's page and its two files, read back."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from guestbook import actions
from guestbook.models import ExportLog
from guestbook.periods import period_of
from guestbook.recap_paper import recap_html
from guestbook.recap_tables import METHOD, tables_of
from guestbook.recaps import read_recap
from guestbook.workflow import Status
from office.models import Head, Office, Service, User
from tests.factories import UserFactory, VisitFactory
from tests.pages import pdf_pages

SCRIPT = "<script>alert(1)</script>"
TODAY = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
FILES = ["/rekap/unduh/xlsx/", "/rekap/unduh/pdf/"]


@pytest.fixture
def today():
    with time_machine.travel(TODAY, tick=False):
        yield date(2026, 11, 22)


@pytest.fixture
def served_now(today, petugas: User, counter) -> User:
    """Make a visit of today without any duration. Return the officer who served it."""
    visit = actions.call(VisitFactory(), counter, by=petugas)
    actions.finish(actions.start(visit, by=petugas), by=petugas)
    return petugas


# the page


@pytest.mark.parametrize("role", ["petugas", "kepala"])
def test_the_page_opens_with_the_month_of_today(request, client_of, served_now, role):
    page = client_of(request.getfixturevalue(role)).get("/rekap/").content.decode()

    assert "<title>Rekap November 2026 | PST 6371</title>" in page
    assert "November 2026 belum berakhir, jadi angkanya masih berubah." in page
    assert 'href="/rekap/"\n               aria-current="page"' in page


@pytest.mark.parametrize(("role", "status"), [("admin_user", 403), (None, 302)])
def test_others_neither_see_nor_take_a_recap(request, client, client_of, served_now, role, status):
    signed_in = client_of(request.getfixturevalue(role)) if role else client

    answers = [signed_in.get("/rekap/"), *(signed_in.post(file, {"periode": "2026-11"}) for file in FILES)]

    assert [answer.status_code for answer in answers] == [status] * 3
    assert not ExportLog.objects.exists()


def test_the_address_keeps_the_period_and_leads_to_its_neighbours(client_of, petugas):
    page = client_of(petugas).get("/rekap/?periode=2026-T4").content.decode()

    assert "Triwulan IV 2026" in page
    for code in ("2026-10", "2026-S2", "2026", "2026-T3", "2027-T1"):
        assert f'href="?periode={code}"' in page


@pytest.mark.parametrize("code", ["2026-13", "' OR 1=1", "0000"])
def test_an_address_that_names_no_period_is_not_found(client_of, petugas, code):
    assert client_of(petugas).get("/rekap/", {"periode": code}).status_code == 404
    assert [client_of(petugas).post(file, {"periode": code}).status_code for file in FILES] == [404, 404]


def test_the_page_says_in_words_what_is_left_out(client_of, petugas, today):
    VisitFactory.create_batch(3)

    page = client_of(petugas).get("/rekap/").content.decode()

    assert "3 kunjungan tanpa waktu lengkap tidak dihitung." in page


def test_every_chart_has_its_title_and_its_table(client_of, served_now):
    page = client_of(served_now).get("/rekap/?periode=2026-T4").content.decode()

    assert page.count('<svg class="chart"') == page.count('<title id="chart-') == 11
    assert page.count("<caption") == 12  # one of them is the table of exports
    assert "Kunjungan per hari, terbanyak 1 pada Minggu, 22 November 2026" in page


def test_names_with_script_are_words_everywhere(client_of, petugas, today, counter):
    actions.call(VisitFactory(service=Service.objects.get(prefix="K")), counter, by=UserFactory(name=SCRIPT))
    Service.objects.filter(prefix="K").update(name=f"{SCRIPT}K")
    ExportLog.objects.create(by=UserFactory(name=SCRIPT), kind="pdf", period="2026", rows=1)

    page = client_of(petugas).get("/rekap/").content.decode()
    recap = read_recap(period_of("2026-11"))
    facts = {"whole": recap.whole, "period": recap.period, "today": today}
    paper = recap_html(tables_of(recap), office=Office.objects.current(), **facts)

    assert SCRIPT not in page + paper
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 5  # officer and service in chart and table; the log
    assert paper.count("&lt;script&gt;") == 2


def test_the_page_needs_the_same_queries_for_any_number_of_visits(client_of, petugas, today):
    desk = client_of(petugas)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get("/rekap/").status_code == 200
        return len(asked)

    desk.get("/rekap/")
    VisitFactory()
    ExportLog.objects.create(by=petugas, kind="pdf", period="2026", rows=1)
    few = queries()
    for _ in range(20):
        VisitFactory(officer=UserFactory(), status=Status.NO_SHOW)
        ExportLog.objects.create(by=UserFactory(), kind="xlsx", period="2026", rows=1)

    assert queries() == few


# the files


def download(desk: Client, file: str, code: str = "2026-11") -> bytes:
    answer = desk.post(file, {"periode": code})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith(f'attachment; filename="Rekap kunjungan {code}.')
    assert "no-store" in answer["Cache-Control"]
    return answer.content


def test_each_download_is_logged_and_shown_at_the_foot(client_of, petugas, kepala, today):
    VisitFactory.create_batch(2)
    for person, file in ((petugas, FILES[0]), (kepala, FILES[1])):
        download(client_of(person), file)

    page = client_of(petugas).get("/rekap/").content.decode()

    logged = list(ExportLog.objects.values_list("by", "kind", "period", "rows", "at"))
    assert logged == [(kepala.pk, "pdf", "2026-11", 2, TODAY), (petugas.pk, "xlsx", "2026-11", 2, TODAY)]
    assert "Siti Contoh, S.ST., M.Si." in page.partition("Unduhan terakhir")[2]


@pytest.mark.parametrize("file", FILES)
def test_a_link_downloads_nothing(client_of, petugas, file):
    assert client_of(petugas).get(file, {"periode": "2026-11"}).status_code == 405
    assert not ExportLog.objects.exists()


def test_the_workbook_has_a_sheet_a_table_and_numbers_that_are_numbers(client_of, served_now):
    book = load_workbook(BytesIO(download(client_of(served_now), FILES[0])))

    recap = read_recap(period_of("2026-11"))
    assert book.sheetnames == [table.title for table in tables_of(recap)]
    for table, sheet in zip(tables_of(recap), book, strict=True):
        found = [[cell.value for cell in row[: len(table.head)]] for row in sheet.iter_rows(min_row=4)]
        assert sheet["A2"].value == "BPS Kota Banjarmasin, November 2026"
        assert found[: 1 + len(table.rows)] == [table.head, *table.rows]
    officers = book["Per petugas"]
    assert [cell.value for cell in officers[5]] == ["Rina Contoh", 1, 1, 0, 0, 0, 0.0, 0.0, 0.0, 0.0]
    assert {cell.data_type for cell in officers[5][1:]} == {"n"}


def test_every_sheet_is_printed_one_page_wide_with_its_head_and_the_method_stands_below_the_summary(
    client_of, served_now
):
    book = load_workbook(BytesIO(download(client_of(served_now), FILES[0])))

    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
            "landscape",
            1,
            0,
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$4:$4"
    summary = book["Ringkasan"]
    assert summary.cell(summary.max_row, 1).value == METHOD
    assert [str(cells) for cells in summary.merged_cells.ranges] == [f"A{summary.max_row}:B{summary.max_row}"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_a_spreadsheet_would_run_is_text(client_of, petugas, today, counter, start):
    name = f"{start}cmd|' /C calc'!A0"
    actions.call(VisitFactory(), counter, by=UserFactory(name=name))

    book = load_workbook(BytesIO(download(client_of(petugas), FILES[0])))

    cell = book["Per petugas"]["A5"]
    assert cell.value.startswith("'")
    assert cell.value[1:].lstrip("\n\r\t=+-@") == name.lstrip("\t\r=+-@")
    assert cell.data_type == "s"
    assert "f" not in {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}


def test_the_paper_has_kop_period_tables_signature_and_page_numbers(client_of, served_now, kepala):
    pages = pdf_pages(download(client_of(served_now), FILES[1]))

    whole = " ".join(pages)
    assert "BADAN PUSAT STATISTIK KOTA BANJARMASIN Jalan Gatot Subroto No. 5" in pages[0]
    assert "November 2026" in pages[0]
    assert "Periode belum berakhir: angka sampai 22 November 2026." in pages[0]
    assert "Minggu, 22 November 2026 1 1 0 0 0 0,0 0,0 0,0 0,0" in whole
    for table in tables_of(read_recap(period_of("2026-11"))):
        assert table.title in whole
    assert pages[-1].find("Banjarmasin, 22 November 2026 Kepala Badan Pusat Statistik") >= 0
    assert "Siti Contoh, S.ST., M.Si. NIP 000000000000000001" in pages[-1]
    assert [f"Halaman {place} dari {len(pages)}" in page for place, page in enumerate(pages, 1)] == [True] * len(pages)


def test_the_paper_of_a_year_leaves_the_days_to_the_workbook(client_of, served_now):
    desk = client_of(served_now)

    month = " ".join(pdf_pages(download(desk, FILES[1], "2026-11")))
    words = " ".join(pdf_pages(download(desk, FILES[1], "2026")))
    book = load_workbook(BytesIO(download(desk, FILES[0], "2026")))

    assert "Angka per hari ada pada berkas XLSX" in words
    assert "Per hari Hari" in month
    assert "Per hari Hari" not in words
    assert "Per bulan" in words
    assert book["Per hari"]["A5"].value == "Minggu, 22 November 2026"


def paper_of(code: str, today: date) -> str:
    recap = read_recap(period_of(code))
    facts = {"whole": recap.whole, "period": recap.period, "today": today}
    return " ".join(recap_html(tables_of(recap), office=Office.objects.current(), **facts).split())


def test_the_head_of_the_period_s_last_day_signs_also_when_another_heads_today(kepala, today):
    later = UserFactory(name="Tono Contoh")
    Head.objects.filter(user=kepala).update(until_on="2026-10-31")
    Head.objects.create(user=later, capacity="Plt.", since_on="2026-11-01")

    october, november = paper_of("2026-10", today), paper_of("2026-11", today)

    assert "<b>Siti Contoh, S.ST., M.Si.</b>" in october
    assert "Plt. Kepala" not in october
    assert "<b>Tono Contoh</b>" in november
    assert "Plt. Kepala Badan Pusat Statistik" in november


def test_the_deputy_of_the_kepala_on_the_last_day_signs(kepala, today):
    Head.objects.create(
        user=UserFactory(name="Tono Contoh"), capacity="Plh.", since_on="2026-10-30", until_on="2026-11-02"
    )

    assert "Plh. Kepala" in paper_of("2026-10", today)
    assert "Siti Contoh" in paper_of("2026-11", today)


def test_without_a_kepala_on_that_day_the_signature_line_is_empty(office, today):
    assert "......" in paper_of("2026-10", today)
