"""Write the days off as CSV or ICS, and read them from such a file. Reading only proposes days; it saves none."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from django.utils import timezone
from icalendar import Calendar, Event

from office.ics_events import MOST_DAYS, BadCalendarFile, EventDay, event_days
from office.models import DayOff
from office.texts import tidy_line

COLUMNS = ("tanggal", "nama", "jenis", "dasar")
KINDS = {label: value for value, label in DayOff.Kind.choices}
LARGEST = 512 * 1024
IcsReader = Callable[..., Iterable[EventDay]]


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


def read_days(content: bytes, *, year: int, read_ics: IcsReader = event_days) -> list[DayOff]:
    """Return the days off of `year` from a CSV or ICS file, unsaved and sorted.

    `read_ics` does the work of `event_days`; a page gives one that does it in a child process with limits. Raise
    BadCalendarFile when the file cannot be read, has no or too many days of that year, or repeats a date.
    """
    if len(content) > LARGEST:
        raise BadCalendarFile("Berkas ini terlalu besar untuk sebuah kalender. Pilih berkas CSV atau ICS satu tahun.")
    rows = _from_ics(content, year, read_ics) if b"BEGIN:VCALENDAR" in content[:200].upper() else _from_csv(content)
    days = list(islice((row for row in rows if row.day.year == year), MOST_DAYS + 1))
    if not days:
        raise BadCalendarFile(f"Berkas ini tidak memuat hari libur tahun {year}.")
    if len(days) > MOST_DAYS:
        raise BadCalendarFile(f"Berkas ini memuat lebih dari {MOST_DAYS} hari libur untuk satu tahun. Periksa isinya.")
    doubled = [day.day for place, day in enumerate(days) if day.day in {one.day for one in days[:place]}]
    if doubled:
        raise BadCalendarFile(f"Tanggal {doubled[0]:%d/%m/%Y} tertulis dua kali. Sisakan satu, lalu pilih lagi.")
    return sorted(days, key=lambda day: day.day)


def _from_csv(content: bytes) -> Iterator[DayOff]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadCalendarFile("Berkas ini bukan teks UTF-8. Simpan sebagai CSV UTF-8, lalu pilih lagi.") from None
    try:
        yield from _rows(text)
    except csv.Error:
        raise BadCalendarFile("Berkas CSV ini rusak. Simpan lagi sebagai CSV UTF-8, lalu pilih lagi.") from None


def _rows(text: str) -> Iterator[DayOff]:
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    heads = {tidy_line(head or "").lower(): head for head in reader.fieldnames or ()}
    if not {"tanggal", "nama"} <= set(heads):
        raise BadCalendarFile("Baris pertama harus memuat kolom: tanggal; nama; jenis; dasar.")
    for number, row in enumerate(reader, start=2):
        cells = {column: tidy_line(row.get(heads.get(column, "")) or "") for column in COLUMNS}
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


def _from_ics(content: bytes, year: int, read_ics: IcsReader) -> Iterator[DayOff]:
    for found in read_ics(content, year=year, zone=timezone.get_current_timezone()):
        known = [KINDS[name] for name in found.categories if name in KINDS]
        guessed = DayOff.Kind.COLLECTIVE if "cuti" in found.name.lower() else DayOff.Kind.NATIONAL
        yield DayOff(day=found.day, name=found.name, kind=next(iter(known), guessed), source=found.words)
