"""Conditions for filling a part of a form, as data: so a screen can also say why a part is skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recommendations.instruments.structure import Block, Instrument, Item

Answers = Mapping[str, Any]
Naming = Callable[[str], str]  # item id -> the name that officers use: "R.5.5"


@dataclass(frozen=True, slots=True)
class Is:
    """Holds when the answer is this code."""

    item_id: str
    code: int

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.item_id) == self.code

    def item_ids(self) -> frozenset[str]:
        return frozenset({self.item_id})

    def code_of(self, item_id: str) -> int | None:
        """Return the code that this condition asks of the item; None when it asks nothing of that item."""
        return self.code if item_id == self.item_id else None

    def wanted(self, name: Naming, answers: Answers) -> str:
        """Return what must still become true: "R.5.5 berkode 2". Empty when the condition holds."""
        return "" if self.holds(answers) else f"{name(self.item_id)} berkode {self.code}"

    def contrary(self, name: Naming, answers: Answers) -> str:
        """Return the answer that was given instead: "R.5.5 berkode 1".

        Empty when the condition holds, or when the item is unanswered or unreadable.
        """
        answer = answers.get(self.item_id)
        if self.holds(answers) or not isinstance(answer, int):
            return ""
        return f"{name(self.item_id)} berkode {answer}"


@dataclass(frozen=True, slots=True)
class Has:
    """Holds when this code is among the chosen codes."""

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
    """Several conditions; the subclasses `All` and `AnyOf` combine them."""

    parts: tuple[Condition, ...]

    def __init__(self, *parts: Condition) -> None:
        object.__setattr__(self, "parts", parts)

    def item_ids(self) -> frozenset[str]:
        return frozenset().union(*(part.item_ids() for part in self.parts))

    def code_of(self, item_id: str) -> int | None:
        return next((part.code_of(item_id) for part in self.parts if item_id in part.item_ids()), None)


class All(_Several):
    """Holds when every condition holds."""

    __slots__ = ()

    def holds(self, answers: Answers) -> bool:
        return all(part.holds(answers) for part in self.parts)

    def wanted(self, name: Naming, answers: Answers) -> str:
        return _joined(" dan ", (part.wanted(name, answers) for part in self.parts))

    def contrary(self, name: Naming, answers: Answers) -> str:
        """Return the first contrary answer, because one is enough. Empty when there is none."""
        return next(filter(None, (part.contrary(name, answers) for part in self.parts)), "")


class AnyOf(_Several):
    """Holds when at least one condition holds."""

    __slots__ = ()

    def holds(self, answers: Answers) -> bool:
        return any(part.holds(answers) for part in self.parts)

    def wanted(self, name: Naming, answers: Answers) -> str:
        return "" if self.holds(answers) else _joined(" atau ", (part.wanted(name, answers) for part in self.parts))

    def contrary(self, name: Naming, answers: Answers) -> str:
        """Return the contrary answers when each condition has one; else empty."""
        told = [part.contrary(name, answers) for part in self.parts]
        return _joined(" dan ", told) if all(told) else ""


Condition = Is | Has | All | AnyOf


def _joined(word: str, phrases: Iterable[str]) -> str:
    return word.join(dict.fromkeys(filter(None, phrases)))


def _conditions(instrument: Instrument, part: Item | Block) -> list[Condition]:
    """Return the conditions for showing a part: first the condition of its block, then its own."""
    block = instrument.block_of(part.id) if instrument.has_item(part.id) else None
    return [one.shown_when for one in (block, part) if one is not None and one.shown_when is not None]


def is_shown(instrument: Instrument, part: Item | Block, answers: Answers) -> bool:
    """Return whether this item (or block) is to be filled, given the answers so far."""
    return all(condition.holds(answers) for condition in _conditions(instrument, part))


def is_required(instrument: Instrument, item: Item, answers: Answers) -> bool:
    """Return whether the form is incomplete without an answer to this item. False if it is skipped or BPS fills it."""
    if item.filled_by_bps or not is_shown(instrument, item, answers):
        return False
    return item.required or (item.required_when is not None and item.required_when.holds(answers))


def why_skipped(instrument: Instrument, part: Item | Block, answers: Answers) -> str:
    """Return why an item or block is not to be filled, in Indonesian for the screen. Empty when it is to be filled."""

    def name(item_id: str) -> str:
        return instrument.item(item_id).reference

    failing = [condition for condition in _conditions(instrument, part) if not condition.holds(answers)]
    if not failing:
        return ""
    everything = All(*failing)
    contrary = everything.contrary(name, answers)
    return f"Dilewati karena {contrary}." if contrary else f"Diisi bila {everything.wanted(name, answers)}."
