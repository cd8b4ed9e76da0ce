"""Workbooks as an agency sends them, filled or damaged with openpyxl."""

import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.structure import Instrument
from recommendations.instruments.values import clean
from recommendations.workbook.writing import ANSWER, KEY, write_workbook

FORMS = Path(__file__).parent.parent / "instruments"
COMPLETE = {"FS3": "fs3_complete.json", "FP-KPA": "fpkpa_complete.json"}


@pytest.fixture(params=list(INSTRUMENTS))
def form(request) -> Instrument:
    return INSTRUMENTS[request.param]


@pytest.fixture
def complete(form) -> dict:
    """Return the stored answers of a complete form, without empty ones."""
    typed = json.loads((FORMS / COMPLETE[form.code]).read_text(encoding="utf-8"))
    cleaned = {name: clean(form.item(name), value) for name, value in typed.items()}
    return {name: value for name, value in cleaned.items() if value not in (None, [])}


@pytest.fixture
def edited() -> Callable[..., bytes]:
    """Return `edited`: `edited(change)` returns the file of an empty FS3 after `change(book)`."""

    def edit(change: Callable[[Workbook], None], answers: dict | None = None, code: str = "FS3") -> bytes:
        whole = write_workbook(INSTRUMENTS[code], answers, about="Uji") if answers else template(code)
        book = load_workbook(io.BytesIO(whole))
        change(book)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return edit


@cache
def template(code: str) -> bytes:
    """Return the workbook of the empty form, of which most tests change a copy."""
    return write_workbook(INSTRUMENTS[code], {}, about="Uji")


def cell_of(book: Workbook, key: str):
    """Return the answer cell of that key."""
    sheet = book["Formulir"]
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, KEY).value == key)
    return sheet.cell(row, ANSWER)


@pytest.fixture
def typed(edited) -> Callable[[dict], bytes]:
    """Return `typed`: `typed({"judul_survei": "..."})` returns the file of an FS3 with these answers typed in."""

    def fill(values: dict) -> bytes:
        def change(book: Workbook) -> None:
            for key, value in values.items():
                cell_of(book, key).value = value

        return edited(change)

    return fill
