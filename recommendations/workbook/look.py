"""Formats the workbook: the palette of static/css/tokens.css, widths, locks, and the page set-up for A4."""

from math import ceil

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from recommendations.instruments.structure import Item, Kind
from recommendations.workbook.layout import Row

INK, INK_SOFT, PAPER, SURFACE = "14213D", "4A5875", "FFFFFF", "F4F6FA"
LINE, EDGE, PRIMARY, PRIMARY_SOFT = "D5DCE8", "6B7890", "0B4F8A", "E3EEF8"
FACE = "Arial"
FORM_WIDTHS = {"A": 2, "B": 7, "C": 40, "D": 46, "E": 38}
TABLE_WIDTHS = {Kind.TEXT: 30, Kind.TEXTAREA: 52, Kind.REGION: 34}
GUIDANCE_WIDTHS = {"A": 2, "B": 5, "C": 50, "D": 50}
A_LINE = 14  # points
TALLEST_ROW = 400
"""In points. Excel allows 409."""

TEXT = Font(name=FACE, size=10, color=INK)
SOFT = Font(name=FACE, size=9, color=INK_SOFT)
BOLD = Font(name=FACE, size=10, color=INK, bold=True)
TITLE = Font(name=FACE, size=14, color=INK, bold=True)
ON_INK = Font(name=FACE, size=11, color=PAPER, bold=True)
LINK = Font(name=FACE, size=10, color=PRIMARY, underline="single")
FRAME = Border(*[Side(style="thin", color=EDGE)] * 4)
HAIRLINE = Border(top=Side(style="hair", color=LINE))
OPEN = Protection(locked=False)
WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
INDENTED = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=2)
CENTRED = Alignment(horizontal="center", vertical="top")


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def dress_row(sheet: Worksheet, number: int, row: Row) -> None:
    """Format one row of the form: a block's bar, a heading, or a question with its answer cell."""
    _, mark, label, answer, help_cell = sheet[number][:5]
    for cell, font in ((mark, BOLD), (label, TEXT), (answer, TEXT), (help_cell, SOFT)):
        cell.font, cell.alignment, cell.border = font, WRAPPED, HAIRLINE
    if row.kind == "block":
        _dress_block(sheet, number)
    elif row.kind in ("heading", "sum"):
        label.font = answer.font = BOLD
    elif row.kind == "table":
        answer.font = LINK
    else:
        _dress_answer(answer, row)
        label.alignment = INDENTED if row.kind == "tick" or not row.number else WRAPPED
    if row.kind != "block":
        _set_height(sheet, number, row)


def _set_height(sheet: Worksheet, number: int, row: Row) -> None:
    """Make the row high enough for its texts; a long answer gets four lines at least.

    A row of one line keeps Excel's automatic height, so it grows with the answer.
    """
    label_width = FORM_WIDTHS["C"] - (3 if row.kind == "tick" or not row.number else 0)
    texts = ((row.label, label_width), (row.help, FORM_WIDTHS["E"] * 1.1), (str(row.answer or ""), FORM_WIDTHS["D"]))
    lines = max(_lines(text, width) for text, width in texts)
    if row.item and row.item.kind is Kind.TEXTAREA:
        lines = max(lines, 4)
    if lines > 1:
        sheet.row_dimensions[number].height = _height(lines)


def _dress_block(sheet: Worksheet, number: int) -> None:
    for cell in sheet[number][1:5]:
        cell.fill, cell.font = _fill(INK), ON_INK
    sheet.cell(number, 2).value, sheet.cell(number, 3).value = sheet.cell(number, 3).value, None
    sheet.cell(number, 2).alignment = Alignment(vertical="center", horizontal="left", indent=1)
    sheet.row_dimensions[number].height = 26


def _dress_answer(cell: Cell, row: Row) -> None:
    cell.border = FRAME
    if row.item is None or row.item.filled_by_bps:
        cell.fill = _fill(SURFACE)
        return
    cell.protection = OPEN
    is_number = row.item.kind in (Kind.INTEGER, Kind.YEAR)
    cell.number_format = "0" if is_number and not isinstance(row.answer, str) else "@"
    cell.alignment = CENTRED if row.kind == "tick" else WRAPPED


def dress_form(sheet: Worksheet, head_row: int) -> None:
    """Format the sheet "Formulir": title, headings, widths. Only answer cells can be changed."""
    for letter, width in FORM_WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    _dress_top(sheet, head_row, last_column=5)
    _set_up(sheet, head_row)
    sheet.freeze_panes = sheet.cell(head_row + 1, 4)


def dress_table(sheet: Worksheet, item: Item, head_row: int, last: int) -> None:
    """Format the sheet of a table, with numbered rows up to `last`.

    Cells below `last` can be filled too. Rows can be inserted, deleted and sorted.
    """
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 2, 6
    for place, column in enumerate(item.columns, 3):
        width = sheet.column_dimensions[get_column_letter(place)]
        width.width, width.protection, width.font = TABLE_WIDTHS[column.kind], OPEN, TEXT
        width.number_format, width.alignment = "@", WRAPPED
    for number in range(head_row + 1, last + 1):
        _dress_table_row(sheet, item, number, number - head_row)
    _dress_top(sheet, head_row, last_column=2 + len(item.columns))
    sheet.row_dimensions[head_row - 1].hidden = True  # the row of keys
    _set_up(sheet, head_row, is_wide=True)
    sheet.protection.insertRows = sheet.protection.deleteRows = sheet.protection.sort = False
    sheet.print_area = f"B2:{get_column_letter(2 + len(item.columns))}{last}"
    sheet.freeze_panes = sheet.cell(head_row + 1, 3)


def _dress_table_row(sheet: Worksheet, item: Item, number: int, shown: int) -> None:
    sheet.cell(number, 2, shown).font, sheet.cell(number, 2).alignment = SOFT, CENTRED
    for place in range(3, 3 + len(item.columns)):
        cell = sheet.cell(number, place)
        cell.font, cell.border, cell.protection = TEXT, FRAME, OPEN
        cell.alignment, cell.number_format = WRAPPED, "@"
    widths = [TABLE_WIDTHS[column.kind] for column in item.columns]
    texts = [str(sheet.cell(number, place).value or "") for place in range(3, 3 + len(widths))]
    lines = max(map(_lines, texts, widths))
    if lines > 1:
        sheet.row_dimensions[number].height = _height(lines)


def _dress_top(sheet: Worksheet, head_row: int, last_column: int) -> None:
    for row in sheet.iter_rows(1, head_row, 1, last_column):
        for cell in row:
            cell.protection = Protection(locked=True)
            cell.alignment = Alignment(vertical="top")
    sheet.cell(2, 2).font, sheet.cell(3, 2).font = TITLE, SOFT
    sheet.row_dimensions[2].height = 22
    for cell in sheet[head_row][1:last_column]:
        cell.font, cell.fill, cell.border, cell.alignment = BOLD, _fill(PRIMARY_SOFT), FRAME, WRAPPED


def _set_up(sheet: Worksheet, head_row: int, *, is_wide: bool = False) -> None:
    """Hide the keys, lock the sheet without a password, print it one A4 page wide with the headings on every page."""
    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions["A"].hidden = True
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    sheet.protection.formatRows = sheet.protection.formatColumns = False
    sheet.print_title_rows = f"{head_row}:{head_row}"
    _page(sheet, "landscape" if is_wide else "portrait")


def _page(sheet: Worksheet, orientation: str) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = A_LINE + 3, True
    sheet.oddFooter.right.text = "&A, halaman &P dari &N"
    sheet.oddFooter.right.size = 8


def dress_guidance(cell: Cell, kind: str) -> None:
    """Format one cell of the first sheet."""
    fonts = {"title": TITLE, "soft": SOFT, "head": BOLD}
    cell.font = fonts.get(kind, SOFT if cell.column == 4 else TEXT)
    cell.alignment = Alignment(vertical="top") if kind == "title" else WRAPPED
    if kind == "head":
        cell.fill = _fill(PRIMARY_SOFT)
    elif kind == "step":
        cell.border = HAIRLINE
        if cell.column == 2:
            cell.alignment = CENTRED


def set_up_guidance(sheet: Worksheet) -> None:
    """Set the widths of the first sheet, hide its grid, and print it on A4."""
    for letter, width in GUIDANCE_WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    _page(sheet, "portrait")


def dress_list(sheet: Worksheet, head_row: int) -> None:
    """Format a plain list of six columns: title, a line about it, headings, rows.

    A row whose second cell is empty becomes a dark bar.
    """
    for letter, width in zip("ABCDEF", (8, 40, 56, 22, 22, 48), strict=True):
        sheet.column_dimensions[letter].width = width
    for number, row in enumerate(sheet.iter_rows(), 1):
        is_bar = number > head_row and not row[1].value
        for cell in row:
            cell.font, cell.alignment = ON_INK if is_bar else TEXT, Alignment(vertical="top") if is_bar else WRAPPED
            cell.fill = _fill(INK) if is_bar else PatternFill()
        if number == head_row:
            for cell in row:
                cell.font, cell.fill = BOLD, _fill(PRIMARY_SOFT)
    sheet["A1"].font, sheet["A2"].font = TITLE, SOFT
    sheet["A1"].alignment = sheet["A2"].alignment = Alignment(vertical="top")
    sheet.freeze_panes = sheet.cell(head_row + 1, 1)
    sheet.print_title_rows = f"{head_row}:{head_row}"
    _page(sheet, "landscape")


def _lines(text: str, width: float) -> int:
    """Return how many lines a text needs in a column. Its width is counted in digits; letters are narrower."""
    return sum(max(1, ceil(len(line) / width / 1.1)) for line in text.split("\n"))


def _height(lines: int) -> int:
    """Return the height of a row of that many lines in points, at most TALLEST_ROW."""
    return min(lines * A_LINE + 3, TALLEST_ROW)
