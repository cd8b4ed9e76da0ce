"""What an official form is made of: instrument, block, rincian, item, column, choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Protocol, TypeVar

from recommendations.instruments.conditions import Condition

Thing = TypeVar("Thing")


class AtItem(Protocol):
    """What is told at an item: a finding, a remark. `item` is the id."""

    @property
    def item(self) -> str: ...


Told = TypeVar("Told", bound=AtItem)


class UnknownItem(KeyError):
    """Raised when an item, block or instrument does not exist. No page of ours asks for one, so it is no Refused."""

    def __str__(self) -> str:
        return str(self.args[0])


class Kind(StrEnum):
    TEXT = "text"
    TEXTAREA = "textarea"
    CHOICE = "choice"
    CHOICES = "choices"  # "lingkari semua": codes 1, 2, 4, 8 ...; the paper box holds their sum
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
    """One column of a table; `level` and `allow` speak of regions: which level, and which words besides a name."""

    id: str
    label: str
    kind: Kind
    required: bool = False
    level: str = ""
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One box to fill. `number` is the rincian's: "5.6", "IV", "sampul" for the cover, "" when the paper has none."""

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
        """How officers call it: "R.5.6", "Blok IV", and on the cover its label."""
        if self.on_cover:
            return self.label
        return f"R.{self.number}" if self.number[0].isdigit() else f"Blok {self.number}"

    def code_under(self, lead: Item) -> int | None:
        """The code of `lead` that asks for this item; None when none does."""
        return self.shown_when.code_of(lead.id) if self.shown_when else None

    @property
    def on_cover(self) -> bool:
        """The cover prints no rincian numbers; each of its items is a line of its own."""
        return self.number in ("", "sampul")


@dataclass(frozen=True, slots=True)
class Rincian:
    """One line of the paper form: the consecutive items of a block that share a number."""

    number: str
    items: tuple[Item, ...]

    @property
    def id(self) -> str:
        """Fit for an HTML id or a URL, unique within the instrument: "r5-6", on the cover the item's id."""
        first = self.items[0]
        return first.id if first.on_cover else "r" + self.number.replace(".", "-").lower()

    @property
    def reference(self) -> str:
        return self.items[0].reference

    @property
    def label(self) -> str:
        """The first item's label; of several items its head: "Jadwal kegiatan" of "Jadwal kegiatan: Persiapan"."""
        first = self.items[0].label
        return first.partition(": ")[0] if len(self.items) > 1 else first

    def part_label(self, item: Item) -> str:
        """The label of one item under this rincian's label, without repeating it."""
        return item.label.removeprefix(f"{self.label}: ")

    def lead_of(self, item: Item) -> Item | None:
        """The item of this line whose answer asks for this one: of "sebutkan" the question it specifies."""
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
        """Items in form order, gathered by number; an item of the cover stands alone."""
        lines = groupby(self.items, key=lambda item: (item.number, item.id if item.on_cover else ""))
        return tuple(Rincian(number, tuple(items)) for (number, _), items in lines)


@dataclass(frozen=True, slots=True)
class AttachmentKind:
    """What a file of a submission may be; `known_by` are words of file names by which it is guessed."""

    id: str
    label: str
    required: bool
    known_by: tuple[str, ...] = ()
    is_described: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instrument:
    """One official form. Compared by identity: there is one of each, in INSTRUMENTS."""

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
        """All items in form order."""
        return tuple(self._items.values())

    def has_item(self, item_id: str) -> bool:
        return item_id in self._items

    def item(self, item_id: str) -> Item:
        """The item of that id. Raises UnknownItem."""
        return _found(self._items, item_id, "Isian")

    def block_of(self, item_id: str) -> Block:
        """The block that holds the item. Raises UnknownItem."""
        return _found(self._block_of, item_id, "Isian")

    def rincian_of(self, item_id: str) -> Rincian:
        """The line of the form that holds the item. Raises UnknownItem."""
        return _found(self._rincian_of, item_id, "Isian")

    def block(self, block_id: str) -> Block:
        """The block of that id. Raises UnknownItem."""
        return _found({block.id: block for block in self.blocks}, block_id, "Blok")

    def block_before(self, block_id: str) -> Block | None:
        """The block before, None at the first. Raises UnknownItem."""
        place = self.blocks.index(self.block(block_id))
        return self.blocks[place - 1] if place else None

    def block_after(self, block_id: str) -> Block | None:
        """The block after, None at the last. Raises UnknownItem."""
        place = self.blocks.index(self.block(block_id))
        return self.blocks[place + 1] if place + 1 < len(self.blocks) else None


def in_form_order(instrument: Instrument, told: Iterable[Told]) -> list[Told]:
    """What is told at items, as the form asks; strangers last."""
    order = {item.id: place for place, item in enumerate(instrument.items)}
    return sorted(told, key=lambda one: order.get(one.item, len(order)))


def _found(lookup: dict[str, Thing], wanted: str, what: str) -> Thing:
    if wanted not in lookup:
        raise UnknownItem(f"{what} tidak dikenal: {wanted}")
    return lookup[wanted]
