"""The recap of November 2026 in a small office. Comments show how each figure was computed without the program."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from guestbook.periods import Period, period_of
from office.models import DayOff
from recommendations.submissions.actions.opening import cancel
from reports.recap_tables import METHOD, submission_tables
from reports.recaps import SubmissionRecap, read_submission_recap
from tests.pages import pdf_pages
from tests.reports.conftest import recorded

NOVEMBER = period_of("2026-11")
GROUPED = [
    *("Diterima", "Terekam lengkap", "Kembali", "Surat terbit", "Batal"),
    *("Janji ditepati", "Janji terlambat", "Ditepati, persen", "Hari kerja, median", "Putaran per surat"),
    "Lewat tempo",
]


def read(period: Period = NOVEMBER, today: date = date(2026, 12, 15)) -> SubmissionRecap:
    return read_submission_recap(period, today=today, days_off=DayOff.objects.names().keys())


def rows(recap: SubmissionRecap, key: str) -> dict:
    table = next(table for table in submission_tables(recap) if table.key == key)
    return {row[0]: row[1:] for row in table.rows}


def test_the_whole_month_equals_the_figures_computed_on_paper(november):
    found = {name: value for name, (value,) in rows(read(), "ringkasan").items()}

    assert found == {
        "Diterima": 5,  # cancelled, provisional, told_in_december, returned_after_midnight, opened
        "Terekam lengkap": 6,  # the first four of these, and rounds 2 and 3 of returned_twice
        "Dikembalikan": 4,  # returned_twice on 1/11 and 6/11, moved, provisional
        # on_the_day, a_day_late (twice, counted once), past_midnight, returned_twice, told_in_december
        "Diverifikasi": 5,
        "Surat terbit": 5,  # the same five
        "Surat disampaikan": 4,  # without told_in_december
        "Dibatalkan": 1,
        "Janji ditepati": 6,  # on_the_day, three of returned_twice, moved, provisional
        "Janji terlambat": 2,  # a_day_late, past_midnight
        "Ditepati, persen": 75.0,  # 6 of 8
        # 4, 4, 4, 14, 30, 31, 31, 34 working days: the middle of 14 and 30
        "Hari kerja, median": 22.0,
        # rank 1 + 7 x 0.9 = 7.3: 31 + 0.3 x (34 - 31) = 31.9
        "Hari kerja, persentil 90": 31.9,
        "Putaran per surat": 1.4,  # (1 + 1 + 1 + 3 + 1) / 5
        "Lewat tempo, masih berjalan": 1,  # forgotten
    }


def test_each_agency_officer_and_form_has_its_part(november):
    recap = read()

    assert submission_tables(recap)[1].head == ["Formulir", *GROUPED]
    assert rows(recap, "instansi") == {
        # days 30, 31, 4: the middle is 30; 2 of 3 kept
        "Dinas Kesehatan Contoh": [2, 2, 1, 2, 0, 2, 1, 66.7, 30.0, 1.0, 0],
        # cancelled, forgotten, moved (day 34), opened
        "Dinas Perhubungan Contoh": [2, 1, 1, 0, 1, 1, 0, 100.0, 34.0, None, 1],
        # days 31, 14, 4, 4: the middle of 4 and 14; rounds (1 + 3 + 1) / 3
        "Dinas Sosial Contoh": [1, 3, 2, 3, 0, 3, 1, 75.0, 9.0, 1.7, 0],
    }
    assert rows(recap, "petugas") == {
        # days 30, 31, 31; 1 of 3 kept
        "Rina Contoh": [3, 2, 0, 4, 0, 1, 2, 33.3, 31.0, 1.0, 1],
        # days 14, 4, 4, 34, 4
        "Dewi Contoh": [2, 4, 4, 1, 1, 5, 0, 100.0, 4.0, 3.0, 0],
    }
    assert rows(recap, "formulir") == {
        "FS3": [4, 6, 4, 5, 1, 6, 2, 75.0, 22.0, 1.4, 1],
        "FP-KPA": [1, 0, 0, 0, 0, 0, 0, None, None, None, 0],
    }
    assert rows(recap, "putaran") == {"1 putaran": [4], "3 putaran": [1]}
    # what the figures leave out or depend on: cancelled; provisional; moved; told_in_december
    omitted = recap.omitted
    assert (omitted.stopped, omitted.provisional, omitted.moved, omitted.untold) == (1, 1, 1, 1)


def test_what_happened_past_midnight_belongs_to_the_local_december(november):
    december = read(period_of("2026-12")).whole

    # returned_after_midnight on day 21, told_in_december on day 1
    assert (december.returned, december.sent, december.kept, december.broken) == (1, 1, 2, 0)
    assert sorted(december.days) == [1, 21]
    assert december.received == december.recorded == 0

    # and the quarter is the sum of its months
    quarter = read(period_of("2026-T4"))
    assert [group.name for group in quarter.months] == ["Oktober 2026", "November 2026", "Desember 2026"]
    assert [group.received for group in quarter.months] == [5, 5, 0]  # October: 5/10 twice, 6/10, 12/10, 1/10
    assert [group.told for group in quarter.months] == [0, 8, 2]
    assert (quarter.whole.received, quarter.whole.told, quarter.whole.kept_share) == (10, 10, 80.0)
    assert quarter.whole.overdue == 1


def test_a_promise_is_overdue_from_the_day_after_until_it_ends(november, at, petugas):
    # forgotten is due on 9/11; at the end of November no other promise is overdue
    assert read(today=date(2026, 11, 9)).whole.overdue == 0
    assert read(period_of("2026"), today=date(2026, 11, 9)).whole.overdue == 0
    assert read(today=date(2026, 11, 10)).whole.overdue == 1
    # at the end of October no promise was due yet
    assert read(period_of("2026-10")).whole.overdue == 0
    # a promise that ended later was still overdue then
    cancel(november.forgotten, reason="Ditarik.", by=petugas)

    assert read().whole.overdue == 1
    assert read(period_of("2026-12")).whole.overdue == 0


def test_an_empty_month_has_no_figures_and_does_not_divide_by_zero(office):
    whole = read(period_of("2026-03")).whole

    assert (whole.kept_share, whole.median, whole.ninetieth, whole.rounds_mean) == (None, None, None, None)


def test_the_queries_are_the_same_for_any_number_of_submissions(
    november, at, petugas, agencies, django_assert_num_queries
):
    with django_assert_num_queries(5):
        read()
    at("11-20 09:00")
    for _ in range(3):
        recorded(petugas, agencies.health)

    with django_assert_num_queries(5):
        assert read().whole.received == 8


# page and files


def test_the_last_year_an_address_can_say_leads_to_none_after_it(client_of, kepala):
    page = client_of(kepala).get("/ringkasan/tahun/2199/").content.decode()

    assert 'rel="prev"' in page
    assert 'rel="next"' not in page


def test_the_page_says_the_figures_and_what_they_leave_out(november, client_of, petugas, kepala):
    for code in ("bulan/2026/11", "triwulan/2026/4", "semester/2026/2", "tahun/2026", "bulan/2026/3"):
        answer = client_of(kepala).get(f"/ringkasan/{code}/")

        assert answer.status_code == 200
        assert reverse("reports:recap", args=[answer.context["period"].next]) in answer.content.decode()
    page = " ".join(client_of(petugas).get("/ringkasan/bulan/2026/11/").content.decode().split())

    assert "75,0 <small>%</small>" in page
    assert "6 dari 8 putaran; 1 masih berjalan lewat jatuh tempo" in page
    assert "1 janji berhenti karena permohonan dibatalkan" in page
    assert "SK 019/KPA/2024" in page


@pytest.mark.parametrize(
    "code", ["bulan/2026/13", "bulan/2026/0", "triwulan/2026/5", "semester/2026/3", "tahun/26", "minggu/2026/1"]
)
def test_an_address_that_names_no_period_is_not_found(office, client_of, petugas, code):
    assert client_of(petugas).get(f"/ringkasan/{code}/").status_code == 404


@pytest.mark.parametrize("code", ["bulan/2000/1", "tahun/2199"])
def test_the_first_and_the_last_period_have_pages_too(office, client_of, petugas, code):
    assert client_of(petugas).get(f"/ringkasan/{code}/").status_code == 200


def test_the_workbook_and_the_paper_have_the_same_numbers(november, client_of, petugas):
    answer = client_of(petugas).get("/ringkasan/bulan/2026/11/rekap.xlsx")

    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Ringkasan", "Per formulir", "Per instansi", "Per petugas", "Putaran surat terbit"]
    summary = book["Ringkasan"]
    assert (summary["A1"].value, summary["A2"].value) == (
        "Rekap rekomendasi: Ringkasan",
        "BPS Kota Banjarmasin, November 2026",
    )
    found = {row[0].value: row[1].value for row in summary.iter_rows(min_row=5)}
    assert (found["Diterima"], found["Janji ditepati"], found["Ditepati, persen"]) == (5, 6, 75.0)
    assert [cell.value for cell in book["Per petugas"][6]] == ["Dewi Contoh", 2, 4, 4, 1, 1, 5, 0, 100, 4, 3, 0]
    assert {cell.data_type for cell in book["Per petugas"][6][1:]} == {"n"}
    assert summary.cell(summary.max_row, 1).value.startswith(METHOD)

    # and the paper, with kop and signature
    answer = client_of(petugas).get("/ringkasan/bulan/2026/11/rekap.pdf")

    pages = pdf_pages(answer.content)
    words = " ".join(pages)
    assert "BADAN PUSAT STATISTIK KOTA BANJARMASIN" in pages[0]
    assert "Rekap Layanan Rekomendasi Kegiatan Statistik November 2026" in pages[0]
    assert "1 janji berhenti karena permohonan dibatalkan" in words
    assert "Ditepati, persen 75,0" in words
    assert "Dewi Contoh 2 4 4 1 1 5 0 100,0 4,0 3,0 0" in words
    assert "Kepala Badan Pusat Statistik" in pages[-1]
    assert "Siti Contoh, S.ST., M.Si." in pages[-1]


@pytest.mark.parametrize("file", ["", "rekap.xlsx", "rekap.pdf"])
def test_the_admin_sees_no_recap(office, client_of, admin_user, file):
    assert client_of(admin_user).get(f"/ringkasan/bulan/2026/11/{file}").status_code == 403
