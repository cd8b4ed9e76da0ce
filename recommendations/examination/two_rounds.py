"""Compare two rounds of a form: words, table rows, and lines that are skipped in only one of them."""

from dataclasses import dataclass

from recommendations.examination.word_changes import Piece, change_word, compare, compare_rows
from recommendations.instruments.conditions import Answers, is_shown, why_skipped
from recommendations.instruments.structure import Block, Instrument, Item, Kind, Rincian
from recommendations.instruments.values import is_empty
from recommendations.instruments.words import answer_lines, rincian_words, row_words


@dataclass(frozen=True)
class ComparedLine:
    """One rincian in both rounds. `change` is that of `change_word`; `skip` says that it is skipped in only one."""

    rincian: Rincian
    words: list[Piece]
    rows: list[list[Piece]]
    change: str
    skip: str

    @property
    def is_changed(self) -> bool:
        return bool(self.change or self.skip)


@dataclass(frozen=True)
class ComparedBlock:
    block: Block
    lines: list[ComparedLine]


def compared_blocks(instrument: Instrument, old: Answers, new: Answers) -> list[ComparedBlock]:
    """Return the blocks with the lines that must be filled or were filled in a round. Empty blocks are left out."""
    blocks = [
        ComparedBlock(block, [_line(instrument, rincian, old, new) for rincian in _read(instrument, block, old, new)])
        for block in instrument.blocks
    ]
    return [block for block in blocks if block.lines]


def changed_only(blocks: list[ComparedBlock]) -> list[ComparedBlock]:
    """Return the blocks with only their changed lines. Blocks without a change are left out."""
    kept = [ComparedBlock(one.block, [line for line in one.lines if line.is_changed]) for one in blocks]
    return [block for block in kept if block.lines]


def _read(instrument: Instrument, block: Block, old: Answers, new: Answers) -> list[Rincian]:
    def has_something(item: Item) -> bool:
        each = (old, new)
        return any(is_shown(instrument, item, one) or not is_empty(item, one.get(item.id)) for one in each)

    return [rincian for rincian in block.rincians if any(map(has_something, rincian.items))]


def _line(instrument: Instrument, rincian: Rincian, old: Answers, new: Answers) -> ComparedLine:
    was, now = _words(rincian, old), _words(rincian, new)
    old_rows, new_rows = _rows(rincian, old), _rows(rincian, new)
    return ComparedLine(
        rincian=rincian,
        words=compare(was, now),
        rows=compare_rows(old_rows, new_rows),
        change=change_word("\n".join([was, *old_rows]).strip(), "\n".join([now, *new_rows]).strip()),
        skip=_skip(_why(instrument, rincian, old), _why(instrument, rincian, new)),
    )


def _words(rincian: Rincian, answers: Answers) -> str:
    """Return the answer in words. For a table with rows return "": the rows are listed, so no summary is needed."""
    if rincian.items[0].kind is Kind.TABLE and _rows(rincian, answers):
        return ""
    return rincian_words(rincian, answers).removeprefix(f"{rincian.label}: ")


def _rows(rincian: Rincian, answers: Answers) -> list[str]:
    """Return the rows of a table as text: variables as the examiner reads them, other tables cell by cell."""
    item = rincian.items[0]
    if item.kind is not Kind.TABLE:
        return []
    return row_words(rincian, answers) or answer_lines(item, answers.get(item.id))


def _why(instrument: Instrument, rincian: Rincian, answers: Answers) -> str:
    """Return why the form says to skip the whole line, or "" when a part of it must be filled."""
    if any(is_shown(instrument, item, answers) for item in rincian.items):
        return ""
    return why_skipped(instrument, rincian.items[0], answers)


def _skip(was: str, now: str) -> str:
    if bool(was) == bool(now):
        return ""
    if now:
        return f"Tadinya diisi, kini tidak. {now}"
    return f"Kini diisi. Tadinya: {was[0].lower()}{was[1:]}"
