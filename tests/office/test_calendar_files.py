"""The calendar as CSV and ICS: the days come back unchanged, and a bad file is refused with a message."""

from datetime import date

import pytest

from office.calendar_files import BadCalendarFile, as_csv, as_ics, read_days
from office.models import DayOff

pytestmark = pytest.mark.django_db


def facts(days) -> list[tuple]:
    return [(day.day, day.name, day.kind, day.source) for day in days]


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_year_comes_back_from_csv_and_ics_as_it_went_out(office, year):
    rows = DayOff.objects.filter(day__year=year)

    assert facts(read_days(as_csv(rows), year=year)) == facts(rows)
    assert facts(read_days(as_ics(rows, name="Kalender", address="contoh.example"), year=year)) == facts(rows)


def test_a_name_that_looks_like_a_formula_goes_out_as_text(db):
    day = DayOff(day=date(2026, 5, 1), name="=HYPERLINK(1)", kind=DayOff.Kind.OTHER, source="+1")

    assert b"'=HYPERLINK" in as_csv([day])
    assert facts(read_days(as_csv([day]), year=2026)) == [(day.day, day.name, day.kind, day.source)]


def test_a_sheet_typed_by_hand_is_understood(db):
    typed = b"Tanggal,Nama\n2026-08-18,Cuti bersama tambahan\n\n17-08-2026,Hari Kemerdekaan\n"

    days = read_days(typed, year=2026)

    assert [(day.day, day.kind) for day in days] == [
        (date(2026, 8, 17), DayOff.Kind.NATIONAL),
        (date(2026, 8, 18), DayOff.Kind.NATIONAL),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Baris pertama"),
        (b"tanggal;nama\n", "tidak memuat hari libur"),
        (b"tanggal;nama\n31/02/2026;Hari\n", "Baris 2: tanggal"),
        (b"tanggal;nama\n2026-24-24;Hari\n", "Baris 2: tanggal"),
        (b"tanggal;nama\n01/05/2026;\n", "nama hari libur belum diisi"),
        (b"tanggal;nama;jenis\n01/05/2026;Hari;pesta\n", "jenis"),
        (b"tanggal;nama\n01/05/2026;Satu\n01/05/2026;Dua\n", "tertulis dua kali"),
        (b"tanggal;nama\n01/05/2025;Tahun lain\n", "tidak memuat hari libur tahun 2026"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nrusak", "rusak"),
        (b"x" * (600 * 1024), "terlalu besar"),
        (
            b"tanggal;nama\n"
            + b"".join(b"%02d/%02d/2026;x\n" % (d, m) for m in range(1, 13) for d in range(1, 29))
            + b"29/01/2026;x\n" * 80,
            "hari libur untuk satu tahun",
        ),
    ],
)
def test_a_bad_file_is_refused_with_a_word_what_to_do(db, content, words):
    with pytest.raises(BadCalendarFile, match=words):
        read_days(content, year=2026)
