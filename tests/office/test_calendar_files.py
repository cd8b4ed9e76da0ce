"""The calendar as CSV and ICS: the days come back unchanged, and a bad file is refused with a message."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from office.calendar_files import as_csv, as_ics, read_days
from office.ics_events import BadCalendarFile
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


def ics(*events: str) -> bytes:
    """Return a calendar with these events; "|" ends a line of an event."""
    lines = [
        f"BEGIN:VEVENT|UID:{number}@contoh.example|{event}|END:VEVENT" for number, event in enumerate(events, start=1)
    ]
    return "|".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).replace("|", "\r\n").encode()


def days_of(*events: str, year: int = 2026) -> list[str]:
    return [f"{day.day:%d/%m}" for day in read_days(ics(*events), year=year)]


@pytest.mark.parametrize(
    ("event", "days"),
    [
        ("DTSTART;VALUE=DATE:20260320|DTEND;VALUE=DATE:20260322", ["20/03", "21/03"]),
        ("DTSTART;VALUE=DATE:20260320|DURATION:P2D", ["20/03", "21/03"]),
        ("DTSTART;VALUE=DATE:20260320", ["20/03"]),
        ("DTSTART;VALUE=DATE:20260320|DTEND;VALUE=DATE:20260320", ["20/03"]),
        ("DTSTART;TZID=Asia/Jayapura:20260320T100000|DTEND;TZID=Asia/Jakarta:20260320T093000", ["20/03"]),
        ("DTSTART;VALUE=DATE:20251231|DTEND;VALUE=DATE:20260102", ["01/01"]),
        ("DTSTART:20260816T160000Z|DTEND:20260817T160000Z", ["17/08"]),
        ("DTSTART:20251231T160000Z", ["01/01"]),
        ("DTSTART;TZID=Asia/Makassar:20260817T000000|DTEND;TZID=Asia/Makassar:20260818T000000", ["17/08"]),
        ("DTSTART;TZID=Asia/Jakarta:20260817T000000|DTEND;TZID=Asia/Jakarta:20260818T000000", ["17/08"]),
        ("DTSTART:20260817T000000|DTEND:20260818T000000", ["17/08"]),
        ("DTSTART;TZID=Entah/Dimana:20260817T000000", ["17/08"]),
        ("DTSTART;VALUE=DATE:19450817|RRULE:FREQ=YEARLY", ["17/08"]),
        ("DTSTART;VALUE=DATE:20250501|RRULE:FREQ=YEARLY;COUNT=2", ["01/05"]),
        ("DTSTART;VALUE=DATE:20260320|RRULE:FREQ=DAILY;COUNT=3", ["20/03", "21/03", "22/03"]),
        ("DTSTART;VALUE=DATE:20260320|RRULE:FREQ=DAILY;COUNT=3|EXDATE;VALUE=DATE:20260321", ["20/03", "22/03"]),
        ("DTSTART;VALUE=DATE:20260320|RDATE;VALUE=DATE:20260324,20260326", ["20/03", "24/03", "26/03"]),
        ("DTSTART;VALUE=DATE:20260105|RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=1MO", ["05/01"]),
        ("DTSTART;VALUE=DATE:20260817|baris yang rusak", ["17/08"]),
    ],
)
def test_an_event_is_every_local_day_that_it_covers(db, event, days):
    assert days_of(event) == days


def test_a_cancelled_event_is_no_day_off(db):
    gone = "DTSTART;VALUE=DATE:20260320|STATUS:CANCELLED"

    assert days_of(gone, "DTSTART;VALUE=DATE:20260501|STATUS:CONFIRMED") == ["01/05"]


def test_one_cancelled_time_of_a_repeated_event_is_no_day_off(db):
    yearly = ics("DTSTART;VALUE=DATE:20250501|RRULE:FREQ=YEARLY", "DTSTART;VALUE=DATE:20260817")
    without = "RECURRENCE-ID;VALUE=DATE:20260501\r\nDTSTART;VALUE=DATE:20260501\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n"
    cancelled = f"BEGIN:VEVENT\r\nUID:1@contoh.example\r\n{without}END:VCALENDAR".encode()

    days = read_days(yearly.replace(b"END:VCALENDAR", cancelled), year=2026)

    assert [day.day for day in days] == [date(2026, 8, 17)]


def test_the_first_of_several_names_is_the_name(db):
    (day,) = read_days(ics("SUMMARY:Hari Contoh|SUMMARY:Nama kedua|DTSTART;VALUE=DATE:20260501"), year=2026)

    assert day.name == "Hari Contoh"


def test_the_kind_comes_from_any_of_several_categories(db):
    event = "DTSTART;VALUE=DATE:20260320|SUMMARY:Idul\u200b Fitri|CATEGORIES:Libur,x|CATEGORIES:Cuti bersama"

    (day,) = read_days(ics(event), year=2026)

    assert (day.name, day.kind) == ("Idul Fitri", DayOff.Kind.COLLECTIVE)


ENDLESS = "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYHOUR=1,2;BYSECOND=1,2"
NEVER = (
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2",
    "FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=5MO",
    "FREQ=YEARLY;BYDAY=60MO",
    "FREQ=YEARLY;BYWEEKNO=60",
)


@pytest.mark.parametrize("rule", [*ENDLESS, *NEVER])
def test_a_rule_that_could_run_for_hours_is_refused_in_words(db, rule):
    with pytest.raises(BadCalendarFile, match="Acara “Libur”: cara berulangnya tidak dikenal"):
        days_of(f"DTSTART;VALUE=DATE:20250201|SUMMARY:Libur|RRULE:{rule}")


DAILY = "DTSTART;VALUE=DATE:20260101|RRULE:FREQ=DAILY"


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (["DTSTART;VALUE=DATE:20260231|SUMMARY:Libur"], "Acara “Libur”: tanggalnya tidak ada"),
        (["DTSTART:20260217T250000Z|SUMMARY:Libur"], "Acara “Libur”: tanggalnya tidak ada"),
        (["DTSTART;VALUE=DATE:20260217|RRULE:FREQ=KADANG"], "tanggalnya tidak ada atau tidak terbaca"),
        (["DTSTART;VALUE=DATE:20260217|DTSTART;VALUE=DATE:20260218"], "rusak"),
        (["DTSTART;VALUE=DATE:20240101|DTEND;VALUE=DATE:20270101"], "lebih panjang dari setahun"),
        (["DTSTART;VALUE=DATE:20260320|DTEND;VALUE=DATE:20260310|SUMMARY:Libur"], "Acara “Libur” berakhir sebelum dim"),
        (["DTSTART;VALUE=DATE:20260320|DURATION:-P2D"], "berakhir sebelum dimulai"),
        (["DTSTART:20260320T020000|DTEND:20260319T160000Z"], "berakhir sebelum dimulai"),
        (
            ["DTSTART;VALUE=DATE:20260320|DTEND;VALUE=DATE:20260310|RRULE:FREQ=DAILY;COUNT=3"],
            "berakhir sebelum dimulai",
        ),
        (["DTSTART;VALUE=DATE:19000101|RRULE:FREQ=DAILY"], "cara berulangnya tidak dikenal"),
        ([DAILY] * 2, "lebih dari 400 hari libur"),
        ([DAILY] * 61, "Terlalu banyak acara berulang"),
        (["DTSTART;VALUE=DATE:20260101"] * 1001, "1001 acara"),
        (["A:b|" * 20_001], "terlalu panjang"),
    ],
)
def test_a_calendar_with_more_than_days_off_is_refused_in_words(db, events, words):
    with pytest.raises(BadCalendarFile, match=words):
        days_of(*events)


def test_a_zone_that_the_file_defines_itself_is_not_run(db):
    endless = b"BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0800\r\n"
    endless = b"BEGIN:VTIMEZONE\r\nTZID:X\r\n" + endless + b"TZOFFSETTO:+0700\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    calendar = ics("DTSTART;TZID=X:20260817T000000").replace(b"BEGIN:VEVENT", endless + b"BEGIN:VEVENT")

    assert [day.day for day in read_days(calendar, year=2026)] == [date(2026, 8, 17)]


@pytest.mark.parametrize("depth", [500, 9_000])
def test_events_inside_events_are_refused_in_words(db, depth):
    nested = b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * depth + b"END:VEVENT\r\n" * depth + b"END:VCALENDAR\r\n"

    with pytest.raises(BadCalendarFile):
        read_days(nested, year=2026)


def test_a_damaged_calendar_is_read_or_refused(db):
    """Five hundred files with errors at random places."""
    whole = ics(
        "DTSTART;VALUE=DATE:20260320|DTEND;VALUE=DATE:20260322|SUMMARY:Libur|CATEGORIES:a,b",
        "DTSTART;TZID=Asia/Jakarta:20250817T000000|DURATION:P1D|RRULE:FREQ=YEARLY;COUNT=4|EXDATE:20260817T000000Z",
    )
    chance, outcomes = Random(10), Counter()  # noqa: S311 - the same files at each run

    for _ in range(500):
        outcomes[outcome(damaged(whole, chance))] += 1

    assert outcomes.total() == 500
    assert set(outcomes) == {"read", "refused"}


def damaged(whole: bytes, chance: Random) -> bytes:
    file = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        place, other = chance.randrange(len(file)), chance.randrange(len(file))
        file[place : place + chance.choice([0, 1, 15])] = chance.choice(
            [b"", b"\0", b"9999", b";", file[other : other + 15]]
        )
    return bytes(file)


def outcome(file: bytes) -> str:
    try:
        read_days(file, year=2026)
    except BadCalendarFile:
        return "refused"
    return "read"


def test_a_csv_that_no_reader_takes_is_refused_in_words(db):
    with pytest.raises(BadCalendarFile, match="Berkas CSV ini rusak"):
        read_days(b"tanggal;nama\n01/05/2026;" + b"x" * 200_000, year=2026)
