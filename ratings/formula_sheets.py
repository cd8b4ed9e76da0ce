"""The sheets of the SKM workbooks: titles, a head, and rows whose only formulas are those that we wrote."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from guestbook.recap_tables import Cell
from office.sheets import harmless_cell

BOLD = Font(name="Calibri", bold=True)
HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 1


@dataclass(frozen=True)
class Formula:
    """What the workbook computes, and how it shows the result. Every text that is not a Formula stays text."""

    text: str
    number_format: str = "General"


Rows = Sequence[Sequence[Cell | Formula]]


def fill_sheet(sheet: Worksheet, titles: list[str], head: list[str], rows: Rows) -> None:
    """Write the titles above the table, its head and its rows. A text that looks like a formula stays text."""
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
