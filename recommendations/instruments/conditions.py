"""When a part of a form is to be filled: conditions as data, so that a screen can also say why a part is skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recommendations.instruments.structure import Block, Instrument, Item

Answers = Mapping[str, Any]
Naming = Callable[[str], str]  # item id -> how an officer calls it: "R.5.5"


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is this code."""

    item_id: str
    code: int

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.item_id) == self.code

    def item_ids(self) -> frozenset[str]:
        return frozenset({self.item_id})

    def code_of(self, item_id: str) -> int | None:
        """The code asked of that item, None when it is not asked."""
        return self.code if item_id == self.item_id else None

    def wanted(self, name: Naming, answers: Answers) -> str:
        """What must still become true: "R.5.5 berkode 2"; empty when it is true."""
        return "" if self.holds(answers) else f"{name(self.item_id)} berkode {self.code}"

    def contrary(self, name: Naming, answers: Answers) -> str:
        """What was answered instead: "R.5.5 berkode 1"; empty when true, unanswered or unreadable."""
        answer = answers.get(self.item_id)
        if self.holds(answers) or not isinstance(answer, int):
            return ""
        return f"{name(self.item_id)} berkode {answer}"


@dataclass(frozen=True, slots=True)
class Has:
    """Among several answers this code is one."""

    item_id: str
    code: int

    def holds(self, answers: Answers) -> bool:
        answer = answers.get(self.item_id)
        return isinstance(answer, list | tuple) and self.code in answer

    def item_ids(self) -> frozenset[str]:
        return frozenset({self.item_id})

    def code_of(self, item_id: str) -> int | None:
        return self.code if item_id == self.item_id else None

    def wanted(self, name: Naming, answers: Answers) -> str:
        return "" if self.holds(answers) else f"{name(self.item_id)} memuat kode {self.code}"

    def contrary(self, name: Naming, answers: Answers) -> str:
        if self.holds(answers) or not answers.get(self.item_id):
            return ""
        return f"{name(self.item_id)} tidak memuat kode {self.code}"


@dataclass(frozen=True, slots=True, init=False)
class _Several:
    """Conditions taken together; `All` and `AnyOf` say how."""

    parts: tuple[Condition, ...]

    def __init__(self, *parts: Condition) -> None:
        object.__setattr__(self, "parts", parts)

    def item_ids(self) -> frozenset[str]:
        return frozenset().union(*(part.item_ids() for part in self.parts))

    def code_of(self, item_id: str) -> int | None:
        return next((part.code_of(item_id) for part in self.parts if item_id in part.item_ids()), None)


class All(_Several):
    """Every one of the conditions holds."""

    __slots__ = ()

    def holds(self, answers: Answers) -> bool:
        return all(part.holds(answers) for part in self.parts)

    def wanted(self, name: Naming, answers: Answers) -> str:
        return _joined(" dan ", (part.wanted(name, answers) for part in self.parts))

    def contrary(self, name: Naming, answers: Answers) -> str:
        """One contrary answer is enough; the first on the form is told."""
        return next(filter(None, (part.contrary(name, answers) for part in self.parts)), "")


class AnyOf(_Several):
    """At least one of the conditions holds."""

    __slots__ = ()

    def holds(self, answers: Answers) -> bool:
        return any(part.holds(answers) for part in self.parts)

    def wanted(self, name: Naming, answers: Answers) -> str:
        return "" if self.holds(answers) else _joined(" atau ", (part.wanted(name, answers) for part in self.parts))

    def contrary(self, name: Naming, answers: Answers) -> str:
        """Only when all of them were answered otherwise."""
        told = [part.contrary(name, answers) for part in self.parts]
        return _joined(" dan ", told) if all(told) else ""


Condition = Is | Has | All | AnyOf


def _joined(word: str, phrases: Iterable[str]) -> str:
    return word.join(dict.fromkeys(filter(None, phrases)))


def _conditions(instrument: Instrument, part: Item | Block) -> list[Condition]:
    """The block's condition first: it decides before the item's own."""
    block = instrument.block_of(part.id) if instrument.has_item(part.id) else None
    return [one.shown_when for one in (block, part) if one is not None and one.shown_when is not None]


def is_shown(instrument: Instrument, part: Item | Block, answers: Answers) -> bool:
    """Is this item (or block) to be filled, given the answers so far?"""
    return all(condition.holds(answers) for condition in _conditions(instrument, part))


def is_required(instrument: Instrument, item: Item, answers: Answers) -> bool:
    """Must this item be answered before the form counts as complete? Never what BPS itself fills in."""
    if item.filled_by_bps or not is_shown(instrument, item, answers):
        return False
    return item.required or (item.required_when is not None and item.required_when.holds(answers))


def why_skipped(instrument: Instrument, part: Item | Block, answers: Answers) -> str:
    """Why an item or block is not to be filled, in Indonesian for the screen; empty when it is to be filled."""

    def name(item_id: str) -> str:
        return instrument.item(item_id).reference

    failing = [condition for condition in _conditions(instrument, part) if not condition.holds(answers)]
    if not failing:
        return ""
    everything = All(*failing)
    contrary = everything.contrary(name, answers)
    return f"Dilewati karena {contrary}." if contrary else f"Diisi bila {everything.wanted(name, answers)}."
