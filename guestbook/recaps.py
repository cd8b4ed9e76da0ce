"""How many came in a period, and how long they waited and were served. Arithmetic, and one function that reads.

A time counts only when the whole visit happened on its own local day: who is closed days later would spoil the figures.
What cannot be counted is not dropped in silence: it is counted too (`Times.omitted`).
"""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from django.db.models import Min, Q
from django.utils import timezone

from guestbook.models import Visit
from guestbook.periods import Period
from guestbook.skd import CLASSES
from guestbook.workflow import Move, Status

MEDIAN, NINETIETH = Fraction(1, 2), Fraction(9, 10)
NOBODY = "belum ada"


@dataclass(frozen=True)
class Came:
    """One visit, as far as a recap wants to know it; times in seconds, None: not to be counted."""

    day: date
    status: str
    service: str
    counter: str
    officer: str
    officer_id: int | None
    wait: int | None
    serving: int | None
    off: int | None
    was_served: bool
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Times:
    """Durations in seconds, and how many visits had none that may be counted."""

    seconds: tuple[int, ...]
    omitted: int

    @property
    def median(self) -> float | None:
        """In minutes."""
        return in_minutes(percentile(self.seconds, MEDIAN))

    @property
    def ninetieth(self) -> float | None:
        """In minutes: nine of ten took no longer."""
        return in_minutes(percentile(self.seconds, NINETIETH))


@dataclass(frozen=True)
class Group:
    """The figures of some visits: of a day, a service, a counter, an officer, or of the whole period."""

    name: str
    visits: int
    served: int
    missed: int
    left: int
    waits: Times
    services: Times
    errors: Times
    """First call minus what was told with the number: above zero, people waited longer."""

    @property
    def error_sizes(self) -> Times:
        """The same without sign."""
        return Times(tuple(abs(seconds) for seconds in self.errors.seconds), self.errors.omitted)

    @property
    def open(self) -> int:
        """Neither served nor missed nor left: still under way, or forgotten."""
        return self.visits - self.served - self.missed - self.left


@dataclass(frozen=True)
class Recap:
    """Everything that page, XLSX and PDF show of a period."""

    period: Period
    whole: Group
    months: list[Group]
    days: list[tuple[date, Group]]
    services: list[Group]
    counters: list[Group]
    officers: list[Group]
    classes: dict[str, Tally]


def percentile(values: Iterable[int], share: Fraction) -> Fraction | None:
    """The value under which `share` of `values` lie, by linear interpolation between the two nearest ranks.

    The rank is 1 + (n - 1) x share: method 7 of Hyndman and Fan, PERCENTILE.INC of spreadsheets, so that an office can
    recompute it; at one half it is the common median. Exact; None without values.
    """
    ranked = sorted(values)
    if not ranked:
        return None
    below, between = divmod((len(ranked) - 1) * share, 1)
    low, high = ranked[int(below)], ranked[min(int(below) + 1, len(ranked) - 1)]
    return low + (high - low) * between


def in_minutes(seconds: Fraction | None) -> float | None:
    """Minutes with one decimal, half away from zero."""
    return None if seconds is None else float((seconds / 6 + Fraction(1, 2)).__floor__()) / 10


def seconds_between(start: datetime | None, end: datetime | None) -> int | None:
    """How long from `start` to `end`; None unless both are known and in this order."""
    return None if start is None or end is None or end < start else int((end - start).total_seconds())


@cache
def hours_of(day: date) -> tuple[datetime, datetime]:
    """When the local `day` begins, and when the next one does."""
    midnight = datetime.combine(day, time.min)
    return timezone.make_aware(midnight), timezone.make_aware(midnight + timedelta(days=1))


def is_of_one_day(day: date, *moments: datetime | None) -> bool:
    """Whether all the known `moments` lie on the local `day`."""
    begins, ends = hours_of(day)
    return all(begins <= moment < ends for moment in moments if moment)


def recap_of(period: Period, visits: Iterable[Came]) -> Recap:
    """Sort the visits of `period` into the groups of a recap."""
    came = list(visits)
    days = _parted(came, lambda visit: visit.day)
    months = _parted(came, lambda visit: visit.day.replace(day=1))
    return Recap(
        period=period,
        whole=group("Jumlah", came),
        months=[group(Period(first.year, first.month, 1).words, months[first]) for first in sorted(months)],
        days=[(day, group(day.isoformat(), days[day])) for day in sorted(days)],
        services=_groups(came, lambda visit: (visit.service,)),
        counters=_groups(came, lambda visit: (visit.counter,)),
        officers=_groups(came, lambda visit: (visit.officer, visit.officer_id)),
        classes={name: Tally(visit.classes[place] for visit in came) for place, name in enumerate(CLASSES)},
    )


def group(name: str, came: list[Came]) -> Group:
    """Count and time some visits."""
    states = Tally(visit.status for visit in came)
    waits = [visit.wait for visit in came]
    services = [visit.serving for visit in came if visit.was_served]
    return Group(
        name=name,
        visits=len(came),
        served=states[Status.SERVED],
        missed=states[Status.NO_SHOW],
        left=states[Status.LEFT],
        waits=_times(waits),
        services=_times(services),
        errors=_times([visit.off for visit in came]),
    )


def _times(found: list[int | None]) -> Times:
    return Times(tuple(seconds for seconds in found if seconds is not None), found.count(None))


def _parted(came: list[Came], key: Callable[[Came], Any]) -> dict[Any, list[Came]]:
    parts: dict[Any, list[Came]] = {}
    for visit in came:
        parts.setdefault(key(visit), []).append(visit)
    return parts


def _groups(came: list[Came], key: Callable[[Came], tuple]) -> list[Group]:
    """The most visited first; nobody's at the end. The first of `key` is the name."""
    groups = [group(found[0], visits) for found, visits in _parted(came, key).items()]
    return sorted(groups, key=lambda one: (one.name == NOBODY, -one.visits, one.name))


def read_recap(period: Period) -> Recap:
    """The recap of `period`, in one query and one pass whatever the number of visits."""
    return recap_of(period, _came(period))


FACTS = ("day", "status", "is_late_entry", "taken_at", "serving_at", "served_at", "estimate_off")
NAMES = ("service__name", "counter__number", "officer__name", "officer_id")


def _came(period: Period) -> Iterator[Came]:
    first_call = Min("events__at", filter=Q(events__move=Move.CALL))
    visits = Visit.objects.filter(day__range=(period.first, period.last)).order_by().annotate(first_call=first_call)
    wanted = (*FACTS, "first_call", *NAMES, *(f"visitor__{name}" for name in CLASSES))
    for row in visits.values_list(*wanted).iterator():
        yield _visit(*row)


def _visit(
    day, status, is_late, taken, serving, served, off, called, service, counter, officer, officer_id, *classes
) -> Came:
    """One row; a late entry, one closed at night, one that touches another local day has no times."""
    is_timed = not is_late and status != Status.UNCLOSED
    counts = is_timed and is_of_one_day(day, taken, called, serving, served)
    return Came(
        day=day,
        status=status,
        service=service,
        counter=f"Loket {counter}" if counter else NOBODY,
        officer=officer or NOBODY,
        officer_id=officer_id,
        wait=seconds_between(taken, called) if counts else None,
        serving=seconds_between(serving, served) if counts else None,
        off=off * 60 if counts and off is not None else None,
        was_served=serving is not None or status == Status.SERVED,
        classes=classes,
    )
