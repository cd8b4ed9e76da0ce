"""Read an office's list of older recommendations: XLSX or CSV, one activity a row. Pure."""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from office.refusals import FileRefused
from office.texts import separator_of, tidy_line, tidy_paragraphs

NEEDED, OPTIONAL = ("judul", "instansi", "tahun"), ("identitas", "variabel")
LONGEST = {"judul": 500, "instansi": 200, "identitas": 50}
FIRST_YEAR, LAST_YEAR = 1970, 2100


class BadArchive(FileRefused):
    """Raised when the file cannot be loaded. No row of it is saved; the text says why, row by row."""


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """One activity. `variables` has one name a line; `identity_number` is "" when the list has none."""

    title: str
    agency_name: str
    year: int
    identity_number: str
    variables: str


def read_archive(path: Path) -> list[ArchiveRow]:
    """Return every row of the file. Raise BadArchive when a row or the file is wrong, OSError when it does not open."""
    lines = enumerate(_sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path), start=1)
    places = _places(next(lines, (0, []))[1])
    rows, problems = [], []
    for number, line in lines:
        cells = {name: tidy_paragraphs(line[place]) if place < len(line) else "" for name, place in places.items()}
        if any(cells.values()):
            found = list(_problems(cells))
            problems += [f"Baris {number}: {words}" for words in found]
            rows += [] if found else [_row(cells)]
    if problems:
        raise BadArchive(problems)
    return rows


def _sheet(path: Path) -> Iterator[list[str]]:
    """Yield the rows of the first sheet as text; a whole number without its ".0"."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as wrong:
        raise BadArchive([f"{path.name} bukan berkas XLSX yang dapat dibaca."]) from wrong
    for line in book.worksheets[0].iter_rows(values_only=True):
        yield [_text(cell) for cell in line]
    book.close()


def _text(cell: Any) -> str:
    return "" if cell is None else str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)


def _csv(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a CSV file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            yield from csv.reader(file, delimiter=separator_of(first), strict=True)
    except (csv.Error, UnicodeDecodeError) as wrong:
        raise BadArchive([f"{path.name} tidak terbaca. Simpan sebagai XLSX, atau CSV UTF-8."]) from wrong


def _places(head: list[str]) -> dict[str, int]:
    names = [tidy_line(name).lower() for name in head]
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        raise BadArchive([f"Kolom {', '.join(lacking)} tidak ada. Baris pertama: {', '.join(NEEDED + OPTIONAL)}."])
    return {name: names.index(name) for name in NEEDED + OPTIONAL if name in names}


def _problems(cells: dict[str, str]) -> Iterator[str]:
    for name in ("judul", "instansi"):
        if not cells[name]:
            yield f"{name} belum diisi."
    for name, most in LONGEST.items():
        if len(cells.get(name, "")) > most:
            yield f"{name} terlalu panjang, paling banyak {most} huruf."
    year = cells["tahun"]
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR):
        yield f"tahun “{year[:20]}” tidak terbaca. Tulis seperti 2024."


def _row(cells: dict[str, str]) -> ArchiveRow:
    return ArchiveRow(
        title=tidy_line(cells["judul"]),
        agency_name=tidy_line(cells["instansi"]),
        year=int(cells["tahun"]),
        identity_number=tidy_line(cells.get("identitas", "")),
        variables="\n".join(_names(cells.get("variabel", "").replace(";", "\n").splitlines())),
    )


def _names(lines: Iterable[str]) -> Iterator[str]:
    yield from filter(None, (tidy_line(line) for line in lines))
