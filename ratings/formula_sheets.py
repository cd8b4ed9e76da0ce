"""The sheets of the SKM workbooks: titles, a head, and rows whose only formulas are those that we wrote.

A formula is written with its result. openpyxl writes none, and a telephone, a preview or a mail program, which computes
nothing, would show an empty cell where the index is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from guestbook.recap_tables import Cell
from office.sheets import harmless_cell, saved_book

BOLD = Font(name="Calibri", bold=True)
HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 1
WITHOUT_RESULT = re.compile(r'<c r="(?P<cell>[A-Z]+[0-9]+)"(?P<style>[^>]*)><f>(?P<text>[^<]*)</f><v *(?:/>|></v>)</c>')
"""A formula as openpyxl writes it."""
Result = int | float | str


@dataclass(frozen=True)
class Formula:
    """What the workbook computes, what comes out, and how it is shown. Every text that is not a Formula stays text."""

    text: str
    result: Result
    number_format: str = "General"


Rows = Sequence[Sequence[Cell | Formula]]


Results = Mapping[str, Mapping[str, Result]]
"""By the name of a sheet and by its cell, e.g. `B9`: what its formula gives."""


def solved_book(book: Workbook, results: Results) -> bytes:
    """Return the workbook as an XLSX file, with the results of its formulas."""
    of_file = {f"xl/worksheets/sheet{n}.xml": results.get(name, {}) for n, name in enumerate(book.sheetnames, start=1)}
    filled = BytesIO()
    with ZipFile(BytesIO(saved_book(book))) as before, ZipFile(filled, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if cells := of_file.get(entry.filename):
                content = _filled(content.decode(), cells).encode()
            after.writestr(entry, content, ZIP_DEFLATED)
    return filled.getvalue()


def _filled(sheet: str, cells: Mapping[str, Result]) -> str:
    """Return the XML of a sheet with the result behind each formula."""

    def put(found: re.Match[str]) -> str:
        result = cells[found["cell"]]
        kind = ' t="str"' if isinstance(result, str) else ""
        return f'<c r="{found["cell"]}"{found["style"]}{kind}><f>{found["text"]}</f><v>{escape(str(result))}</v></c>'

    return WITHOUT_RESULT.sub(put, sheet)


def fill_sheet(sheet: Worksheet, titles: list[str], head: list[str], rows: Rows) -> dict[str, Result]:
    """Write the titles above the table, its head and its rows. A text that looks like a formula stays text.

    Return the results of its formulas by cell, for `solved_book`.
    """
    for number, title in enumerate(titles, start=1):
        _write_row(sheet, number, [title])
    _write_row(sheet, HEAD_ROW, head)
    for number, row in enumerate(rows, start=FIRST_ROW):
        _write_row(sheet, number, row)
    for number in (1, HEAD_ROW):
        for cell in sheet[number]:
            cell.font = BOLD
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 2)
    sheet.column_dimensions["A"].width = 40 if sheet.title != "Jawaban" else 13
    for column in range(2, len(head) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 18
    return {
        f"{get_column_letter(column)}{number}": value.result
        for number, row in enumerate(rows, start=FIRST_ROW)
        for column, value in enumerate(row, start=1)
        if isinstance(value, Formula)
    }


def _write_row(sheet: Worksheet, row: int, values: Sequence[Cell | Formula]) -> None:
    for column, value in enumerate(values, start=1):
        _put_value(sheet.cell(row, column), value)


def _put_value(cell: SheetCell, value: Cell | Formula) -> None:
    if isinstance(value, Formula):
        cell.value, cell.number_format = value.text, value.number_format
    elif isinstance(value, str):
        cell.value, cell.data_type = harmless_cell(value), "s"
    else:
        cell.value = value
