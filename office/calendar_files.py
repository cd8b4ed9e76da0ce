"""Write the days off as CSV or ICS, and read them from such a file. Reading only proposes days; it saves none."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from icalendar import Calendar, Event

from office.models import DayOff
from office.refusals import Refused

COLUMNS = ("tanggal", "nama", "jenis", "dasar")
KINDS = {label: value for value, label in DayOff.Kind.choices}
LARGEST = 512 * 1024
MOST_DAYS = 400


class BadCalendarFile(Refused):
    """Raised when the file is no calendar of that year."""


def as_csv(days: Iterable[DayOff]) -> bytes:
    """Return the days as CSV: four columns, semicolons as Indonesian spreadsheets expect, UTF-8 with a BOM."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows(
        [f"{day.day:%d/%m/%Y}", _harmless(day.name), day.get_kind_display(), _harmless(day.source)] for day in days
    )
    return file.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """Quote a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def as_ics(days: Iterable[DayOff], *, name: str, address: str) -> bytes:
    """Return the days as an ICS calendar of all-day events. `address` makes the event ids unique to this office."""
    calendar = Calendar()
    calendar.add("prodid", "-//pst-desk//kalender//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for day in days:
        event = Event()
        event.add("uid", f"{day.day.isoformat()}@{address}")
        event.add("dtstamp", datetime(day.day.year, 1, 1))  # noqa: DTZ001 - the same file for the same days
        event.add("dtstart", day.day)
        event.add("summary", day.name)
        event.add("categories", [day.get_kind_display()])
        event.add("description", day.source)
        calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file


def read_days(content: bytes, *, year: int) -> list[DayOff]:
    """Return the days off of `year` from a CSV or ICS file, unsaved and sorted.

    Raise BadCalendarFile when the file cannot be read, has no or too many days of that year, or repeats a date.
    """
    if len(content) > LARGEST:
        raise BadCalendarFile("Berkas ini terlalu besar untuk sebuah kalender. Pilih berkas CSV atau ICS satu tahun.")
    rows = list(_from_ics(content) if b"BEGIN:VCALENDAR" in content[:200] else _from_csv(content))
    days = [row for row in rows if row.day.year == year]
    if not days:
        raise BadCalendarFile(f"Berkas ini tidak memuat hari libur tahun {year}.")
    if len(days) > MOST_DAYS:
        raise BadCalendarFile(f"Berkas ini memuat {len(days)} hari libur untuk satu tahun. Periksa isinya.")
    doubled = [day.day for place, day in enumerate(days) if day.day in {one.day for one in days[:place]}]
    if doubled:
        raise BadCalendarFile(f"Tanggal {doubled[0]:%d/%m/%Y} tertulis dua kali. Sisakan satu, lalu pilih lagi.")
    return sorted(days, key=lambda day: day.day)


def _from_csv(content: bytes) -> Iterator[DayOff]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadCalendarFile("Berkas ini bukan teks UTF-8. Simpan sebagai CSV UTF-8, lalu pilih lagi.") from None
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    heads = {(head or "").strip().lower(): head for head in reader.fieldnames or ()}
    if not {"tanggal", "nama"} <= set(heads):
        raise BadCalendarFile("Baris pertama harus memuat kolom: tanggal; nama; jenis; dasar.")
    for number, row in enumerate(reader, start=2):
        cells = {column: (row.get(heads.get(column, "")) or "").strip() for column in COLUMNS}
        if any(cells.values()):
            yield _day(number, cells)


def _day(number: int, cells: dict[str, str]) -> DayOff:
    kind = KINDS.get(cells["jenis"].lower(), DayOff.Kind.NATIONAL if not cells["jenis"] else None)
    day = _date(cells["tanggal"])
    if day is None:
        raise BadCalendarFile(f"Baris {number}: tanggal “{cells['tanggal'][:20]}” tidak ada. Tulis seperti 28/02/2027.")
    if kind is None:
        raise BadCalendarFile(f"Baris {number}: jenis “{cells['jenis'][:20]}” tidak dikenal. Tulis {', '.join(KINDS)}.")
    if not cells["nama"]:
        raise BadCalendarFile(f"Baris {number}: nama hari libur belum diisi.")
    return DayOff(day=day, name=cells["nama"].lstrip("'")[:150], kind=kind, source=cells["dasar"].lstrip("'")[:150])


def _date(typed: str) -> date | None:
    for shape in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(typed, shape).date()  # noqa: DTZ007 - a day without an hour
        except ValueError:
            continue
    return None


def _from_ics(content: bytes) -> Iterator[DayOff]:
    try:
        calendar = Calendar.from_ical(content)
    except ValueError as broken:
        raise BadCalendarFile("Berkas ICS ini rusak. Unduh lagi, lalu pilih lagi.") from broken
    for event in calendar.walk("VEVENT"):
        start = event.get("dtstart")
        if start is None:
            continue
        day = start.dt.date() if isinstance(start.dt, datetime) else start.dt
        words = str(event.get("categories").to_ical(), "utf-8").lower() if event.get("categories") else ""
        kind = KINDS.get(words, DayOff.Kind.COLLECTIVE if "cuti" in str(event.get("summary", "")).lower() else None)
        name = " ".join(str(event.get("summary", "")).split())[:150] or "Hari libur"
        source = " ".join(str(event.get("description", "")).split())[:150]
        yield DayOff(day=day, name=name, kind=kind or DayOff.Kind.NATIONAL, source=source)
