"""Read a filled workbook: the answers understood, and those not understood with the reason. It runs no formula."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.structure import Instrument, Item, Kind
from recommendations.instruments.values import MOST_ROWS
from recommendations.workbook import layout
from recommendations.workbook.answers import Answer, Problem, answer_of, cell_place, table_of
from recommendations.workbook.cells import ReadCell
from recommendations.workbook.packages import BadWorkbook, check_package

MOST_SHEETS = 40
LAST_ROW = MOST_ROWS + 1000  # an agency may leave gaps; rows further down are not read
LAST_COLUMN = 30
NOT_OURS = (
    "Berkas ini bukan templat formulir dari aplikasi ini. Unduh templatnya, salin isiannya ke sana, lalu impor lagi."
)


@dataclass
class WorkbookReading:
    """`values` can be saved as they are; `not_understood` has the problems; `notes` inform the officer."""

    instrument_code: str
    values: dict[str, Any] = field(default_factory=dict)
    not_understood: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def understood(self) -> list[str]:
        """Return the ids of the items that were answered and can be saved, in form order."""
        return [item.id for item in INSTRUMENTS[self.instrument_code].items if item.id in self.values]


@dataclass(frozen=True)
class _Sheet:
    """A sheet of our template. Its title may have been changed."""

    title: str
    part: str
    rows: list[tuple[ReadCell, ...]]


def read_workbook(content: bytes) -> WorkbookReading:
    """Return what an agency typed into our workbook.

    Raise BadWorkbook when the file is not an XLSX, not our template, harmful or broken.
    """
    check_package(content)
    try:
        return _reading(*_sheets(content))
    except BadWorkbook:
        raise
    except Exception as problem:  # a hostile or damaged file can raise any error
        raise BadWorkbook(
            "Isi berkas ini rusak. Buka di Excel, simpan lagi sebagai .xlsx, lalu impor lagi."
        ) from problem


def _sheets(content: bytes) -> tuple[list[_Sheet], set[tuple[str, str]]]:
    """Return our sheets, and the forms and editions that they name."""
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    sheets, marks = [], set()
    for sheet in book.worksheets[:MOST_SHEETS]:
        rows = list(sheet.iter_rows(min_row=1, max_row=LAST_ROW, min_col=1, max_col=LAST_COLUMN))
        words = str(rows[0][0].value if rows else "").split("|")
        if len(words) == 4 and words[0] == layout.MARK:
            marks.add((words[1], words[2]))
            sheets.append(_Sheet(sheet.title, words[3], rows))
    book.close()
    return sheets, marks


def _reading(sheets: list[_Sheet], marks: set[tuple[str, str]]) -> WorkbookReading:
    instrument, edition = _form_of(marks)
    reading = WorkbookReading(instrument.code)
    if edition != instrument.edition:
        reading.notes.append(
            f"Templat ini edisi {edition[:40]}, yang berlaku {instrument.edition}. Periksa isian satu per satu."
        )
    for sheet in sheets:
        read = _read_form if sheet.part == layout.FORM else _read_table
        read(reading, instrument, sheet)
    return reading


def _form_of(marks: set[tuple[str, str]]) -> tuple[Instrument, str]:
    """Return the one form of all sheets and its edition. Raise BadWorkbook for none, several or an unknown form."""
    if not marks:
        raise BadWorkbook(NOT_OURS)
    if len(marks) > 1:
        raise BadWorkbook("Berkas ini memuat lebih dari satu formulir atau edisi. Impor satu per satu.")
    code, edition = next(iter(marks))
    if code not in INSTRUMENTS:
        raise BadWorkbook(f"Formulir {code[:20]} tidak dikenal. Pakai templat {' atau '.join(INSTRUMENTS)}.")
    return INSTRUMENTS[code], edition


def _read_form(reading: WorkbookReading, instrument: Instrument, sheet: _Sheet) -> None:
    """Gather the cells of each item by key, then read each item."""
    column = next((place for place, cell in enumerate(sheet.rows[0]) if cell.value == layout.ANSWER), None)
    if column is None:
        reading.notes.append(f"Kolom jawaban pada lembar {sheet.title} terhapus. Salin isiannya ke templat baru.")
        return
    cells: dict[str, dict[str, ReadCell]] = {}
    for key, cell in _keyed(sheet, column):
        item_id, _, part = key.partition("/")
        if not instrument.has_item(item_id) or instrument.item(item_id).kind is Kind.TABLE:
            reading.notes.append(f"Isian tidak dikenal pada lembar {sheet.title}: {key[:60]}.")
        elif part in cells.setdefault(item_id, {}) and cells[item_id][part].value != cell.value:
            reading.not_understood.append(
                Problem(item_id, cell_place(cell), str(cell.value)[:200], "Baris isian ini ada dua kali. Hapus satu.")
            )
        else:
            cells[item_id][part] = cell
    doubled = {problem.item_id for problem in reading.not_understood}
    for item_id in [item.id for item in instrument.items if item.id in cells and item.id not in doubled]:
        _take(reading, instrument.item(item_id), answer_of(instrument.item(item_id), cells[item_id]))


def _keyed(sheet: _Sheet, column: int) -> Iterator[tuple[str, ReadCell]]:
    for row in sheet.rows[1:]:
        key = str(row[0].value or "")
        if key:
            yield key, row[column]


def _take(reading: WorkbookReading, item: Item, answer: Answer) -> None:
    reading.not_understood += answer.problems
    reading.notes += answer.notes
    if answer.value not in (None, []):
        if item.id in reading.values and reading.values[item.id] != answer.value:
            reading.notes.append(f"{item.reference}: lembar isian ini ada dua kali; yang dibaca yang pertama.")
            return
        reading.values[item.id] = answer.value


def _read_table(reading: WorkbookReading, instrument: Instrument, sheet: _Sheet) -> None:
    if not instrument.has_item(sheet.part) or instrument.item(sheet.part).kind is not Kind.TABLE:
        reading.notes.append(f"Lembar {sheet.title} bukan bagian {instrument.code}, jadi tidak dibaca.")
        return
    item = instrument.item(sheet.part)
    columns = _columns(sheet, item)
    if not columns:
        reading.notes.append(f"Kolom tabel pada lembar {sheet.title} terhapus. Salin isiannya ke templat baru.")
        return
    _take(reading, item, table_of(item, list(_table_cells(sheet, columns))))


def _columns(sheet: _Sheet, item: Item) -> dict[str, int]:
    """Return the position of each column of the table, by column id."""
    keys = next((row for row in sheet.rows if row[0].value == layout.KEYS), ())
    known = {f"{item.id}/{column.id}": column.id for column in item.columns}
    return {known[cell.value]: place for place, cell in enumerate(keys) if cell.value in known}


def _table_cells(sheet: _Sheet, columns: dict[str, int]) -> Iterator[dict[str, ReadCell]]:
    """Yield the cells of every row below the headings, also of empty rows."""
    is_below = False
    for row in sheet.rows:
        if is_below:
            yield {column: row[place] for column, place in columns.items()}
        is_below = is_below or row[0].value == layout.HEADS
