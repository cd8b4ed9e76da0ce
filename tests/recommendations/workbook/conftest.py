"""Workbooks as an agency sends them: filled by hand with openpyxl, and spoiled on purpose."""

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
    """A whole form as it is stored, without what is empty."""
    typed = json.loads((FORMS / COMPLETE[form.code]).read_text(encoding="utf-8"))
    cleaned = {name: clean(form.item(name), value) for name, value in typed.items()}
    return {name: value for name, value in cleaned.items() if value not in (None, [])}


@pytest.fixture
def edited() -> Callable[..., bytes]:
    """`edited(change)`: the empty FS3 after `change(book)`, as a file."""

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
    """The empty form; most tests spoil a copy of it."""
    return write_workbook(INSTRUMENTS[code], {}, about="Uji")


def cell_of(book: Workbook, key: str):
    """The answer cell of that key, wherever it stands."""
    sheet = book["Formulir"]
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, KEY).value == key)
    return sheet.cell(row, ANSWER)


@pytest.fixture
def typed(edited) -> Callable[[dict], bytes]:
    """`typed({"judul_survei": "..."})`: an FS3 in which somebody typed these into the cells of these keys."""

    def fill(values: dict) -> bytes:
        def change(book: Workbook) -> None:
            for key, value in values.items():
                cell_of(book, key).value = value

        return edited(change)

    return fill
