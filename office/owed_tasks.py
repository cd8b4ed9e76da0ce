"""Start the tasks for rows that owe work: the oldest first, and no second task while one may be under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import Task
from django.db.models import Q, QuerySet

from office.nudges import start_task

ASKED_FOR = timedelta(minutes=5)
"""A task for the same row is not started again before this time has passed."""
AT_A_TIME = 500
"""Rows per statement, because SQLite limits the values in one statement."""


@dataclass(frozen=True, eq=False)
class Owed:
    """One kind of owed work: its task, the rows that owe it, and the field that says since when.

    The rows have a field `asked_at`.
    """

    task: Task
    rows: QuerySet[Any]
    since: str


def ask_for(kinds: Sequence[Owed], *, now: datetime, not_asked_since: datetime | None = None) -> list[int]:
    """Start the task of every owed row, and return how many of each kind. Stop when the broker takes none.

    Rows asked for since `not_asked_since`, or in the last minutes, are left out: their task is under way. A row that
    was asked for while the clock was set forward is not left out.
    """
    fresh = Q(asked_at=None) | Q(asked_at__lt=not_asked_since or now - ASKED_FOR) | Q(asked_at__gt=now)
    found = [(at, kind, pk) for kind in kinds for at, pk in kind.rows.filter(fresh).values_list(kind.since, "pk")]
    taken: dict[Owed, list[int]] = {kind: [] for kind in kinds}
    for _, kind, pk in sorted(found, key=lambda one: one[0]):
        if not start_task(kind.task, pk):
            break
        taken[kind].append(pk)
    for kind, ids in taken.items():
        for first in range(0, len(ids), AT_A_TIME):
            kind.rows.model._base_manager.filter(pk__in=ids[first : first + AT_A_TIME]).update(asked_at=now)  # noqa: SLF001 - Django's documented way
    return [len(ids) for ids in taken.values()]
