"""One cell: written as text that no spreadsheet runs, and read back as it was typed, also where Excel changed it."""

import re
from datetime import date, datetime
from typing import Any, Protocol

from office.dates import form_date
from office.refusals import Refused
from office.sheets import LONGEST_CELL, STARTS_A_FORMULA
from office.texts import storable

ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # the file format's own escape: a text that looks like one is escaped
QUOTE = "'"


class BadCell(Refused):
    """Raised when a cell holds a formula or an Excel error instead of a typed answer."""


class ReadCell(Protocol):
    """The part of openpyxl's cell that is used here."""

    value: Any
    data_type: str


def harmless(text: str) -> str:
    """Return the text so that no spreadsheet runs it: `=1+1` becomes `'=1+1`, also after a detour through CSV.

    Signs that XML forbids are removed, and the text is cut to LONGEST_CELL. `typed` removes the quote again.
    """
    clean = ESCAPE.sub("_x005F_", storable(text))
    return (QUOTE + clean if clean.startswith((*STARTS_A_FORMULA, QUOTE)) else clean)[:LONGEST_CELL]


def typed(cell: ReadCell) -> str:
    """Return the cell's answer as text, "" when empty: a date as 28/02/2027, a whole number without ".0".

    Raise BadCell for a formula, which is never computed, and for an Excel error.
    """
    if cell.data_type == "f":
        raise BadCell("Sel ini berisi rumus. Ketik isinya sebagai teks, lalu impor lagi.")
    if cell.data_type == "e":
        raise BadCell(f"Sel ini berisi galat Excel {cell.value}. Ketik isinya, lalu impor lagi.")
    return _text(cell.value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime):
        return form_date(value.date())
    if isinstance(value, date):
        return form_date(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _unquoted(_unescaped(str(value)))


def _unescaped(text: str) -> str:
    """Replace Excel's escapes for a carriage return and for "_". openpyxl does not replace them."""
    return text.replace("_x000D_", "\r").replace("_x005F_", "_")


def _unquoted(text: str) -> str:
    """Remove the quote that `harmless` added. Any other quote at the beginning stays."""
    return text[1:] if text.startswith(QUOTE) and text[1:].startswith((*STARTS_A_FORMULA, QUOTE)) else text
