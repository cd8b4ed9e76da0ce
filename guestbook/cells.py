"""The text of one Excel cell, for the export of visits and for the recap."""

from office.texts import storable

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767
"""The longest text that an Excel cell can hold."""


def harmless_cell(text: str) -> str:
    """Return `'=1+1` for `=1+1`, so that it stays text even when the sheet is saved as CSV and opened again.

    A formula after blanks or line breaks counts too. Also remove the characters that XML forbids, and cut the text to
    the longest cell.
    """
    clean = storable(text)
    quote = "'" if clean.lstrip(" \n").startswith(STARTS_A_FORMULA) else ""
    return f"{quote}{clean}"[:LONGEST_CELL]
