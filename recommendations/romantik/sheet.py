"""The answers for Romantik as a workbook and as a document for JSON, in Romantik's order."""

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from office.sheets import saved_book
from recommendations.romantik.questions import MSKEG
from recommendations.romantik.rows import RomantikBlock, RomantikRow
from recommendations.workbook import look
from recommendations.workbook.cells import harmless

HEADS = ("No.", "Pertanyaan Romantik (MS-Keg)", "Jawaban", "Keadaan", "Dari formulir", "Catatan")
STATES = {
    "ready": "siap disalin",
    "decide": "putuskan",
    "beside": "tidak ditanya di formulir",
    "empty": "belum ada",
    "skipped": "dilewati",
}


def romantik_workbook(blocks: Sequence[RomantikBlock], *, about: str) -> bytes:
    """Return the XLSX with one row for each question. `about` names the submission."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Romantik"
    lines = [(f"{MSKEG.code} {MSKEG.title}",), (about,), HEADS]
    for block in blocks:
        lines.append((f"{block.block.number} {block.block.title}".strip(),))
        lines += [_line(row) for row in block.rows]
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(number, column, harmless(text) or None)
            cell.data_type = "s" if text else cell.data_type
    look.dress_list(sheet, head_row=3)
    return saved_book(book)


def _line(row: RomantikRow) -> tuple[str, ...]:
    return (row.number, row.item.label, row.text, STATES[row.state], row.paper, row.why)


def romantik_document(blocks: Sequence[RomantikBlock], **about: str) -> dict[str, Any]:
    """Return the same answers for a program: codes as numbers, tables as rows."""
    return {
        "form": MSKEG.code,
        "edition": MSKEG.edition,
        **about,
        "rows": [_entry(block, row) for block in blocks for row in block.rows],
    }


def _entry(block: RomantikBlock, row: RomantikRow) -> dict[str, Any]:
    return {
        "block": block.block.number.lower(),
        "number": row.number,
        "id": row.item.id,
        "label": row.item.label,
        "state": row.state,
        "value": row.value,
        "text": row.text,
        "paper": row.paper,
        "note": row.why,
    }
