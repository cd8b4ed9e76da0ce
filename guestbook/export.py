"""Write visits to an Excel sheet of text cells, so that a visitor's text can never become a formula.

No column says whether or when a visitor rated.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from guestbook.models import Visit
from office.formats import short_date
from office.phones import shown_phone
from office.sheets import harmless_cell

HEADINGS = (
    "Tanggal", "Nomor", "Layanan", "Nama", "Instansi", "Jabatan", "Nomor HP", "E-mail", "Didahulukan", "Status",
    "Loket", "Petugas", "Kali dipanggil", "Ambil nomor", "Dipanggil", "Mulai dilayani", "Selesai",
    "Perkiraan (menit)", "Meleset (menit)", "Susulan", "Pengalihan", "Catatan",
)  # fmt: skip


def visits_between(start: date, end: date) -> Iterable[Visit]:
    """Yield every visit of the local days from `start` up to and including `end`, oldest first."""
    visits = Visit.objects.filter(day__range=(start, end)).order_by("day", "taken_at", "pk")
    return visits.select_related("service", "visitor", "counter", "officer").iterator(chunk_size=1000)


def write_sheet(visits: Iterable[Visit], path: Path) -> int:
    """Write `visits` to the file `path`. Return the number of rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kunjungan")
    sheet.append(HEADINGS)
    rows = 0
    for visit in visits:
        sheet.append(list(_cells(sheet, row_of(visit))))
        rows += 1
    book.save(path)
    return rows


def row_of(visit: Visit) -> list[str]:
    """Return one visit as texts, in the order of HEADINGS."""
    visitor = visit.visitor
    moments = (visit.taken_at, visit.called_at, visit.serving_at, visit.served_at)
    return [
        short_date(visit.day),
        visit.ticket,
        visit.service.name,
        *(visitor.name, visitor.agency, visitor.position, shown_phone(visitor.phone), visitor.email),
        visit.get_priority_display() if visit.priority else "",
        visit.get_status_display(),
        str(visit.counter or ""),
        str(visit.officer or ""),
        str(visit.times_called),
        *(_hour(moment) for moment in moments),
        *("" if minutes is None else str(minutes) for minutes in (visit.estimated_minutes, visit.estimate_off)),
        "ya" if visit.is_late_entry else "",
        visit.transfer_note,
        visit.note,
    ]


def _cells(sheet: WriteOnlyWorksheet, row: list[str]) -> Iterator[WriteOnlyCell]:
    for text in row:
        cell = WriteOnlyCell(sheet, harmless_cell(text))
        cell.data_type, cell.number_format = "s", "@"
        yield cell


def _hour(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H.%M.%S}" if moment else ""
