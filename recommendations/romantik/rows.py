"""The rows of the page for Romantik: each question of MS-Keg with its answer, or with what the officer must do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recommendations.instruments.conditions import Answers, is_shown, why_skipped
from recommendations.instruments.structure import Block, Instrument, Item, Kind
from recommendations.instruments.values import as_typed, is_empty
from recommendations.instruments.words import answer_words, choice_words
from recommendations.romantik.mapping import MAPPING
from recommendations.romantik.questions import MSKEG
from recommendations.romantik.rules import Converted

FROM_THE_DESK = ("direkomendasi", "identitas", "berkas")  # answered from the letter and the attachments


@dataclass(frozen=True)
class RomantikFacts:
    """Facts besides the form: the identity number (empty until the letter is issued) and the attached files."""

    identity: str = ""
    files: Sequence[str] = ()


@dataclass(frozen=True)
class RomantikRow:
    """One question of MS-Keg.

    `state` is "ready" (copy `text`), "decide" (`text` has the words of the paper; the officer chooses the answer),
    "beside" (the paper does not ask it), "empty" (there is no answer yet) or "skipped" (not to be filled in Romantik).
    """

    item: Item
    state: str
    value: Any = None
    text: str = ""
    paper: str = ""  # its place on the paper form: "FS3 R.5.1"
    why: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def number(self) -> str:
        """Return the number of the question, "4.2". Empty on the cover."""
        return "" if self.item.on_cover else self.item.number


@dataclass(frozen=True)
class RomantikBlock:
    block: Block
    rows: tuple[RomantikRow, ...]


def beside_items(instrument: Instrument) -> tuple[Item, ...]:
    """Return the questions of MS-Keg that this form does not ask. The officer answers them on the page for Romantik."""
    told = MAPPING[instrument.code].keys() | set(FROM_THE_DESK)
    return tuple(item for item in MSKEG.items if item.id not in told)


def romantik_blocks(
    instrument: Instrument, answers: Answers, extras: Answers, facts: RomantikFacts
) -> list[RomantikBlock]:
    """Return the blocks with every question, in Romantik's order."""
    given = _desk_values(facts) | {item.id: extras.get(item.id) for item in beside_items(instrument)}
    converted = {name: rule.convert(instrument, answers) for name, rule in MAPPING[instrument.code].items()}
    values = {name: one.value for name, one in converted.items()} | given
    beside = {item.id for item in beside_items(instrument)}
    return [
        RomantikBlock(block, tuple(_row(instrument, item, answers, values, converted, beside) for item in block.items))
        for block in MSKEG.blocks
    ]


def _desk_values(facts: RomantikFacts) -> dict[str, Any]:
    return {
        "direkomendasi": 1 if facts.identity else None,
        "identitas": facts.identity or None,
        "berkas": "\n".join(facts.files) or None,
    }


def _row(
    instrument: Instrument,
    item: Item,
    answers: Answers,
    values: Answers,
    converted: Mapping[str, Converted],
    beside: set[str],
) -> RomantikRow:
    skipped = why_skipped(MSKEG, item, values)
    if skipped:
        return RomantikRow(item, "skipped", why=skipped)
    if item.id in converted:
        return _from_paper(instrument, item, answers, converted[item.id])
    value = values.get(item.id)
    empty = is_empty(item, value)
    state = "beside" if item.id in beside else "empty" if empty else "ready"
    why = "Belum ada di loket: terisi setelah surat terbit atau berkas dilampirkan." if state == "empty" else ""
    return RomantikRow(item, state, value, "" if empty else shown(item, value, {}), why=why)


def _from_paper(instrument: Instrument, item: Item, answers: Answers, converted: Converted) -> RomantikRow:
    """Return the row of a question that the paper asks.

    With a recoded answer it is "ready". With only words on paper, or an answer in a skipped part, the officer must
    "decide". Without an answer it is "empty".
    """
    rule = MAPPING[instrument.code][item.id]
    sources = _filled(instrument, rule.sources, answers) or [instrument.item(rule.sources[0])]
    paper = f"{instrument.code} {sources[0].reference}"
    filled = _filled(instrument, rule.sources + rule.details, answers)
    stray = [source for source in filled if source in sources and not is_shown(instrument, source, answers)]
    if converted.value is not None and not stray:
        text = shown(item, converted.value, converted.details)
        return RomantikRow(item, "ready", converted.value, text, paper, converted.hint, _table(item, converted.value))
    words = "\n".join(answer_words(source, answers.get(source.id)) for source in filled)
    if words:
        why = converted.why or "Isian formulir belum terbaca. Perbaiki rekamannya dahulu."
        why = f"Terisi di bagian yang dilewati. {why_skipped(instrument, stray[0], answers)}" if stray else why
        return RomantikRow(item, "decide", text=words, paper=paper, why=why)
    return RomantikRow(item, "empty", paper=paper, why=why_skipped(instrument, sources[0], answers))


def _filled(instrument: Instrument, names: Sequence[str], answers: Answers) -> list[Item]:
    items = [instrument.item(name) for name in names]
    return [item for item in items if not is_empty(item, answers.get(item.id))]


def shown(item: Item, value: Any, details: Mapping[int, str]) -> str:
    """Return the answer as text to copy: "2 - Survei", "01/03/2027 s.d. 31/03/2027"; a table has tabs between cells."""
    if item.kind is Kind.DATERANGE:
        ends = as_typed(item, value)
        return f"{ends['awal']} s.d. {ends['akhir']}".strip()
    if item.kind is Kind.DATE:
        return str(as_typed(item, value))
    if item.kind is Kind.TABLE:
        return "\n".join("\t".join(cell.replace("\n", " ") for cell in row) for row in _table(item, value))
    if item.choices:
        codes = value if isinstance(value, list) else [value]
        return "; ".join(choice_words(item, code, details.get(code, "")) for code in codes)
    return str(value)


def _table(item: Item, value: Any) -> tuple[tuple[str, ...], ...]:
    if item.kind is not Kind.TABLE:
        return ()
    return tuple(tuple(row.get(column.id, "") for column in item.columns) for row in value)
