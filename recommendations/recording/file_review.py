"""Compare the answers of a file with the recorded answers, item by item. Pure: it saves nothing."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.conditions import Answers
from recommendations.instruments.fingerprints import fingerprint
from recommendations.instruments.form_files import read_form_file
from recommendations.instruments.structure import Instrument, Item, Kind
from recommendations.instruments.values import BadAnswer, clean, is_empty
from recommendations.instruments.words import answer_words
from recommendations.workbook.answers import Problem
from recommendations.workbook.layout import sheet_rows
from recommendations.workbook.reading import WorkbookReading, read_workbook


def read_incoming(content: bytes) -> WorkbookReading:
    """Read a filled workbook, or a YAML or JSON file. Raise BadWorkbook, BadFormFile."""
    looks_like_text = not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) and b"values" in content
    return _from_form_file(content) if looks_like_text else read_workbook(content)


def _from_form_file(content: bytes) -> WorkbookReading:
    file = read_form_file(content)
    instrument, reading = INSTRUMENTS[file.instrument_code], WorkbookReading(file.instrument_code)
    for item_id, raw in file.values.items():
        if not instrument.has_item(item_id):
            reading.notes.append(f"Isian tidak dikenal: {item_id[:60]}.")
            continue
        try:
            value = clean(instrument.item(item_id), raw)
        except BadAnswer as problem:
            reading.not_understood.append(Problem(item_id, "", str(raw)[:200], str(problem)))
            continue
        if value not in (None, []):
            reading.values[item_id] = value
    return reading


@dataclass(frozen=True)
class Incoming:
    """One item that a file answers, with the recorded answer (`now`) and the file's answer (`then`) in words.

    `state`: "new" (no answer is recorded), "other" (the answers differ), "same", or "locked" (in this round).
    """

    item: Item
    label: str
    state: str
    now: str
    then: str
    rows_now: list[str] = field(default_factory=list)
    rows_then: list[str] = field(default_factory=list)


def compare_with_record(
    instrument: Instrument, answers: Answers, values: Answers, opened: Collection[str]
) -> list[Incoming]:
    """Return every item of `values` with its answer in `answers`, in form order. Items not in `opened` are locked."""
    return [
        _incoming(instrument, item, answers.get(item.id), values[item.id], is_open=item.id in opened)
        for item in instrument.items
        if item.id in values
    ]


def _incoming(instrument: Instrument, item: Item, now: Any, then: Any, *, is_open: bool) -> Incoming:
    is_table = item.kind is Kind.TABLE
    return Incoming(
        item=item,
        label=item_label(instrument, item),
        state=_state(item, now, then, is_open=is_open),
        now=answer_words(item, now),
        then=answer_words(item, then),
        rows_now=_row_words(item, now) if is_table else [],
        rows_then=_row_words(item, then) if is_table else [],
    )


def _state(item: Item, now: Any, then: Any, *, is_open: bool) -> str:
    if fingerprint(item, now) == fingerprint(item, then):
        return "same"
    if not is_open:
        return "locked"
    return "new" if is_empty(item, now) else "other"


def item_label(instrument: Instrument, item: Item) -> str:
    """Return number and label of an item, e.g. "R.7.1 Penyuntingan (Editing)"; on the cover only the label."""
    if item.on_cover:
        return item.label
    return f"{item.reference} {instrument.rincian_of(item.id).part_label(item)}"


def _row_words(item: Item, value: Any) -> list[str]:
    return [" | ".join(filter(None, row)) for row in sheet_rows(item, value)]


def fingerprints(instrument: Instrument, answers: Answers) -> dict[str, str]:
    """Return the fingerprint of every item's answer, to find out later whether an answer was changed."""
    return {item.id: fingerprint(item, answers.get(item.id)) for item in instrument.items}
