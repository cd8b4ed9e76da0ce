"""Count the visits of a period, and how long visitors waited and were served. Pure, except `read_...`.

A time counts only when the whole visit happened on its own local day: a visit closed days later would distort the
figures. Visits without a usable time are counted too (`Times.omitted`).
"""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from typing import TypeVar

from django.db.models import F, Min, Q
from django.utils import timezone

from guestbook.models import Visit, counts_in_times
from guestbook.periods import Period
from guestbook.skd import CLASSES
from guestbook.workflow import Move, Status
from office.formats import tenths

MEDIAN, NINETIETH = Fraction(1, 2), Fraction(9, 10)
NOBODY = "belum ada"
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Came:
    """The facts of one visit that a recap needs. Times are in seconds; None means that the time does not count."""

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
    """Durations in seconds, and the number of visits without a duration that counts."""

    seconds: tuple[int, ...]
    omitted: int

    @property
    def median(self) -> float | None:
        """The median in minutes, or None."""
        return in_minutes(percentile(self.seconds, MEDIAN))

    @property
    def ninetieth(self) -> float | None:
        """The 90th percentile in minutes, or None: nine of ten took no longer."""
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
    """The wait until the first call minus the estimate on the ticket; above zero, visitors waited longer."""

    @property
    def error_sizes(self) -> Times:
        """The errors without their sign."""
        return Times(tuple(abs(seconds) for seconds in self.errors.seconds), self.errors.omitted)

    @property
    def open(self) -> int:
        """The visits not served, missed or left: still open, or closed by the clock."""
        return self.visits - self.served - self.missed - self.left


@dataclass(frozen=True)
class Recap:
    """All figures of a period that the page, the XLSX and the PDF show."""

    period: Period
    whole: Group
    months: list[Group]
    days: list[tuple[date, Group]]
    services: list[Group]
    counters: list[Group]
    officers: list[Group]
    classes: dict[str, Tally[str]]


def percentile(values: Iterable[int], share: Fraction) -> Fraction | None:
    """Return the value below which `share` of `values` lie, by linear interpolation between the two nearest ranks.

    The rank is 1 + (n - 1) x share: method 7 of Hyndman and Fan, PERCENTILE.INC of spreadsheets, so that an office can
    recompute it. A share of one half gives the usual median. The result is exact; None without values.
    """
    ranked = sorted(values)
    if not ranked:
        return None
    below, between = divmod((len(ranked) - 1) * share, 1)
    low, high = ranked[int(below)], ranked[min(int(below) + 1, len(ranked) - 1)]
    return low + (high - low) * between


def in_minutes(seconds: Fraction | None) -> float | None:
    """Return minutes with one decimal, rounded half up; None for None."""
    return None if seconds is None else tenths(seconds / 60)


def seconds_between(start: datetime | None, end: datetime | None) -> int | None:
    """Return the seconds from `start` to `end`; None unless both are known and in this order."""
    return None if start is None or end is None or end < start else int((end - start).total_seconds())


@cache
def hours_of(day: date) -> tuple[datetime, datetime]:
    """Return the moment when the local `day` begins, and the moment when the next day begins."""
    midnight = datetime.combine(day, time.min)
    return timezone.make_aware(midnight), timezone.make_aware(midnight + timedelta(days=1))


def is_of_one_day(day: date, *moments: datetime | None) -> bool:
    """Return whether all `moments` that are not None lie on the local `day`."""
    begins, ends = hours_of(day)
    return all(begins <= moment < ends for moment in moments if moment)


def recap_of(period: Period, visits: Iterable[Came]) -> Recap:
    """Return the recap of `period`: its visits counted by month, day, service, counter, officer and class."""
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
    """Return the figures of some visits."""
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


def _parted(came: list[Came], key: Callable[[Came], _Key]) -> dict[_Key, list[Came]]:
    parts: dict[_Key, list[Came]] = {}
    for visit in came:
        parts.setdefault(key(visit), []).append(visit)
    return parts


def _groups(came: list[Came], key: Callable[[Came], tuple[str] | tuple[str, int | None]]) -> list[Group]:
    """Return the groups, largest first; visits without a counter or an officer last. `key` begins with the name."""
    groups = [group(found[0], visits) for found, visits in _parted(came, key).items()]
    return sorted(groups, key=lambda one: (one.name == NOBODY, -one.visits, one.name))


def read_recap(period: Period) -> Recap:
    """Return the recap of `period`, with one query and one pass for any number of visits."""
    return recap_of(period, _came(period))


def read_median_wait(period: Period) -> float | None:
    """Return the median wait in minutes that `read_recap` has for the whole of `period`, None without a wait.

    Two queries, which bring two visits at most: everybody may open the page that shows it.
    """
    of_one_day = Q()
    for moment in ("taken_at", "first_call", "serving_at", "served_at"):
        of_one_day &= Q(**{moment: None}) | Q(**{f"{moment}__date": F("day")})
    waits = (
        Visit.objects.filter(day__range=(period.first, period.last), is_late_entry=False)
        .exclude(status=Status.UNCLOSED)
        .annotate(first_call=Min("events__at", filter=Q(events__move=Move.CALL)))
        .filter(of_one_day, first_call__gte=F("taken_at"))
        .annotate(wait=F("first_call") - F("taken_at"))
        .order_by("wait")
        .values_list("wait", flat=True)
    )
    count = waits.count()
    middle = waits[(count - 1) // 2 : count // 2 + 1] if count else []
    return in_minutes(percentile([int(wait.total_seconds()) for wait in middle], MEDIAN))


FACTS = ("day", "status", "is_late_entry", "taken_at", "serving_at", "served_at", "estimate_off")
NAMES = ("service__name", "counter__number", "officer__name", "officer_id")


def _came(period: Period) -> Iterator[Came]:
    first_call = Min("events__at", filter=Q(events__move=Move.CALL))
    visits = Visit.objects.filter(day__range=(period.first, period.last)).order_by().annotate(first_call=first_call)
    wanted = (*FACTS, "first_call", *NAMES, *(f"visitor__{name}" for name in CLASSES))
    for row in visits.values_list(*wanted).iterator():
        yield _visit(*row)


def _visit(
    day: date,
    status: str,
    is_late: bool,
    taken: datetime,
    serving: datetime | None,
    served: datetime | None,
    off: int | None,
    called: datetime | None,
    service: str,
    counter: int | None,
    officer: str | None,
    officer_id: int | None,
    *classes: str,
) -> Came:
    """Return one row. A visit entered late, closed by the clock or touching another local day has no times."""
    counts = counts_in_times(status, is_late) and is_of_one_day(day, taken, called, serving, served)
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
