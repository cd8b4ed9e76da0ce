"""The content of a form's workbook: its rows and tables, each with the key by which it is read back. Pure.

No cell is found by its place. Every answer row has its key in the first column (`judul_survei`,
`jadwal_lapangan/awal`, `metode_pengumpulan/4`), every column of a table in the row of keys (`variabel/nama`), and A1 of
every sheet names the form, edition and part. So rows may be inserted and sheets renamed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from recommendations.instruments.conditions import Answers, why_skipped
from recommendations.instruments.structure import Choice, Instrument, Item, Kind, Rincian
from recommendations.instruments.values import RANGE_ENDS, BadAnswer, as_typed, clean
from recommendations.instruments.words import answer_words

MARK = "pst-desk"
FORM = "formulir"  # the part in the mark of the sheet "Formulir"; a table's part is its item id
ANSWER = "jawaban"  # in the first row of the column of answers
KEYS, HEADS = "kunci", "judul"  # in the first cell of a table's row of keys, and of its row of headings
TICK = "v"
RANGE_LABELS = {"awal": "mulai", "akhir": "selesai"}
BLANK_ROWS = 10
"""As many as the paper's table of FP-KPA blok IV has. An agency may add rows, up to values.MOST_ROWS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the sheet "Formulir". `kind`: block, heading, sum, answer, tick, table."""

    kind: str
    label: str
    key: str = ""
    number: str = ""
    help: str = ""
    answer: str | int | None = None
    item: Item | None = None


def mark(instrument: Instrument, part: str) -> str:
    """Return the text of A1: the form, its edition, and the part of it that the sheet holds."""
    return "|".join((MARK, instrument.code, instrument.edition, part))


def tables(instrument: Instrument) -> tuple[Item, ...]:
    """Return the items that are tables. Each has its own sheet."""
    return tuple(item for item in instrument.items if item.kind is Kind.TABLE)


def table_title(item: Item) -> str:
    """Return the name of a table's sheet: "R.4.2 Variabel"."""
    return f"{item.reference} {item.id.capitalize()}"[:31]


def code_words(choice: Choice) -> str:
    """Return a code with its label, as shown and chosen: "1 - Hanya sekali"."""
    return f"{choice.code} - {choice.label}"


def form_rows(instrument: Instrument, answers: Answers) -> Iterator[Row]:
    """Yield every row of the sheet "Formulir", in form order."""
    for block in instrument.blocks:
        name = f"Blok {block.number}. {block.title}" if block.number else block.title
        yield Row(kind="block", label=name)
        for rincian in block.rincians:
            yield from _rincian_rows(instrument, rincian, answers)


def sheet_rows(item: Item, value: Any) -> list[list[str]]:
    """Return the rows of a table, cells in the order of its columns. A value that is not a row is left out."""
    rows = value if isinstance(value, list) else []
    return [[_text(row.get(column.id)) for column in item.columns] for row in rows if isinstance(row, Mapping)]


def _rincian_rows(instrument: Instrument, rincian: Rincian, answers: Answers) -> Iterator[Row]:
    leads = [item for item in rincian.items if rincian.lead_of(item) is None]
    has_heading = len(leads) > 1 and rincian.label != leads[0].label
    first = rincian.items[0]
    number = "" if first.on_cover else first.number
    if has_heading:
        yield Row(kind="heading", number=number, label=rincian.label)
    for place, item in enumerate(rincian.items):
        label = rincian.part_label(item)
        shown = number if place == 0 and not has_heading else ""
        yield from _item_rows(item, label, shown, _help(instrument, item), answers.get(item.id))


def _help(instrument: Instrument, item: Item) -> str:
    """Return the condition under which the item is filled, followed by the form's guidance."""
    when = why_skipped(instrument, item, {})
    told = "Diisi oleh BPS." if item.filled_by_bps else item.help
    return " ".join(filter(None, (when, told)))


def _item_rows(item: Item, label: str, number: str, guidance: str, value: Any) -> Iterator[Row]:
    row = Row(kind="answer", label=label, item=item, number=number, help=guidance)
    if item.kind is Kind.CHOICES:
        yield from _tick_rows(item, value, replace(row, kind="sum"))
    elif item.kind is Kind.DATERANGE:
        yield from _range_rows(item, value, row)
    elif item.kind is Kind.TABLE:
        yield replace(row, kind="table", answer=f"Isi pada lembar “{table_title(item)}”")
    else:
        yield replace(row, key=item.id, answer=_answer(item, value))


def _tick_rows(item: Item, value: Any, total: Row) -> Iterator[Row]:
    """Yield the row of the sum, as in the paper's box, then one row for each code."""
    try:
        codes = clean(item, value)
    except BadAnswer:
        codes = []
        unreadable = f"Terekam “{answer_words(item, value)}”, tidak terbaca. {total.help}".strip()
        total = replace(total, help=unreadable)
    yield total
    for choice in item.choices:
        answer = TICK if choice.code in codes else None
        yield Row(kind="tick", key=f"{item.id}/{choice.code}", label=code_words(choice), answer=answer, item=item)


def _range_rows(item: Item, value: Any, row: Row) -> Iterator[Row]:
    ends = as_typed(item, value)
    ends = ends if isinstance(ends, Mapping) else {"awal": _text(ends)}
    for end in RANGE_ENDS:
        yield replace(
            row,
            key=f"{item.id}/{end}",
            label=f"{row.label}: {RANGE_LABELS[end]}",
            answer=_text(ends.get(end)) or None,
        )
        row = replace(row, number="", help="")


def _answer(item: Item, value: Any) -> str | int | None:
    """Return the content of the answer cell: a number as a number, a code with its label, other answers as text.

    Return None when there is no answer.
    """
    try:
        cleaned = clean(item, value)
    except BadAnswer:
        return _text(value)
    if item.choices and cleaned is not None:
        return next(code_words(choice) for choice in item.choices if choice.code == cleaned)
    if item.kind in (Kind.INTEGER, Kind.YEAR):
        number: int | None = cleaned
        return number
    return _text(as_typed(item, value)) or None


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return "" if value is None else str(value)
