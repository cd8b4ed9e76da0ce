"""Build the lines of the examiner's page: each rincian in words, with its changes, findings and remarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recommendations.examination.word_changes import Piece, change_word, compare, compare_rows
from recommendations.instruments.conditions import Answers, is_shown, why_skipped
from recommendations.instruments.findings import Finding
from recommendations.instruments.structure import Instrument, Item, Rincian
from recommendations.instruments.values import is_empty
from recommendations.instruments.words import rincian_words, row_words
from recommendations.models import FindingDecision, Remark, Round, Unlock

_State = Remark.State
STANDING = {
    # a remark's state: kind, icon and word of its badge
    _State.OPEN: ("info", "chat", "Saran"),
    _State.ANSWERED: ("act", "inbox", "Dijawab"),
    _State.ACCEPTED: ("ok", "ok", "Diterima"),
}


@dataclass(frozen=True)
class Found:
    """A finding in the examined round, and the decision to record the form with it, or None."""

    finding: Finding
    decision: FindingDecision | None

    @property
    def kind(self) -> str:
        """The kind of its badge, a class in desk.css."""
        return "late" if self.finding.is_error else "warn"


@dataclass(frozen=True)
class ReadLine:
    """One rincian of the examined round."""

    rincian: Rincian
    number: int  # of the examined round
    words: list[Piece]
    rows: list[list[Piece]]
    change: str  # "", "Berubah", "Diisi", "Dikosongkan"
    notices: list[str]
    found: list["Found"]
    remarks: list[Remark]
    earlier: list[Remark]
    unlocks: list[Unlock]  # items unlocked without a remark, before this round was recorded

    @property
    def id(self) -> str:
        return self.rincian.id

    @property
    def gutter(self) -> str:
        """The number in the left margin: "S" for a line of the cover, which has no number."""
        return "S" if self.rincian.items[0].on_cover else self.rincian.number

    @property
    def heading(self) -> str:
        return self.rincian.label if self.gutter == "S" else f"{self.rincian.reference} {self.rincian.label}"

    @property
    def corrections(self) -> int:
        """The number of open corrections of this round."""
        return sum(remark.is_correction and remark.state == _State.OPEN for remark in self.remarks)

    @property
    def to_settle(self) -> list[Remark]:
        """The remarks of all rounds that are not accepted yet."""
        return [remark for remark in [*self.earlier, *self.remarks] if remark.state != _State.ACCEPTED]

    @property
    def has_moved(self) -> bool:
        """Whether it changed since the last round, had a remark there, or has an earlier remark not accepted yet."""
        asked = any(remark.round.number == self.number - 1 or remark in self.to_settle for remark in self.earlier)
        return bool(self.change or asked)

    @property
    def standing(self) -> tuple[str, str, str] | None:
        """The badge (kind, icon, word) of an open correction, else of its newest remark. None without remarks.

        A remark that is not accepted counts before one that is.
        """
        if self.corrections:
            return ("late", "late", "Perbaikan")
        said = [*self.earlier, *self.remarks]
        if not said:
            return None
        waiting = next((remark for remark in reversed(said) if remark.state != _State.ACCEPTED), said[-1])
        return STANDING[_State(waiting.state)]

    @property
    def noted(self) -> list[tuple[Item, Remark | None]]:
        """The items of this line with their remarks of this round. Without any remark: the first item and None."""
        found = {remark.item: remark for remark in self.remarks}
        items = [item for item in self.rincian.items if item.id in found]
        return [(item, found[item.id]) for item in items] or [(self.rincian.items[0], None)]


def read_lines(instrument: Instrument, rounds: Sequence[Round], broken: Sequence[Finding] = ()) -> list[ReadLine]:
    """Return every line that must be filled, was filled, or has a remark or a finding.

    `rounds` are the recorded rounds, the examined one last; `broken` are the findings in it.
    """
    examined = rounds[-1]
    findings: dict[str, list[str]] = {}
    for finding in examined.findings:
        findings.setdefault(finding.item, []).append(finding.message)
    rincians = [rincian for block in instrument.blocks for rincian in block.rincians]
    found = [Found(finding, _decision_on(finding, examined)) for finding in broken]
    lines = [_line(instrument, rincian, rounds, findings, found) for rincian in rincians]
    return [line for line in lines if _has_words(line) or _is_read(instrument, line.rincian, examined.answers)]


@dataclass(frozen=True)
class ReadPart:
    """Some lines under one heading. The heading is "" for the whole form of a first round."""

    heading: str
    lines: list[ReadLine]


def parts_of(lines: Sequence[ReadLine]) -> list[ReadPart]:
    """Return the lines that changed or answer a remark, then the others, as two parts. A first round has one part.

    Each part has the order of the form. Of a later round, an empty part is left out.
    """
    if not lines or lines[0].number == 1:
        return [ReadPart("", list(lines))]
    moved = [line for line in lines if line.has_moved]
    parts = [
        ReadPart(f"Berubah sejak putaran {lines[0].number - 1}", moved),
        ReadPart("Rincian lain", [line for line in lines if not line.has_moved]),
    ]
    return [part for part in parts if part.lines]


def _decision_on(finding: Finding, examined: Round) -> FindingDecision | None:
    return next((decision for decision in examined.decisions.all() if decision.is_on(finding)), None)


def _has_words(line: ReadLine) -> bool:
    return bool(line.remarks or line.earlier or line.found)


def _is_read(instrument: Instrument, rincian: Rincian, answers: Answers) -> bool:
    filled = any(not is_empty(item, answers.get(item.id)) for item in rincian.items)
    asked = any(is_shown(instrument, item, answers) and not item.filled_by_bps for item in rincian.items)
    return filled or asked


def _line(
    instrument: Instrument,
    rincian: Rincian,
    rounds: Sequence[Round],
    findings: Mapping[str, list[str]],
    found: Sequence[Found],
) -> ReadLine:
    new = rounds[-1].answers
    old = rounds[-2].answers if len(rounds) > 1 else new
    was, now = (rincian_words(rincian, answers).removeprefix(f"{rincian.label}: ") for answers in (old, new))
    old_rows, new_rows = row_words(rincian, old), row_words(rincian, new)
    return ReadLine(
        rincian=rincian,
        number=rounds[-1].number,
        words=compare(was, now),
        rows=compare_rows(old_rows, new_rows),
        change=change_word("\n".join([was, *old_rows]).strip(), "\n".join([now, *new_rows]).strip()),
        notices=_skipped(instrument, rincian, new)
        + [words for item in rincian.items for words in findings.get(item.id, [])],
        found=[one for one in found if any(item.id == one.finding.item for item in rincian.items)],
        remarks=_remarks(rincian, rounds[-1:]),
        earlier=_remarks(rincian, rounds[:-1]),
        unlocks=[one for one in rounds[-1].unlocks.all() if one.item in {item.id for item in rincian.items}],
    )


def _skipped(instrument: Instrument, rincian: Rincian, answers: Answers) -> list[str]:
    """Return why the form says to skip this line, once per reason, when it was filled nevertheless. Empty otherwise."""
    kept = (item for item in rincian.items if not is_empty(item, answers.get(item.id)))
    return list(dict.fromkeys(filter(None, (why_skipped(instrument, item, answers) for item in kept))))


def _remarks(rincian: Rincian, rounds: Sequence[Round]) -> list[Remark]:
    items = {item.id for item in rincian.items}
    return [remark for one in rounds for remark in one.remarks.all() if remark.item in items]
