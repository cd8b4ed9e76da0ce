"""Read SKM answers that were given on paper and typed into a table: CSV, one respondent a row. Pure.

The columns are the nine keys of the SKM in any order. Other columns (a number, a date) are ignored and named. A file
with one mistake counts not at all, because an index of the other rows would look right and be wrong.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from office.refusals import FileRefused
from office.texts import separator_of, tidy_line
from ratings.instruments import SKM_9

LARGEST = 1024 * 1024
MOST_ROWS, MOST_LINES, MOST_CELLS = 10_000, 12_000, 40
"""Respondents, lines with the blank ones, and cells of a line. The web process reads the file: the dearest file within
these bounds costs it half a second."""
ANSWER = re.compile(r"([1-4])(?:[.,]0+)?")
"""A spreadsheet may write 3 as `3,0` or `3.0`."""
SHOWN = 20


class BadPaperAnswers(FileRefused):
    """Raised when the file cannot be counted. The text says why, row by row."""


@dataclass(frozen=True)
class PaperAnswers:
    """The answers of each respondent, keyed by aspect, in the order of the file; and the columns left aside.

    `fingerprint` is the SHA-256 of what the rows say, whatever the file looks like: its answers and its ignored cells,
    without blank rows, spaces, the order of rows and columns, the separator or the way in which a 3 is written.
    """

    respondents: list[dict[str, int]]
    ignored: list[str]
    fingerprint: str = ""


def read_paper_answers(path: Path) -> PaperAnswers:
    """Return the answers in the file.

    Raise BadPaperAnswers when the file, a column, a row or a cell is wrong, OSError when it does not open.
    """
    with path.open("rb") as file:
        return paper_answers_in(file.read(LARGEST + 1), path.name)


def paper_answers_in(content: bytes, name: str) -> PaperAnswers:
    """Return the answers in the content of the file `name`. More than LARGEST bytes are refused, so no more are needed.

    Raise BadPaperAnswers when the file, a column, a row or a cell is wrong.
    """
    lines = _lines(content, name)
    head = [tidy_line(name).lower() for name in next(lines, [])]
    places = _places(head)
    others = [(name, place) for place, name in enumerate(head) if name and name not in places]
    rows, problems = [], []
    for number, line in _filled(lines):
        found = list(_problems(line, places, len(head)))
        problems += [f"Baris {number}{words}" for words in found]
        rows += [] if found else [(_answers(line, places), sorted((name, _cell(line, at)) for name, at in others))]
    if problems:
        raise BadPaperAnswers(problems)
    return PaperAnswers([answers for answers, _ in rows], [name for name, _ in others], _fingerprint(rows))


def _fingerprint(rows: Iterable[tuple[dict[str, int], list[tuple[str, str]]]]) -> str:
    told = sorted([[answers[key] for key in SKM_9.keys], [list(cell) for cell in cells]] for answers, cells in rows)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _filled(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the head that are not blank, with the numbers that a spreadsheet gives them."""
    numbered = ((number, line) for number, line in enumerate(lines, start=2) if any(map(tidy_line, line)))
    for count, row in enumerate(numbered, start=1):
        if count > MOST_ROWS:
            raise BadPaperAnswers([f"Lebih dari {MOST_ROWS:,} baris. Bagi berkas ini.".replace(",", ".")])
        yield row


def _lines(content: bytes, name: str) -> Iterator[list[str]]:
    """Yield the rows."""
    text = _text(content, name)
    separator = separator_of(text.partition("\n")[0])
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            _must_be_small(number, line)
            yield line
    except csv.Error as wrong:
        raise BadPaperAnswers([f"{name} bukan CSV yang dapat dibaca."]) from wrong


def _must_be_small(number: int, line: list[str]) -> None:
    """Raise BadPaperAnswers when the line is wider, or further down, than a table of answers has any."""
    if len(line) > MOST_CELLS:
        raise BadPaperAnswers([f"Baris {number} mempunyai lebih dari {MOST_CELLS} kolom. Hapus kolom lain."])
    if number > MOST_LINES:
        raise BadPaperAnswers(["Terlalu banyak baris kosong. Hapus, lalu simpan lagi."])


def _text(content: bytes, name: str) -> str:
    if len(content) > LARGEST:
        raise BadPaperAnswers([f"{name} lebih dari {LARGEST // 1024**2} MB."])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadPaperAnswers([f"{name} tidak terbaca. Simpan sebagai CSV UTF-8."]) from wrong


def _places(head: list[str]) -> dict[str, int]:
    """Return the place of each aspect's column, from 0. Raise BadPaperAnswers when one is missing or there twice."""
    lacking = [key for key in SKM_9.keys if key not in head]
    if lacking:
        raise BadPaperAnswers([f"Kolom {', '.join(lacking)} tidak ada. Baris pertama: {', '.join(SKM_9.keys)}."])
    twice = [key for key in SKM_9.keys if head.count(key) > 1]
    if twice:
        raise BadPaperAnswers([f"Kolom {', '.join(twice)} ada lebih dari satu kali."])
    return {key: head.index(key) for key in SKM_9.keys}


def _problems(line: list[str], places: dict[str, int], width: int) -> Iterator[str]:
    """Yield what is wrong with a row, as the rest of a sentence that begins with its number."""
    if any(map(tidy_line, line[width:])):
        yield f": ada {len(line)} sel untuk {width} kolom. Beri tanda kutip pada angka dengan koma desimal."
        return
    for key, place in places.items():
        cell = _cell(line, place)
        if not cell:
            yield f", kolom {key}: belum diisi."
        elif not ANSWER.fullmatch(cell):
            yield f", kolom {key}: “{cell[:SHOWN]}” bukan jawaban. Isi 1, 2, 3, atau 4."


def _answers(line: list[str], places: dict[str, int]) -> dict[str, int]:
    return {key: int(_cell(line, place)[0]) for key, place in places.items()}


def _cell(line: list[str], place: int) -> str:
    return tidy_line(line[place]) if place < len(line) else ""
