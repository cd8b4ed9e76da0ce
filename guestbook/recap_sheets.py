"""A recap as an XLSX workbook: one sheet per table, numbers as numbers, and no text that acts as a formula."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from guestbook.periods import Period
from guestbook.recap_tables import METHOD, Cell, Table
from office.models import Office
from office.sheets import harmless_cell, saved_book

BOLD = Font(name="Calibri", bold=True)
HEAD_ROW = 4
HEAD_HEIGHT, METHOD_HEIGHT = 32, 150
"""Row heights in points, for a heading of two lines and for the text of the method: not every program computes them."""


def workbook(
    tables: list[Table], *, office: Office, period: Period, subject: str = "Rekap kunjungan", method: str = METHOD
) -> bytes:
    """Return the XLSX file. Each sheet has its subject, office and period, then its table; the first also `method`."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(table.title), table, subject, f"{office.name}, {period.words}")
    _tell_method(book.worksheets[0], len(tables[0].head), method)
    return saved_book(book)


def _fill(sheet: Worksheet, table: Table, subject: str, whose: str) -> None:
    _write(sheet, 1, [f"{subject}: {table.title}"], bold=True)
    _write(sheet, 2, [whose])
    _write(sheet, HEAD_ROW, table.head, bold=True)
    sheet.row_dimensions[HEAD_ROW].height = HEAD_HEIGHT
    for place, row in enumerate(table.rows, start=HEAD_ROW + 1):
        _write(sheet, place, row)
    if table.total:
        _write(sheet, HEAD_ROW + 1 + len(table.rows), table.total, bold=True)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 2)
    _widen(sheet, table)
    _fit_paper(sheet)


def _tell_method(sheet: Worksheet, columns: int, method: str) -> None:
    """Write below the table, in its width, how the figures were made."""
    row = sheet.max_row + 2
    _write(sheet, row, [method])
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[row].height = METHOD_HEIGHT


def _fit_paper(sheet: Worksheet) -> None:
    """Print on landscape A4: all columns on one page, the heading on every page."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"


def _write(sheet: Worksheet, row: int, cells: Sequence[Cell], *, bold: bool = False) -> None:
    for column, value in enumerate(cells, start=1):
        cell = sheet.cell(row, column)
        _put(cell, value)
        if bold:
            cell.font = BOLD
        if row == HEAD_ROW:
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left" if column == 1 else "right")


def _put(cell: SheetCell, value: Cell) -> None:
    """Write a text as text, and a float with one decimal."""
    if isinstance(value, str):
        cell.value = harmless_cell(value)
        cell.data_type = "s"
        return
    cell.value = value
    if isinstance(value, float):
        cell.number_format = "#,##0.0"


def _widen(sheet: Worksheet, table: Table) -> None:
    names = [len(str(row[0])) for row in table.rows]
    sheet.column_dimensions["A"].width = min(max([16, *names]) + 2, 60)
    for column in range(2, len(table.head) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 13
