"""Checks of completeness: empty required answers, unreadable answers, missing attachments."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from recommendations.instruments.conditions import Answers, is_required
from recommendations.instruments.findings import ERROR, Finding
from recommendations.instruments.structure import Block, Choice, Instrument, Item, Kind
from recommendations.instruments.values import BadAnswer, clean

KnownFindings = Collection[Finding] | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Two counts: the required items, and those of them with a complete and readable answer."""

    answered: int
    required: int

    @property
    def is_complete(self) -> bool:
        return self.answered == self.required


def findings(instrument: Instrument, answers: Answers) -> list[Finding]:
    """Return a finding for each missing answer ("required") and each unreadable answer ("invalid"), in form order.

    Missing: a required item that is empty, a table row without a required cell, half a date range.
    Unreadable: an answer that cannot be read, also in a skipped part. Answers to items that the form does not have
    come last.
    """
    each = (_found_at(instrument, item, answers) for item in instrument.items)
    return [finding for found in each for finding in found] + _unknown(instrument, answers)


def missing_attachments(instrument: Instrument, kinds: Collection[str]) -> list[Finding]:
    """Return a finding for each required attachment whose kind is not in `kinds`, the kinds received."""
    return [
        _error("attachment", attachment.id, f"Belum dilampirkan: {attachment.label}.")
        for attachment in instrument.attachments
        if attachment.required and attachment.id not in kinds
    ]


def progress(instrument: Instrument, answers: Answers, found: KnownFindings = None) -> Progress:
    """Return the progress of the whole form, without skipped items. `found` holds its findings if already computed."""
    return _progress(instrument, instrument.items, answers, found)


def block_progress(instrument: Instrument, block: Block, answers: Answers, found: KnownFindings = None) -> Progress:
    """Return the progress of one block. A skipped block is complete, because it has no required items."""
    return _progress(instrument, block.items, answers, found)


def _progress(instrument: Instrument, items: tuple[Item, ...], answers: Answers, found: KnownFindings) -> Progress:
    told = findings(instrument, answers) if found is None else found
    lacking = {finding.item for finding in told}
    required = [item.id for item in items if is_required(instrument, item, answers)]
    return Progress(sum(item_id not in lacking for item_id in required), len(required))


def _error(rule: str, item_id: str, message: str, column: str = "") -> Finding:
    return Finding(rule, item_id, ERROR, message, column)


def _found_at(instrument: Instrument, item: Item, answers: Answers) -> list[Finding]:
    """Return one finding when the answer cannot be read; else the findings of what a required answer lacks."""
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
    """Return "R.5.10" where that is clear enough, else add the part: R.2.2 “Telepon”; R.5.10, uraian untuk kode 1,"""
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
    """Return the choices in words: "1 Ya atau 2 Tidak". More than three choices: only the first and the last code."""
    if len(choices) > 3:
        return f"salah satu kode {choices[0].code} sampai {choices[-1].code}"
    *first, last = [f"{choice.code} {choice.label}" for choice in choices]
    return f"{', '.join(first)} atau {last}"
