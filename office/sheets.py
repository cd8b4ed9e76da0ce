"""The text of one Excel cell, and a workbook as a file. Every XLSX file that the desk writes uses this module."""

from io import BytesIO

from openpyxl import Workbook

from office.texts import storable

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is a formula for a spreadsheet, at the latest after a detour through CSV."""
LONGEST_CELL = 32_767
"""The most characters that an Excel cell can hold."""


def harmless_cell(text: str) -> str:
    """Return `'=1+1` for `=1+1`, so that it stays text even when the sheet is saved as CSV and opened again.

    A formula after blanks or line breaks counts too. Also remove the characters that XML forbids, and cut the text to
    the longest cell.
    """
    clean = storable(text)
    quote = "'" if clean.lstrip(" \n").startswith(STARTS_A_FORMULA) else ""
    return f"{quote}{clean}"[:LONGEST_CELL]


def saved_book(book: Workbook) -> bytes:
    """Return the workbook as an XLSX file."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
