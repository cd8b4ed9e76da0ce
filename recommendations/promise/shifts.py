"""Preview and apply what a changed calendar moves: many running promises at once, each with a DueChange.

Rounds with the same start, promised days and due date move to the same day. They are grouped and moved together, so
the number of statements does not grow with the rounds of a group. The preview shows the same groups.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Model
from django.utils import timezone

from office.calendar import WorkingDays
from office.models import CalendarChange, CalendarYear, DayOff
from recommendations.models import DueChange, Round, Submission
from recommendations.models.rounds import RoundQuerySet
from recommendations.promise.deadlines import is_provisional

_Group = tuple[date, int, date, bool, int]
"""Start, promised days, due date, whether the due date is provisional, and the number of rounds."""


@dataclass(frozen=True)
class CalendarDraft:
    """A change of the calendar that is not saved yet.

    `entered` are the days off to add or replace, `removed` the dates to delete, `decreed_years` the years to mark as
    decreed.
    """

    entered: tuple[DayOff, ...] = ()
    removed: tuple[date, ...] = ()
    decreed_years: tuple[int, ...] = ()

    def days_off(self) -> dict[date, str]:
        """Return all days off after the change, with their names."""
        there = {day: name for day, name in DayOff.objects.names().items() if day not in self.removed}
        return there | {day_off.day: day_off.name for day_off in self.entered}

    def decreed(self) -> set[int]:
        """Return the decreed years after the change."""
        known = CalendarYear.objects.filter(is_decreed=True).values_list("year", flat=True)
        return {*known, *self.decreed_years}


@dataclass(frozen=True)
class Shift:
    """`count` running promises with the same dates, and their due date under the changed calendar."""

    starts_on: date
    days: int
    old_due_on: date
    new_due_on: date
    was_provisional: bool
    is_provisional: bool
    count: int

    @property
    def is_later(self) -> bool:
        return self.new_due_on > self.old_due_on

    @property
    def moves(self) -> bool:
        """Return whether the due date moves. If not, only the word "sementara" appears or disappears."""
        return self.new_due_on != self.old_due_on


def preview(draft: CalendarDraft) -> list[Shift]:
    """Return what `draft` would change of the running promises, in groups, ordered by start."""
    return shifts(draft.days_off(), draft.decreed())


def preview_mark(found: list[Shift]) -> str:
    """Return a digest of what a preview showed, to check before applying that it is still the same."""
    return hashlib.sha256(repr(found).encode()).hexdigest()


def shifts(days_off: Mapping[date, str] | Collection[date], decreed_years: Collection[int]) -> list[Shift]:
    """Return what these days off and decreed years would change of the running promises, in one query.

    Promises that would not change are left out.
    """
    groups = list(
        Round.objects.promised()
        .order_by("starts_on", "promise_days", "due_on")
        .values_list("starts_on", "promise_days", "due_on", "due_is_provisional")
        .annotate(Count("pk"))
    )
    return list(_changed(groups, days_off, decreed_years))


def _changed(groups: list[_Group], days_off: Collection[date], decreed_years: Collection[int]) -> Iterator[Shift]:
    if not groups:
        return
    longest = max(days for _, days, *_ in groups)
    first, last = groups[0][0], groups[-1][0]
    calendar = WorkingDays(days_off, since=first, until=date(last.year + 1 + longest // 200, 12, 31))
    for starts_on, days, due_on, was_provisional, count in groups:
        new_due_on = calendar.add(starts_on, days)
        provisional = is_provisional(starts_on, new_due_on, decreed_years)
        if (new_due_on, provisional) != (due_on, was_provisional):
            yield Shift(starts_on, days, due_on, new_due_on, was_provisional, provisional, count)


def apply_shifts(found: list[Shift], change: CalendarChange) -> int:
    """Write the DueChanges of `change`, and update the rounds and submissions. Return how many due dates moved.

    Call inside the transaction that changes the calendar.
    """
    moving = [shift for shift in found if shift.moves]
    for shift in found:
        if shift.was_provisional != shift.is_provisional and not shift.moves:
            _rounds_of(shift).update(due_is_provisional=shift.is_provisional)
    return _move(moving, change) if moving else 0


def _rounds_of(shift: Shift) -> RoundQuerySet:
    return Round.objects.promised().filter(starts_on=shift.starts_on, promise_days=shift.days, due_on=shift.old_due_on)


def _move(moving: list[Shift], change: CalendarChange) -> int:
    """Write the DueChanges first; the updates of rounds and submissions read the new dates from them."""
    at = timezone.now()
    with connection.cursor() as cursor:
        _write_ledger(cursor, moving, change, at)
        cursor.execute(
            f"UPDATE {_table(Round)} AS r SET due_on = d.new_due_on FROM {_table(DueChange)} AS d "  # noqa: S608 - our own names
            "WHERE d.round_id = r.id AND d.calendar_change_id = %s",
            [change.pk],
        )
        cursor.execute(
            f"UPDATE {_table(Submission)} AS s SET due_on = r.due_on FROM {_table(DueChange)} AS d "  # noqa: S608 - our own names
            f"JOIN {_table(Round)} AS r ON r.id = d.round_id "
            "WHERE r.submission_id = s.id AND d.calendar_change_id = %s AND s.due_on IS NOT NULL",
            [change.pk],
        )
    for shift in moving:
        if shift.was_provisional != shift.is_provisional:
            Round.objects.promised().filter(
                starts_on=shift.starts_on, promise_days=shift.days, due_on=shift.new_due_on
            ).update(due_is_provisional=shift.is_provisional)
    return DueChange.objects.filter(calendar_change=change).count()


def _write_ledger(cursor: CursorWrapper, moving: list[Shift], change: CalendarChange, at: datetime) -> None:
    """Insert one DueChange for each moved promise in one statement, which joins the shifts (VALUES) with the rounds."""
    rows = _rows(len(moving), "date", "integer", "date", "date")
    values = [part for one in moving for part in (one.starts_on, one.days, one.old_due_on, one.new_due_on)]
    cursor.execute(
        f"WITH shift (starts_on, days, old_due_on, new_due_on) AS (VALUES {rows}) "  # noqa: S608 - our own names
        f"INSERT INTO {_table(DueChange)} "
        "(round_id, old_due_on, new_due_on, is_notice_owed, calendar_change_id, cause, by_id, at) "
        "SELECT r.id, shift.old_due_on, shift.new_due_on, shift.new_due_on > shift.old_due_on, %s, %s, %s, %s "
        f"FROM {_table(Round)} AS r JOIN shift "
        "ON r.starts_on = shift.starts_on AND r.promise_days = shift.days AND r.due_on = shift.old_due_on "
        "WHERE r.told_at IS NULL AND r.stopped_at IS NULL AND r.due_on IS NOT NULL",
        [*map(_stored, values), change.pk, change.cause, change.by_id, _stored(at)],
    )


def _rows(count: int, *kinds: str) -> str:
    """Return the placeholders of `count` rows of VALUES, with a column of each of `kinds`."""
    if connection.vendor == "sqlite":  # SQLite stores dates as text, and CAST AS date would make numbers of them
        row = ", ".join(["%s"] * len(kinds))
    else:
        row = ", ".join(f"CAST(%s AS {kind})" for kind in kinds)
    return ", ".join([f"({row})"] * count)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - Django's documented way to the table's name


def _stored(value: date | int) -> date | int | str | None:
    """Return a date or datetime in the form that this database stores; an int unchanged."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
