"""Dates as Indonesian officers type and read them."""

import re
from datetime import date

from office.calendar import MONTHS
from office.refusals import Refused

# Spellings and short forms seen on paper, besides the names in MONTHS and their first three letters.
OTHER_SPELLINGS = {
    "peb": 2,
    "pebruari": 2,
    "mrt": 3,
    "agt": 8,
    "ags": 8,
    "agust": 8,
    "sept": 9,
    "nop": 11,
    "nopember": 11,
}
MONTH_NUMBERS = (
    {name.lower(): number for number, name in enumerate(MONTHS, 1)}
    | {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
    | OTHER_SPELLINGS
)
FIRST_YEAR, LAST_YEAR = 1945, 2100
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
NUMERIC = re.compile(r"([0-9]{1,2})(?:\s?[/.-]\s?|\s)([0-9]{1,2})(?:\s?[/.-]\s?|\s)([0-9]+)")
WRITTEN = re.compile(r"([0-9]{1,2})[\s-]*([a-z]+)\.?[\s-]*([0-9]+)")
HOW = "Tulis seperti 28/02/2027."


class BadDate(Refused):
    """Raised when the text is not a date."""


def read_date(text: str) -> date:
    """Return the date typed as 28/02/2027, 28-2-2027, 28.02.2027, 28 02 2027, 28 Februari 2027 or 2027-02-28.

    Raise BadDate when the text is not such a date, or its year is not one of FIRST_YEAR to LAST_YEAR.
    """
    day, month, year = _parts(text)
    if len(year) != 4:
        raise BadDate(f"Tulis tahun dengan 4 angka, bukan {year[:10]}. {HOW}")
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise BadDate(f"Tahun {year} di luar {FIRST_YEAR} sampai {LAST_YEAR}. {HOW}")
    try:
        return date(int(year), month, int(day))
    except ValueError:
        raise BadDate(f"Tanggal {text} tidak ada. {HOW}") from None


def _parts(text: str) -> tuple[str, int, str]:
    """Return day, month and year; the day and the year as typed. Raise BadDate when the text cannot be read."""
    if found := ISO.fullmatch(text):
        return found[3], int(found[2]), found[1]
    if found := NUMERIC.fullmatch(text):
        return found[1], int(found[2]), found[3]
    found = WRITTEN.fullmatch(text.lower())
    if found and found[2] in MONTH_NUMBERS:
        return found[1], MONTH_NUMBERS[found[2]], found[3]
    raise BadDate(f"Tanggal “{text[:40]}” tidak terbaca. {HOW}")


def iso_date(value: object) -> date | None:
    """Return the date of a stored "2027-02-28"; None for anything else."""
    if not isinstance(value, str) or not ISO.fullmatch(value):
        return None
    try:
        return read_date(value)
    except BadDate:
        return None


def form_date(day: date) -> str:
    """Return the date as a form shows it: 28/02/2027."""
    return f"{day:%d/%m}/{day.year:04}"


def letter_date(day: date) -> str:
    """Return the date as a letter prints it: 28 Februari 2027."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
