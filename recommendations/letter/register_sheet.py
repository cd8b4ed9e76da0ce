"""The register of one year as a workbook."""

from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from office.formats import clock, short_date
from office.sheets import saved_book
from recommendations.letter.register import RegisterLine
from recommendations.models import Letter
from recommendations.workbook import look
from recommendations.workbook.cells import harmless

HEADS = ("Urut", "Nomor", "Surat", "Keadaan", "Oleh", "Alasan")
_Row = tuple[str, str, str, str, str, str]


def register_workbook(
    lines: Iterable[RegisterLine], others: Iterable[tuple[Letter, str]], *, about: Sequence[str]
) -> bytes:
    """Return the XLSX with one row for each line. `about` is the title and the line below it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Register"
    rows: list[Sequence[str]] = [about[:1], about[1:], HEADS, *map(_row, lines), *map(_unread, others)]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, harmless(text) or None)
            cell.data_type = "s" if text else cell.data_type
    look.dress_list(sheet, head_row=3)
    return saved_book(book)


def _row(line: RegisterLine) -> _Row:
    if line.row is None:
        return (_numbers(line), line.name, "", "tidak tercatat", "", "")
    who = f"{line.row.by}, {short_date(line.row.at)} {clock(line.row.at)}"
    letter = f"{line.title}, {line.agency}" if line.letter else ""
    return (_numbers(line), line.name, letter, line.state, who, line.why)


def _numbers(line: RegisterLine) -> str:
    if line.first != line.last:
        return f"{line.first}–{line.last}"
    return str(line.row or line.first)


def _unread(other: tuple[Letter, str]) -> _Row:
    letter, number = other
    title = f"{letter.title}, {letter.submission.applicant.agency}"
    return ("", number, title, "di luar pola", short_date(letter.issued_on), "")
