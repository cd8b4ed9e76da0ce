"""The parts of an official form: instrument, block, rincian, item, column, choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Protocol, TypeVar

from office.refusals import Refused
from recommendations.instruments.conditions import Condition

Thing = TypeVar("Thing")


class AtItem(Protocol):
    """Anything that belongs to one item, such as a finding or a remark. `item` is the id of that item."""

    @property
    def item(self) -> str: ...


_Told = TypeVar("_Told", bound=AtItem)


class UnknownItem(Refused, KeyError):
    """Raised when an item, block or instrument does not exist: no page of ours asks for one."""

    def __str__(self) -> str:
        return str(self.args[0])


class Kind(StrEnum):
    TEXT = "text"
    TEXTAREA = "textarea"
    CHOICE = "choice"
    CHOICES = "choices"  # "lingkari semua": codes 1, 2, 4, 8 ...; the box on paper takes their sum
    YESNO = "yesno"
    INTEGER = "integer"
    YEAR = "year"
    DATE = "date"
    DATERANGE = "daterange"
    PHONE = "phone"
    EMAIL = "email"
    REGION = "region"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Choice:
    code: int
    label: str


YES_NO = (Choice(1, "Ya"), Choice(2, "Tidak"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. For regions, `level` is the level, and `allow` the words accepted besides a name."""

    id: str
    label: str
    kind: Kind
    required: bool = False
    level: str = ""
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One box to fill.

    `number` is the number of its rincian: "5.6", "IV"; "sampul" on the cover, "" when the paper has no such item.
    """

    id: str
    number: str
    label: str
    kind: Kind
    required: bool = False
    required_when: Condition | None = None
    shown_when: Condition | None = None
    choices: tuple[Choice, ...] = ()
    exclusive: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    minimum: int | None = None
    pattern: str = ""
    level: str = ""
    help: str = ""
    on_paper: bool = True
    filled_by_bps: bool = False
    min_rows: int = 0

    @property
    def reference(self) -> str:
        """Return the name that officers use: "R.5.6", "Blok IV"; on the cover, the label."""
        if self.on_cover:
            return self.label
        return f"R.{self.number}" if self.number[0].isdigit() else f"Blok {self.number}"

    def code_under(self, lead: Item) -> int | None:
        """Return the code of `lead` that asks for this item; None when no code does."""
        return self.shown_when.code_of(lead.id) if self.shown_when else None

    @property
    def on_cover(self) -> bool:
        """Return whether the item is on the cover. The cover prints no rincian numbers: each item is its own line."""
        return self.number in ("", "sampul")


@dataclass(frozen=True, slots=True)
class Rincian:
    """One line of the paper form: the consecutive items of a block that share a number."""

    number: str
    items: tuple[Item, ...]

    @property
    def id(self) -> str:
        """Return an id for HTML and URLs, unique within the instrument: "r5-6"; on the cover, the id of the item."""
        first = self.items[0]
        return first.id if first.on_cover else "r" + self.number.replace(".", "-").lower()

    @property
    def reference(self) -> str:
        return self.items[0].reference

    @property
    def label(self) -> str:
        """Return the label of the first item.

        For several items, return the part before the colon: "Jadwal kegiatan" of "Jadwal kegiatan: Persiapan".
        """
        first = self.items[0].label
        return first.partition(": ")[0] if len(self.items) > 1 else first

    def part_label(self, item: Item) -> str:
        """Return the label of one item without the label of this line at its start."""
        return item.label.removeprefix(f"{self.label}: ")

    def lead_of(self, item: Item) -> Item | None:
        """Return the item of this line whose answer asks for `item`: for a "sebutkan", the question that it specifies.

        None when no item of this line does.
        """
        asked = item.shown_when.item_ids() if item.shown_when else frozenset()
        return next((lead for lead in self.items if lead.id in asked), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    id: str
    number: str
    title: str
    short: str
    items: tuple[Item, ...]
    shown_when: Condition | None = None

    @property
    def rincians(self) -> tuple[Rincian, ...]:
        """Return the lines of this block, in form order. Each item of the cover is its own line."""
        lines = groupby(self.items, key=lambda item: (item.number, item.id if item.on_cover else ""))
        return tuple(Rincian(number, tuple(items)) for (number, _), items in lines)


@dataclass(frozen=True, slots=True)
class AttachmentKind:
    """A kind of file that a submission may have. `known_by` holds the words in a file name that suggest this kind."""

    id: str
    label: str
    required: bool
    known_by: tuple[str, ...] = ()
    is_described: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instrument:
    """One official form. Instruments are compared by identity, because there is only one object for each form."""

    code: str
    slug: str
    title: str
    short_title: str
    activity_letter: str
    edition: str
    blocks: tuple[Block, ...]
    attachments: tuple[AttachmentKind, ...]
    title_item: str
    agency_item: str
    variables_item: str
    field_period_item: str
    release_item: str
    """The planned day on which the results are released (rincian 7.6)."""
    identity_on: str = "kuesioner dan publikasi hasil kegiatan"
    """Where the applicant prints the identity of the recommendation."""
    _items: dict[str, Item] = field(init=False, repr=False)
    _block_of: dict[str, Block] = field(init=False, repr=False)
    _rincian_of: dict[str, Rincian] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rincians = [rincian for block in self.blocks for rincian in block.rincians]
        lookups = {
            "_items": {item.id: item for block in self.blocks for item in block.items},
            "_block_of": {item.id: block for block in self.blocks for item in block.items},
            "_rincian_of": {item.id: rincian for rincian in rincians for item in rincian.items},
        }
        for name, lookup in lookups.items():
            object.__setattr__(self, name, lookup)

    @property
    def items(self) -> tuple[Item, ...]:
        """Return all items in form order."""
        return tuple(self._items.values())

    def has_item(self, item_id: str) -> bool:
        return item_id in self._items

    def item(self, item_id: str) -> Item:
        """Return the item with that id. Raise UnknownItem when there is none."""
        return _found(self._items, item_id, "Isian")

    def block_of(self, item_id: str) -> Block:
        """Return the block of the item. Raise UnknownItem when there is no such item."""
        return _found(self._block_of, item_id, "Isian")

    def rincian_of(self, item_id: str) -> Rincian:
        """Return the line of the form with the item. Raise UnknownItem when there is no such item."""
        return _found(self._rincian_of, item_id, "Isian")

    def block(self, block_id: str) -> Block:
        """Return the block with that id. Raise UnknownItem when there is none."""
        return _found({block.id: block for block in self.blocks}, block_id, "Blok")

    def block_before(self, block_id: str) -> Block | None:
        """Return the previous block; None for the first block. Raise UnknownItem when there is no such block."""
        place = self.blocks.index(self.block(block_id))
        return self.blocks[place - 1] if place else None

    def block_after(self, block_id: str) -> Block | None:
        """Return the next block; None for the last block. Raise UnknownItem when there is no such block."""
        place = self.blocks.index(self.block(block_id))
        return self.blocks[place + 1] if place + 1 < len(self.blocks) else None


def in_form_order(instrument: Instrument, told: Iterable[_Told]) -> list[_Told]:
    """Return the findings or remarks in form order. Those at unknown items come last."""
    order = {item.id: place for place, item in enumerate(instrument.items)}
    return sorted(told, key=lambda one: order.get(one.item, len(order)))


def _found(lookup: dict[str, Thing], wanted: str, what: str) -> Thing:
    if wanted not in lookup:
        raise UnknownItem(f"{what} tidak dikenal: {wanted}")
    return lookup[wanted]
