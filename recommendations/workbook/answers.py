"""Turns the cells of one item into the answer to store, as leniently as an officer who reads the paper."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from recommendations.instruments.structure import Choice, Item, Kind
from recommendations.instruments.values import RANGE_ENDS, BadAnswer, clean
from recommendations.instruments.words import SPECIFY
from recommendations.workbook.cells import BadCell, ReadCell, typed

CODED = re.compile(r"([0-9]{1,4})(?:\s*[-–.):]\s*(.*))?", re.DOTALL)
YES = {"v", "x", "✓", "✔", "√", "ya", "y", "benar", "true"}
NO = {"", "-", "tidak", "t", "n", "0", "salah", "false"}


@dataclass(frozen=True)
class Problem:
    """An answer that was not understood: its item and cell, the words typed, and what to do."""

    item_id: str
    place: str
    typed: str
    why: str


@dataclass(frozen=True)
class Answer:
    """The value as `values.clean` returns it: None or [] when the cells are empty."""

    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def answer_of(item: Item, cells: Mapping[str, ReadCell]) -> Answer:
    """Return the answer in these cells.

    Each cell comes under the part that follows the item in its key: "", an end of a date range, or a code.
    """
    problems = [problem for cell in cells.values() for problem in _bad_cells(item, cell)]
    if problems:
        return Answer(problems=problems)
    notes: list[str] = []
    texts = {part: typed(cell) for part, cell in cells.items()}
    if item.kind is Kind.PHONE:
        texts, notes = _with_zero(item, cells[""], texts[""])
    try:
        return Answer(clean(item, _raw(item, texts)), notes=notes)
    except BadAnswer as problem:
        shown = ", ".join(filter(None, texts.values()))
        return Answer(problems=[Problem(item.id, cell_place(next(iter(cells.values()))), shown[:200], str(problem))])


def table_of(item: Item, rows: Sequence[Mapping[str, ReadCell]]) -> Answer:
    """Return the rows of a table. A cell that cannot be read becomes a problem and is left empty."""
    problems, texts = [], []
    for row in rows:
        bad = [problem for cell in row.values() for problem in _bad_cells(item, cell)]
        problems += bad
        places = {problem.place for problem in bad}
        texts.append({name: "" if cell_place(cell) in places else typed(cell) for name, cell in row.items()})
    filled = [row for row in texts if any(text.strip() for text in row.values())]
    try:
        return Answer(clean(item, filled), problems)
    except BadAnswer as problem:
        return Answer(problems=[*problems, Problem(item.id, "", f"{len(filled)} baris", str(problem))])


def cell_place(cell: ReadCell) -> str:
    """Return the cell's place, "D12"; "" for an empty cell that the file leaves out."""
    return getattr(cell, "coordinate", "")


def _bad_cells(item: Item, cell: ReadCell) -> list[Problem]:
    try:
        typed(cell)
    except BadCell as problem:
        return [Problem(item.id, cell_place(cell), str(cell.value)[:200], str(problem))]
    return []


def _raw(item: Item, texts: Mapping[str, str]) -> Any:
    if item.kind is Kind.CHOICES:
        codes = [str(choice.code) for choice in item.choices]
        return [code for code in codes if _is_ticked(item, code, texts.get(code, ""))]
    if item.kind is Kind.DATERANGE:
        return {end: texts.get(end, "") for end in RANGE_ENDS}
    text = texts.get("", "")
    if item.choices and text.strip():
        return code_of(item, text)
    return text


def _is_ticked(item: Item, code: str, text: str) -> bool:
    """Return whether the cell is ticked. Raise BadAnswer when its text means neither yes nor no."""
    word = text.strip().casefold()
    if word in NO:
        return False
    if word in YES or word == code:
        return True
    label = next(choice.label for choice in item.choices if str(choice.code) == code)
    raise BadAnswer(f"Tanda pada {code} - {label} tidak terbaca. Beri v bila dipilih, kosongkan bila tidak.")


def code_of(item: Item, text: str) -> int:
    """Return the code meant by "1", "1 - Hanya sekali" or "hanya sekali".

    Raise BadAnswer when no choice fits, or when code and label belong to different choices.
    """
    words = " ".join(text.split())
    coded = CODED.fullmatch(words)
    if coded:
        chosen = [choice for choice in item.choices if choice.code == int(coded[1])]
        if chosen and (not coded[2] or _fits(chosen[0], coded[2])):
            return chosen[0].code
    elif len(meant := [choice for choice in item.choices if _names(choice) == words.casefold()]) == 1:
        return meant[0].code
    options = "; ".join(f"{choice.code} {choice.label}" for choice in item.choices)
    raise BadAnswer(f"Pilih salah satu: {options}.")


def _names(choice: Choice) -> str:
    return choice.label.removesuffix(SPECIFY).casefold()


def _fits(choice: Choice, words: str) -> bool:
    """Return whether `words` are a beginning of the choice's label, or begin with it (a specification follows)."""
    return words.casefold().startswith(_names(choice)) or _names(choice).startswith(words.casefold())


def _with_zero(item: Item, cell: ReadCell, text: str) -> tuple[dict[str, str], list[str]]:
    """Put back the first 0 of a phone number that Excel kept as a number, with a note about it."""
    if not isinstance(cell.value, int | float) or not text.isdigit() or text.startswith("62"):
        return {"": text}, []
    note = f"{item.reference} {item.label}: Excel menyimpan {text} sebagai angka, jadi dibaca 0{text}. Periksa."
    return {"": f"0{text}"}, [note]
