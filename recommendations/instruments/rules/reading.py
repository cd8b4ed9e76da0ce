"""A filled form for the rules to read. Every answer has a known type, also when something else was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from office.dates import iso_date
from recommendations.instruments.conditions import Answers
from recommendations.instruments.structure import Instrument
from recommendations.instruments.values import MOST_ROWS, BadAnswer, clean


class ScheduleRow(NamedTuple):
    """One row of the schedule. `start` or `end` is None when that date is missing."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The answers of one form. An unreadable answer reads as no answer, because completeness reports it as invalid."""

    instrument: Instrument
    answers: Answers
    _rows: dict[str, list[dict[str, str]]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _unreadable: set[str] = field(default_factory=set, init=False, repr=False, compare=False)
    _read: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def code(self, item_id: str) -> int | None:
        """Return the chosen code; None when there is none."""
        code: int | None = self._value(item_id)
        return code

    def number(self, item_id: str) -> int | None:
        """Return the whole number or the year; None when there is none."""
        number: int | None = self._value(item_id)
        return number

    def codes(self, item_id: str) -> list[int]:
        """Return the chosen codes of an item that allows several; [] when there are none."""
        return self._value(item_id) or []

    def text(self, item_id: str) -> str:
        return self._value(item_id) or ""

    def day(self, item_id: str) -> date | None:
        return iso_date(self._value(item_id))

    def period(self, item_id: str) -> ScheduleRow:
        ends = self._value(item_id) or {}
        return ScheduleRow(iso_date(ends.get("awal")), iso_date(ends.get("akhir")))

    def rows(self, item_id: str) -> list[dict[str, str]]:
        """Return the filled rows of a table, every column as text. Leave out entries that are not rows.

        Does not use `clean`, which examines every character: a table may have hundreds of rows.
        """
        if item_id not in self._rows:
            self._rows[item_id] = self._rows_of(item_id)
        return self._rows[item_id]

    def _rows_of(self, item_id: str) -> list[dict[str, str]]:
        raw = self.answers.get(item_id)
        columns = [column.id for column in self.instrument.item(item_id).columns]
        rows = [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list | tuple) else []
        told = [{column: _words(row.get(column)) for column in columns} for row in rows[:MOST_ROWS]]
        return [row for row in told if any(row.values())]

    def is_empty(self, item_id: str) -> bool:
        """Return whether the item has no answer. False for an unreadable answer."""
        return self._value(item_id) in (None, []) and item_id not in self._unreadable

    def name(self, item_id: str) -> str:
        """Return the name that officers use for the item: "R.5.10"."""
        return self.instrument.item(item_id).reference

    def _value(self, item_id: str) -> Any:
        if item_id not in self._read:
            try:
                self._read[item_id] = clean(self.instrument.item(item_id), self.answers.get(item_id))
            except BadAnswer:
                self._read[item_id] = None
                self._unreadable.add(item_id)
        return self._read[item_id]


def _words(cell: Any) -> str:
    if isinstance(cell, int | float):
        return str(cell)
    return " ".join(cell.split()) if isinstance(cell, str) else ""
