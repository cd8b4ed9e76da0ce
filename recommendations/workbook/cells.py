"""One cell, out and in: text that no spreadsheet runs, and what was typed, whatever Excel made of it."""

import re
from datetime import date, datetime
from typing import Any, Protocol

from office.refusals import Refused
from recommendations.instruments.dates import form_date

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # the file format's own escape: a text that looks like one is escaped
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
QUOTE = "'"
LONGEST_CELL = 32_767
"""What Excel holds."""


class BadCell(Refused):
    """Raised when a cell holds no typed answer."""


class Cell(Protocol):
    """As much of openpyxl's cell as is looked at."""

    value: Any
    data_type: str


def harmless(text: str) -> str:
    """`=1+1` -> `'=1+1`: also saved as CSV and opened again it stays text. `typed` takes the quote off again."""
    clean = ESCAPE.sub("_x005F_", NOT_IN_XML.sub("", text))
    return (QUOTE + clean if clean.startswith((*STARTS_A_FORMULA, QUOTE)) else clean)[:LONGEST_CELL]


def typed(cell: Cell) -> str:
    """The cell's answer as text, "" when empty: a date as 28/02/2027, a whole number without ".0".

    Raises BadCell for a formula (it is never computed) and for Excel's errors.
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
    """Excel writes a carriage return as an escape; openpyxl leaves both it and the escaped mark to us."""
    return text.replace("_x000D_", "\r").replace("_x005F_", "_")


def _unquoted(text: str) -> str:
    """Without the quote that `harmless` put there; a quote somebody typed stays."""
    return text[1:] if text.startswith(QUOTE) and text[1:].startswith((*STARTS_A_FORMULA, QUOTE)) else text
