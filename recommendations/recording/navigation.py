"""The navigation of the recording page: the progress of each block, what is missing, and where to continue. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from recommendations.instruments.completeness import KnownFindings, block_progress, findings
from recommendations.instruments.conditions import Answers, why_skipped
from recommendations.instruments.findings import Finding
from recommendations.instruments.structure import Block, Instrument, Item, Rincian


@dataclass(frozen=True)
class BlockState:
    """One row of the block navigation. `kind` is "ok", "warn", or "" (then `count` is shown)."""

    block: Block
    kind: str
    count: str
    words: str


def block_states(instrument: Instrument, answers: Answers, found: KnownFindings = None) -> list[BlockState]:
    """Return the state of every block. Pass `found` when the findings of the answers are computed already."""
    told = findings(instrument, answers) if found is None else found
    return [_block_state(instrument, block, answers, told) for block in instrument.blocks]


def _block_state(instrument: Instrument, block: Block, answers: Answers, found: Collection[Finding]) -> BlockState:
    unreadable = [finding.item for finding in found if finding.rule == "invalid"]
    wrong = sum(item.id in unreadable for item in block.items)
    done = block_progress(instrument, block, answers, found)
    if wrong:
        return BlockState(block, "warn", "", f"{wrong} isian perlu diperbaiki")
    if block.shown_when is not None and not block.shown_when.holds(answers):
        why = why_skipped(instrument, block, answers)
        return BlockState(block, "", "lewat" if why.startswith("Dilewati") else "-", why)
    if done.is_complete:
        return BlockState(block, "ok", "", "lengkap")
    return BlockState(
        block, "", f"{done.answered}/{done.required}", f"{done.answered} dari {done.required} isian wajib"
    )


COVER_FACTS = ("cover_number", "cover_date", "cover_signatory")


@dataclass(frozen=True)
class Lack:
    """One missing item, file or fact: the message, and the anchor on the page where it is filled in."""

    message: str
    anchor: str


@dataclass(frozen=True)
class LackGroup:
    """What is missing on one page: that of `block`, or the attachments page when `block` is None."""

    block: Block | None
    title: str
    lacks: tuple[Lack, ...]


def lack_groups(instrument: Instrument, missing: list[Finding]) -> list[LackGroup]:
    """Return what is missing, in groups: one for each page where it is filled in."""

    def block_of(finding: Finding) -> Block | None:
        return instrument.block_of(finding.item) if instrument.has_item(finding.item) else None

    return [
        LackGroup(block, _group_title(block), tuple(Lack(one.message, _anchor(block, one)) for one in found))
        for block, found in groupby(missing, key=block_of)
    ]


def _group_title(block: Block | None) -> str:
    if block is None:
        return "Lampiran"
    return f"Blok {block.number}. {block.short}" if block.number else block.title


def _anchor(block: Block | None, finding: Finding) -> str:
    if block is not None:
        return f"i-{finding.item}"
    return f"id_{finding.item}" if finding.item in COVER_FACTS else "berkas"


@dataclass(frozen=True)
class Told:
    """A finding of a rule, with its item and block."""

    finding: Finding
    item: Item
    block: Block

    @property
    def kind(self) -> str:
        """Return the class of desk.css for its level."""
        return "late" if self.finding.is_error else "warn"

    @property
    def place(self) -> str:
        """Return the reference of the item, "R.5.10", or on the cover its label in quotes, “Judul Survei”."""
        return f"“{self.item.label}”" if self.item.on_cover else self.item.reference


def told_findings(instrument: Instrument, found: Iterable[Finding]) -> list[Told]:
    """Return each finding with its item and block."""
    return [Told(finding, instrument.item(finding.item), instrument.block_of(finding.item)) for finding in found]


def first_open_block(instrument: Instrument, answers: Answers) -> Block:
    """Return the first block with a missing or unreadable answer, or the first block when there is none."""
    found = [finding.item for finding in findings(instrument, answers) if instrument.has_item(finding.item)]
    return instrument.block_of(found[0]) if found else instrument.blocks[0]


def rincian_numbered(instrument: Instrument, typed: str) -> tuple[Block, Rincian] | None:
    """Return block and line that an officer asks for as "5.10", "R.5.10" or "5,10"; None when there is no such line."""
    wanted = typed.strip().upper().removeprefix("R.").removeprefix("R").replace(",", ".").strip(" .")
    lines = ((block, rincian) for block in instrument.blocks for rincian in block.rincians)
    return next((found for found in lines if wanted and found[1].number.upper() == wanted), None)
