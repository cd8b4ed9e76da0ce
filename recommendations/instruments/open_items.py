"""The items of a returned form that may be changed: those with a remark, the unlocked, and their dependents. Pure."""

from collections.abc import Collection, Iterable

from recommendations.instruments.conditions import All, Answers, AnyOf, Condition
from recommendations.instruments.structure import Instrument, Item


def open_items(
    instrument: Instrument, answers: Answers, remarked: Collection[str], unlocked: Collection[str]
) -> frozenset[str]:
    """Return the ids of the items that may be changed in a round that was opened by a return.

    A remark on the first item of a line opens the whole line, because an examiner's remark on a line of several items
    is stored there. An open item also opens the items that depend on it ("sebutkan"; Blok VI depends on R.5.5),
    unless a locked answer keeps them hidden. Unknown ids are ignored.
    """
    opened = {item.id for line in _lines(instrument, remarked) for item in line} | set(remarked) | set(unlocked)
    return with_dependents(instrument, answers, filter(instrument.has_item, opened))


def _lines(instrument: Instrument, remarked: Collection[str]) -> Iterable[tuple[Item, ...]]:
    """Return the items of each line whose first item has a remark."""
    rincians = (rincian for block in instrument.blocks for rincian in block.rincians)
    return (rincian.items for rincian in rincians if rincian.items[0].id in remarked)


def with_dependents(instrument: Instrument, answers: Answers, items: Iterable[str]) -> frozenset[str]:
    """Return `items` and the items that are shown or required because of them, directly or through others."""
    opened = frozenset(items)
    while True:
        grown = opened | {item.id for item in instrument.items if _opens(instrument, item, answers, opened)}
        if grown == opened:
            return opened
        opened = grown


def _opens(instrument: Instrument, item: Item, answers: Answers, opened: Collection[str]) -> bool:
    if item.id in opened:
        return True
    shown = [one for one in (instrument.block_of(item.id).shown_when, item.shown_when) if one]
    asked = [*shown, item.required_when] if item.required_when else shown
    hangs = any(not condition.item_ids().isdisjoint(opened) for condition in asked)
    return hangs and all(_may_hold(condition, answers, opened) for condition in shown)


def _may_hold(condition: Condition, answers: Answers, opened: Collection[str]) -> bool:
    """Return whether the condition holds, or could hold after a change of opened items only."""
    if isinstance(condition, All):
        return all(_may_hold(part, answers, opened) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(_may_hold(part, answers, opened) for part in condition.parts)
    return condition.item_id in opened or condition.holds(answers)
