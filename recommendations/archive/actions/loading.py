"""Loads older recommendations into the archive, so that activities of past years are found too."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

from django.db import transaction

from recommendations.archive.activity_index import keep_archived, keep_words
from recommendations.archive.archive_file import ArchiveRow
from recommendations.likeness import telling_words
from recommendations.models import ArchivedActivity

Some = TypeVar("Some")

A_BATCH = 500
CHANGEABLE = ["title", "agency_name", "year", "identity_number", "variables", "source"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many activities were added, how many were changed, and how many stayed the same."""

    added: int
    changed: int
    same: int


def import_archive(rows: Iterable[ArchiveRow], *, source: str) -> Loaded:
    """Save every row once, all rows or none. Return the counts.

    An activity is recognised by its identity number, or by title, agency and year. Values of the list replace the known
    ones. Loading the same list again changes no activity.
    """
    once = _once(rows)
    # in their own transaction: otherwise an officer who types the same word waits until the whole list is loaded
    keep_words(word for row in once for word in telling_words(row.title))
    return _import(once, source)


@transaction.atomic
def _import(rows: Sequence[ArchiveRow], source: str) -> Loaded:
    known = _Known()
    pks = [known.pk_of(row) for row in rows]
    added = [ArchivedActivity(**asdict(row), source=source) for row, pk in zip(rows, pks, strict=True) if pk is None]
    told = {pk: row for row, pk in zip(rows, pks, strict=True) if pk}
    for some in _batches(added):
        keep_archived(ArchivedActivity.objects.bulk_create(some))
    changed = sum(_change(told, some, source) for some in _batches(list(told)))
    return Loaded(len(added), changed, len(rows) - len(added) - changed)


def _change(told: dict[int, ArchiveRow], pks: Sequence[int], source: str) -> int:
    """Replace the values that differ in the list. An empty value changes nothing. Return the number of activities."""
    changed = []
    for activity in ArchivedActivity.objects.filter(pk__in=pks):
        facts = {name: value for name, value in asdict(told[activity.pk]).items() if value}
        if any(getattr(activity, name) != value for name, value in facts.items()):
            for name, value in (facts | {"source": source}).items():
                setattr(activity, name, value)
            changed.append(activity)
    ArchivedActivity.objects.bulk_update(changed, CHANGEABLE)
    keep_archived(changed)
    return len(changed)


def _facts(row: ArchiveRow) -> tuple[str, str, int]:
    return row.title, row.agency_name, row.year


def _once(rows: Iterable[ArchiveRow]) -> list[ArchiveRow]:
    """Return each activity once, as its last row has it.

    A row without identity number is dropped when another row of the same title, agency and year has a number.
    """
    last = {row.identity_number or _facts(row): row for row in rows}
    identified = {_facts(row) for row in last.values() if row.identity_number}
    return [row for row in last.values() if row.identity_number or _facts(row) not in identified]


class _Known:
    """The ids of the activities in the archive, by identity number and by title, agency and year."""

    def __init__(self) -> None:
        self.by_identity: dict[str, int] = {}
        self.numbered: dict[tuple[str, str, int], int] = {}
        self.unnumbered: dict[tuple[str, str, int], int] = {}
        kept = ArchivedActivity.objects.order_by()
        for pk, identity, title, agency, year in kept.values_list(
            "pk", "identity_number", "title", "agency_name", "year"
        ).iterator():
            (self.numbered if identity else self.unnumbered)[title, agency, year] = pk
            self.by_identity |= {identity: pk} if identity else {}

    def pk_of(self, row: ArchiveRow) -> int | None:
        """Return the id of the activity in `row`; None when it is new. Another identity number is another activity."""
        if row.identity_number:
            return self.by_identity.get(row.identity_number) or self.unnumbered.get(_facts(row))
        return self.unnumbered.get(_facts(row)) or self.numbered.get(_facts(row))


def _batches(rows: Sequence[Some]) -> Iterator[Sequence[Some]]:
    yield from (rows[start : start + A_BATCH] for start in range(0, len(rows), A_BATCH))
