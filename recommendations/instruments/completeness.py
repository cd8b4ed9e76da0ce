"""What an examiner need not find by hand: empty required answers, unreadable answers, missing attachments."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from recommendations.instruments.conditions import Answers, is_required
from recommendations.instruments.findings import ERROR, Finding
from recommendations.instruments.structure import Block, Choice, Instrument, Item, Kind
from recommendations.instruments.values import BadAnswer, clean

Found = Collection[Finding] | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the required items are answered, whole and readable."""

    answered: int
    required: int

    @property
    def is_complete(self) -> bool:
        return self.answered == self.required


def findings(instrument: Instrument, answers: Answers) -> list[Finding]:
    """What is "required" and what is "invalid", in form order.

    Required: shown and empty, a table row without a required cell, half a date range.
    Invalid: an answer that cannot be read, also in a skipped part; and last, answers to items the form does not have.
    """
    each = (_found_at(instrument, item, answers) for item in instrument.items)
    return [finding for found in each for finding in found] + _unknown(instrument, answers)


def missing_attachments(instrument: Instrument, kinds: Collection[str]) -> list[Finding]:
    """Required attachments whose kind is not among those received."""
    return [
        _error("attachment", attachment.id, f"Belum dilampirkan: {attachment.label}.")
        for attachment in instrument.attachments
        if attachment.required and attachment.id not in kinds
    ]


def progress(instrument: Instrument, answers: Answers, found: Found = None) -> Progress:
    """Of the whole form; what is skipped is not counted. `found` where its findings are at hand already."""
    return _progress(instrument, instrument.items, answers, found)


def block_progress(instrument: Instrument, block: Block, answers: Answers, found: Found = None) -> Progress:
    """Of one block; a skipped block is complete with nothing required."""
    return _progress(instrument, block.items, answers, found)


def _progress(instrument: Instrument, items: tuple[Item, ...], answers: Answers, found: Found) -> Progress:
    told = findings(instrument, answers) if found is None else found
    lacking = {finding.item for finding in told}
    required = [item.id for item in items if is_required(instrument, item, answers)]
    return Progress(sum(item_id not in lacking for item_id in required), len(required))


def _error(rule: str, item_id: str, message: str, column: str = "") -> Finding:
    return Finding(rule, item_id, ERROR, message, column)


def _found_at(instrument: Instrument, item: Item, answers: Answers) -> list[Finding]:
    """That the answer cannot be read, or else what lacks at a required one."""
    try:
        value = clean(item, answers.get(item.id))
    except BadAnswer as problem:
        return [_error("invalid", item.id, str(problem))]
    if not is_required(instrument, item, answers):
        return []
    if item.kind is Kind.TABLE and value:
        return list(_empty_cells(item, value))
    return [_error("required", item.id, message) for message in _lacks(instrument, item, value)]


def _unknown(instrument: Instrument, answers: Answers) -> list[Finding]:
    filled = [item_id for item_id, value in answers.items() if value not in (None, "", [], {})]
    unknown = [item_id for item_id in filled if not instrument.has_item(item_id)]
    return [_error("invalid", item_id, f"Isian tidak dikenal: {item_id}") for item_id in unknown]


def _lacks(instrument: Instrument, item: Item, value: Any) -> Iterator[str]:
    name = _name(instrument, item)
    if value in (None, []):
        yield f"{name} {_unanswered(item)}"
    elif item.kind is Kind.DATERANGE:
        yield from (f"{name}: tanggal {end} belum diisi." for end, day in value.items() if not day)


def _empty_cells(item: Item, rows: list[dict[str, str]]) -> Iterator[Finding]:
    for number, row in enumerate(rows, 1):
        for column in item.columns:
            if column.required and not row[column.id]:
                words = f"{item.reference} baris {number}: {column.label.partition(' (')[0]} belum diisi."
                yield _error("required", item.id, words, column.id)


def _name(instrument: Instrument, item: Item) -> str:
    """R.5.10 where that is clear enough, else with its part: R.2.2 “Telepon”, R.5.10, uraian untuk kode 1,"""
    rincian = instrument.rincian_of(item.id)
    if [one for one in rincian.items if rincian.lead_of(one) is None] == [rincian.items[0]]:
        lead = rincian.lead_of(item)
        return f"{item.reference}, uraian untuk kode {item.code_under(lead)}," if lead else item.reference
    return f"{item.reference} “{rincian.part_label(item)}”"


def _unanswered(item: Item) -> str:
    if item.kind is Kind.CHOICES:
        return "belum dijawab. Pilih satu kode atau lebih."
    if item.choices:
        return f"belum dijawab. Pilih {_options(item.choices)}."
    hints = {Kind.TABLE: " Isi paling sedikit satu baris.", Kind.DATE: " Tulis seperti 28/02/2027."}
    return f"belum diisi.{hints.get(item.kind, '')}"


def _options(choices: tuple[Choice, ...]) -> str:
    """1 Ya atau 2 Tidak; of a long list only the codes."""
    if len(choices) > 3:
        return f"salah satu kode {choices[0].code} sampai {choices[-1].code}"
    *first, last = [f"{choice.code} {choice.label}" for choice in choices]
    return f"{', '.join(first)} atau {last}"
