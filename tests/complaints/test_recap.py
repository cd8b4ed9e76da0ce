from datetime import date, datetime, timedelta
from io import BytesIO

import time_machine
from django.utils import timezone
from openpyxl import load_workbook

from complaints.actions.handling import answer, ask_reporter, close_complaint
from complaints.actions.talking import rate_handling
from complaints.models import Complaint
from complaints.recaps import HEAD, Kept, complaint_tables, complaints_of, kept_terms, register_table
from complaints.reporter import Reporter
from guestbook.periods import period_around, period_of
from office.calendar import MONTHS
from office.formats import short_date
from tests.factories import assigned_complaint, new_complaint
from tests.pages import page

ZONE = timezone.get_default_timezone()
FRIDAY = datetime(2026, 11, 27, 10, tzinfo=ZONE)


def test_a_term_that_runs_is_neither_kept_nor_broken():
    today, early, late = date(2026, 12, 10), datetime(2026, 12, 9, tzinfo=ZONE), datetime(2026, 12, 12, tzinfo=ZONE)

    kept = kept_terms(
        [
            (today, early),  # kept
            (today, late),  # broken
            (today, None),  # still runs on its last day
            (today - timedelta(days=1), None),  # broken: it was never done
            (None, early),  # no term
        ],
        today,
    )

    assert (kept.in_time, kept.late) == (1, 2)
    assert kept.share == 33.3
    assert kept_terms([], today).share is None


def test_a_share_is_rounded_half_up_to_a_tenth():
    assert [Kept(*terms).share for terms in ((2, 1), (2499, 1), (1, 7), (1, 1599))] == [66.7, 100.0, 12.5, 0.1]


def handled(petugas, kepala) -> None:
    """Make three complaints of November: one closed in time, one closed late and reopened, one not answered."""
    with time_machine.travel(FRIDAY, tick=False):
        first, second, _ = (assigned_complaint(petugas, by=kepala, element="waktu") for _ in range(3))
        answer(first, text="Ya.", by=petugas)
        rate_handling(close_complaint(first, outcome="done", note="Selesai.", by=petugas), is_satisfied=True)
    with time_machine.travel(FRIDAY + timedelta(days=17), tick=False):
        answer(second, text="Ya.", by=petugas)
        rate_handling(
            close_complaint(second, outcome="done", note="Selesai.", by=petugas), is_satisfied=False, text="Belum."
        )


def test_the_figures_are_those_of_the_complaints_received_in_the_period(petugas, kepala):
    handled(petugas, kepala)
    with time_machine.travel(datetime(2026, 12, 14, 10, tzinfo=ZONE), tick=False):
        new_complaint()
        found = complaints_of(period_of("2026-11"))
        summary, channels, elements, classes = complaint_tables(
            found, period_of("2026-11"), date(2026, 12, 14), hidden_from=[]
        )

    figures = dict(zip(HEAD, [row[1] for row in summary.rows], strict=True))
    assert figures == {
        "Diterima": 3,
        "Terbuka": 2,
        "Selesai": 1,
        "Ditanggapi tepat waktu": 1,
        "Ditanggapi terlambat": 1,
        "Belum ditanggapi, lewat batas": 1,
        "Ditanggapi tepat waktu, persen": 33.3,
        "Selesai tepat waktu": 1,
        "Selesai terlambat": 0,
        "Masih terbuka, lewat batas": 2,
        "Selesai tepat waktu, persen": 33.3,
        "Puas": 1,
        "Belum puas": 1,
        "Dibuka lagi": 1,
    }
    assert [row[:2] for row in channels.rows] == [["Halaman pengaduan", 3]]
    assert [row[:2] for row in elements.rows] == [["Waktu", 3]]
    assert [row[:2] for row in classes.rows] == [["Sederhana", 3]]


def test_those_that_ended_late_are_a_part_of_those_that_ended(petugas, kepala):
    handled(petugas, kepala)
    for today in (date(2026, 12, 14), date(2027, 3, 1)):
        summary = complaint_tables(complaints_of(period_of("2026-11")), period_of("2026-11"), today, hidden_from=[])[0]

        figures = dict(zip(HEAD, [row[1] for row in summary.rows], strict=True))
        assert figures["Selesai"] == figures["Selesai tepat waktu"] + figures["Selesai terlambat"]
        assert figures["Terbuka"] >= figures["Masih terbuka, lewat batas"] == 2


@time_machine.travel(FRIDAY, tick=False)
def test_a_first_dissatisfaction_counts_also_when_the_second_rating_is_puas(petugas, kepala):
    complaint = answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas)
    rate_handling(
        close_complaint(complaint, outcome="done", note="Selesai.", by=petugas), is_satisfied=False, text="Belum."
    )
    answer(complaint, text="Kami ulangi.", by=petugas)
    rate_handling(close_complaint(complaint, outcome="done", note="Selesai.", by=petugas), is_satisfied=True)

    summary = complaint_tables(
        list(Complaint.objects.all()), period_around(timezone.localdate(), 1), timezone.localdate(), hidden_from=[]
    )[0]

    figures = dict(zip(HEAD, [row[1] for row in summary.rows], strict=True))
    assert (figures["Puas"], figures["Belum puas"], figures["Dibuka lagi"]) == (1, 1, 1)


def test_a_late_end_stays_late_after_the_complaint_was_reopened_and_closed_in_time(petugas, kepala):
    with time_machine.travel(FRIDAY, tick=False):
        answer(complaint := assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas)
    with time_machine.travel(FRIDAY + timedelta(days=17), tick=False):
        close_complaint(complaint, outcome="done", note="Selesai.", by=petugas)
        rate_handling(complaint, is_satisfied=False, text="Belum.")
        answer(complaint, text="Kami ulangi.", by=petugas)
        close_complaint(complaint, outcome="done", note="Selesai.", by=petugas)

    found = complaints_of(period_of("2026-11"))
    summary = complaint_tables(found, period_of("2026-11"), date(2026, 12, 14), hidden_from=[])[0]

    figures = dict(zip(HEAD, [row[1] for row in summary.rows], strict=True))
    assert (figures["Selesai tepat waktu"], figures["Selesai terlambat"]) == (0, 1)
    assert "dibuka lagi sesudah selesai terlambat" in register_table(found, hidden_from=[]).rows[0]


def test_a_question_in_time_is_no_answer_in_time(petugas, kepala):
    with time_machine.travel(FRIDAY, tick=False):
        complaint = ask_reporter(assigned_complaint(petugas, by=kepala), text="Hari apa?", by=petugas)
    late = complaint.first_due_on + timedelta(days=1)
    with time_machine.travel(datetime.combine(late, FRIDAY.timetz()), tick=False):
        answer(complaint, text="Ya.", by=petugas)

    summary = complaint_tables(list(Complaint.objects.all()), period_of("2026-11"), late, hidden_from=[])[0]

    figures = dict(zip(HEAD, [row[1] for row in summary.rows], strict=True))
    assert (figures["Ditanggapi tepat waktu"], figures["Ditanggapi terlambat"]) == (0, 1)


def test_a_year_has_its_months(petugas, kepala):
    handled(petugas, kepala)

    tables = complaint_tables(complaints_of(period_of("2026")), period_of("2026"), date(2026, 12, 14), hidden_from=[])

    months = [row[:2] for row in tables[1].rows]
    assert months == [[name, 3 if name == "November" else 0] for name in MONTHS]
    assert tables[1].rows[0][7] is None


def test_the_rows_are_in_the_order_of_their_lists(petugas, kepala):
    with time_machine.travel(FRIDAY, tick=False):
        for channel, element in (("kiosk", "sarana"), ("page", "waktu"), ("box", "")):
            new_complaint(channel=channel, element=element, by=petugas if channel == "box" else None)
        assigned_complaint(petugas, by=kepala)

    _, channels, elements, classes = complaint_tables(
        complaints_of(period_of("2026-11")), period_of("2026-11"), FRIDAY.date(), hidden_from=[]
    )

    assert [row[0] for row in channels.rows] == ["Halaman pengaduan", "Kios", "Kotak saran"]
    assert [row[0] for row in elements.rows] == ["Tidak tentu", "Waktu", "Sarana dan prasarana"]
    assert [row[0] for row in classes.rows] == ["Sederhana", "Belum"]


def test_the_kepala_reads_and_downloads_the_recap(client_of, kepala, petugas):
    handled(petugas, kepala)
    Complaint.objects.update(text="Rahasia.", reporter_name="Budi Contoh", is_anonymous=False)

    with time_machine.travel(datetime(2026, 12, 14, 10, tzinfo=ZONE), tick=False):
        head = client_of(kepala)
        shown = page(head, "/aduan/rekap/?periode=2026-11", "November 2026")
        book = load_workbook(BytesIO(head.get("/aduan/rekap/unduh/xlsx/?periode=2026").content))

    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "33,3" in shown
    assert book.sheetnames == ["Ringkasan", "Per bulan", "Per saluran", "Per unsur", "Per golongan", "Register"]
    assert Complaint.objects.first().short_code in cells
    for secret in ("Rahasia.", "Budi Contoh", *[one.shown_code for one in Complaint.objects.all()]):
        assert not any(secret in cell for cell in cells)


def test_a_complaint_that_was_entered_after_the_period_is_marked(client_of, petugas, kepala):
    with time_machine.travel(FRIDAY, tick=False):
        new_complaint()
    with time_machine.travel(datetime(2027, 1, 20, 10, tzinfo=ZONE), tick=False):
        new_complaint(channel="box", received_on=date(2026, 12, 30), by=petugas)
        head = client_of(kepala)
        shown = page(head, "/aduan/rekap/?periode=2026-T4", "Dicatat sesudah periode ini berakhir")
        book = load_workbook(BytesIO(head.get("/aduan/rekap/unduh/xlsx/?periode=2026-T4").content))

    marks = [cell.value for row in book["Register"] for cell in row if str(cell.value).startswith("dicatat ")]
    assert "Diterima" in shown
    assert marks == [f"dicatat {short_date(date(2027, 1, 20))}"]
    assert ["Dicatat sesudah periode ini berakhir", 1] in [
        [cell.value for cell in row][:2] for row in book["Ringkasan"]
    ]


def test_a_formula_in_the_register_stays_text(client_of, kepala):
    new_complaint(sp4n_number="=1+1", reporter=Reporter(name="Budi Contoh"))

    book = load_workbook(BytesIO(client_of(kepala).get("/aduan/rekap/unduh/xlsx/").content))

    assert any(cell.value == "'=1+1" and cell.data_type == "s" for row in book["Register"].iter_rows() for cell in row)


def test_a_period_without_complaints_has_zeros_and_no_share(client_of, kepala):
    shown = page(client_of(kepala), "/aduan/rekap/?periode=2026-01", "Januari 2026")

    assert "–" in shown
    assert client_of(kepala).get("/aduan/rekap/?periode=2026-13").status_code == 404
