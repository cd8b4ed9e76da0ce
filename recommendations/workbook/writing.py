"""Draw the workbook of a form: empty for an agency to fill, or filled with the answers of a round."""

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from office.sheets import saved_book
from recommendations.instruments.conditions import Answers
from recommendations.instruments.regions import NAMES
from recommendations.instruments.structure import Column, Instrument, Item, Kind
from recommendations.workbook import layout, look
from recommendations.workbook.cells import harmless
from recommendations.workbook.guidance import write_guidance
from recommendations.workbook.layout import Row

KEY, NUMBER, LABEL, ANSWER, HELP = 1, 2, 3, 4, 5  # columns of the sheet "Formulir"
HEADS = ("", "No.", "Pertanyaan", "Jawaban", "Petunjuk")
TITLE_ROW, HEAD_ROW = 2, 4
TABLE_KEY_ROW, TABLE_HEAD_ROW = 4, 5
LISTS = "Daftar"


def write_workbook(instrument: Instrument, answers: Answers, *, about: str) -> bytes:
    """Return the XLSX: guidance, the form, and a sheet for each table. `about` says whose answers these are."""
    book = Workbook()
    write_guidance(book.active, instrument, about)
    lists = _Lists(book)
    _write_form(book.create_sheet("Formulir"), instrument, answers, about, lists)
    for item in layout.tables(instrument):
        _write_table(book.create_sheet(layout.table_title(item)), instrument, item, answers.get(item.id), lists)
    book.move_sheet(LISTS, len(book.sheetnames))
    return saved_book(book)


class _Lists:
    """The hidden sheet with the lists of the drop-downs, one column each. A cell also takes text outside its list."""

    def __init__(self, book: Workbook):
        self.sheet = book.create_sheet(LISTS)
        self.sheet.sheet_state = "hidden"
        self.ranges: dict[tuple[str, ...], str] = {}

    def offer(self, sheet: Worksheet, words: tuple[str, ...], cells: str) -> None:
        """Give `cells` of `sheet` a drop-down that offers `words`."""
        if words not in self.ranges:
            self.ranges[words] = self._written(words)
        known = {rule.formula1: rule for rule in sheet.data_validations.dataValidation}
        rule = known.get(self.ranges[words])
        if rule is None:
            rule = DataValidation(type="list", formula1=self.ranges[words], allow_blank=True, showErrorMessage=False)
            sheet.add_data_validation(rule)
        rule.add(cells)

    def _written(self, words: tuple[str, ...]) -> str:
        column = len(self.ranges) + 1
        for place, word in enumerate(words, 1):
            put(self.sheet.cell(place, column), word)
        letter = self.sheet.cell(1, column).column_letter
        return f"{LISTS}!${letter}$1:${letter}${len(words)}"


def put(cell: Cell, value: str | int | None) -> None:
    """Write a value into a cell: text as text that never becomes a formula, a number as a number, None as nothing."""
    if isinstance(value, str):
        cell.value = harmless(value)
        cell.data_type = "s"
        cell.number_format = "@"
    elif value is not None:
        cell.value = value


def offered(field: Item | Column) -> tuple[str, ...]:
    """Return what the drop-down of an item or a column offers; empty when it has no drop-down."""
    if isinstance(field, Item) and field.choices:
        return tuple(map(layout.code_words, field.choices))
    return NAMES[field.level] if field.kind is Kind.REGION else ()


def _write_form(sheet: Worksheet, instrument: Instrument, answers: Answers, about: str, lists: _Lists) -> None:
    put(sheet.cell(1, KEY), layout.mark(instrument, layout.FORM))
    put(sheet.cell(1, ANSWER), layout.ANSWER)
    put(sheet.cell(TITLE_ROW, NUMBER), f"{instrument.code} {instrument.title}")
    put(sheet.cell(TITLE_ROW + 1, NUMBER), about)
    for column, head in enumerate(HEADS, 1):
        put(sheet.cell(HEAD_ROW, column), head)
    places: dict[str, list[str]] = {}  # item id -> its answer cells
    for number, row in enumerate(layout.form_rows(instrument, answers), HEAD_ROW + 1):
        _write_row(sheet, number, row, lists)
        if row.item and row.key:
            places.setdefault(row.item.id, []).append(sheet.cell(number, ANSWER).coordinate)
    _write_sums(sheet, instrument, places)
    look.dress_form(sheet, HEAD_ROW)


def _write_row(sheet: Worksheet, number: int, row: Row, lists: _Lists) -> None:
    cell = sheet.cell(number, ANSWER)
    put(sheet.cell(number, KEY), row.key)
    put(sheet.cell(number, NUMBER), row.number)
    put(sheet.cell(number, LABEL), row.label)
    put(sheet.cell(number, HELP), row.help)
    put(cell, row.answer)
    look.dress_row(sheet, number, row)
    if row.item and row.kind == "table":
        target = f"'{layout.table_title(row.item)}'!B{TABLE_HEAD_ROW + 1}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
    words = (layout.TICK,) if row.kind == "tick" else offered(row.item) if row.item and row.kind == "answer" else ()
    if words:
        lists.offer(sheet, words, cell.coordinate)


def _write_sums(sheet: Worksheet, instrument: Instrument, places: dict[str, list[str]]) -> None:
    """Write a formula above the ticks of "lingkari semua": the sum of their codes, as in the box of the paper."""
    for item in instrument.items:
        if item.kind is Kind.CHOICES:
            first, last = places[item.id][0], places[item.id][-1]
            codes = ";".join(str(choice.code) for choice in item.choices)
            ticked = f'{first}:{last}="{layout.TICK}"'
            total = sheet[first].offset(row=-1)
            total.value = f'=IF(SUMPRODUCT(--({ticked}))=0,"","Jumlah kode "&SUMPRODUCT(({ticked})*{{{codes}}}))'


def _write_table(sheet: Worksheet, instrument: Instrument, item: Item, value: Any, lists: _Lists) -> None:
    put(sheet.cell(1, KEY), layout.mark(instrument, item.id))
    put(sheet.cell(TITLE_ROW, NUMBER), f"{item.reference} {item.label}")
    put(sheet.cell(TITLE_ROW + 1, NUMBER), item.help)
    put(sheet.cell(TABLE_KEY_ROW, KEY), layout.KEYS)
    put(sheet.cell(TABLE_HEAD_ROW, KEY), layout.HEADS)
    put(sheet.cell(TABLE_HEAD_ROW, NUMBER), "No.")
    filled = layout.sheet_rows(item, value)
    last = TABLE_HEAD_ROW + len(filled) + layout.BLANK_ROWS
    for place, column in enumerate(item.columns, LABEL):
        put(sheet.cell(TABLE_KEY_ROW, place), f"{item.id}/{column.id}")
        put(sheet.cell(TABLE_HEAD_ROW, place), column.label)
        if offered(column):
            letter = sheet.cell(1, place).column_letter
            lists.offer(sheet, offered(column), f"{letter}{TABLE_HEAD_ROW + 1}:{letter}{TABLE_HEAD_ROW + 500}")
    for number, row in enumerate(filled, TABLE_HEAD_ROW + 1):
        for place, text in enumerate(row, LABEL):
            put(sheet.cell(number, place), text or None)
    look.dress_table(sheet, item, TABLE_HEAD_ROW, last)
