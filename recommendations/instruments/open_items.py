"""Which items of a returned form may be changed: those with a remark, those unlocked, and what hangs on them. Pure."""

from collections.abc import Collection, Iterable

from recommendations.instruments.conditions import All, Answers, AnyOf, Condition
from recommendations.instruments.structure import Instrument, Item


def open_items(
    instrument: Instrument, answers: Answers, remarked: Collection[str], unlocked: Collection[str]
) -> frozenset[str]:
    """The ids of the items that may be changed in a round that was opened by a return.

    An examiner writes the remark on a line of several items at its first one, so that one opens its whole line.
    Details open with the answer that asks for them ("sebutkan", Blok VI with R.5.5), unless a locked answer rules
    them out. Unknown ids are left out.
    """
    opened = {item.id for line in _lines(instrument, remarked) for item in line} | set(remarked) | set(unlocked)
    return with_dependents(instrument, answers, filter(instrument.has_item, opened))


def _lines(instrument: Instrument, remarked: Collection[str]) -> Iterable[tuple[Item, ...]]:
    """The lines whose first item has a remark."""
    rincians = (rincian for block in instrument.blocks for rincian in block.rincians)
    return (rincian.items for rincian in rincians if rincian.items[0].id in remarked)


def with_dependents(instrument: Instrument, answers: Answers, items: Iterable[str]) -> frozenset[str]:
    """`items` and every item that is shown or required because of one of them, and so on."""
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
    """Can it become true by changing the opened items alone?"""
    if isinstance(condition, All):
        return all(_may_hold(part, answers, opened) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(_may_hold(part, answers, opened) for part in condition.parts)
    return condition.item_id in opened or condition.holds(answers)
