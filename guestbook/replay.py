"""Replay a past day under another order of calling, with the same arrivals, counters and service times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush

from django.db.models import Min, Q

from guestbook.models import Visit
from guestbook.order import Policy, next_of
from guestbook.workflow import Move, Status
from office.models import Counter


@dataclass(frozen=True)
class Arrival:
    """A visitor who was served, and how long the counter was busy with them."""

    pk: int
    priority: str
    taken_at: datetime
    service: int
    busy: timedelta
    waited: timedelta


@dataclass(frozen=True, order=True)
class Desk:
    """A counter that was open, from its first call of the day on."""

    free_at: datetime
    number: int
    services: frozenset[int]

    def until(self, free_at: datetime) -> "Desk":
        return Desk(free_at, self.number, self.services)


def arrivals_on(day: date) -> list[Arrival]:
    """Return the visitors served on the local `day`, in order of arrival. A wait ends at the first call."""
    served = Visit.objects.on(day).filter(
        status=Status.SERVED, is_late_entry=False, called_at__isnull=False, served_at__isnull=False
    )
    first_call = Min("events__at", filter=Q(events__move=Move.CALL))
    rows = served.annotate(first_call=first_call).exclude(first_call=None).order_by("taken_at", "pk")
    wanted = ("pk", "priority", "taken_at", "service", "called_at", "served_at", "first_call")
    return [
        Arrival(pk, priority, taken_at, service, busy=served_at - called_at, waited=first_call - taken_at)
        for pk, priority, taken_at, service, called_at, served_at, first_call in rows.values_list(*wanted)
    ]


def desks_on(day: date) -> list[Desk]:
    """Return the counters that called on the local `day`, with the services they have now and served then."""
    calls = Visit.objects.on(day).exclude(called_at=None).exclude(counter=None).order_by("called_at")
    counters = Counter.objects.prefetch_related("services").in_bulk()
    desks: dict[int, Desk] = {}
    for counter, service, called_at in calls.values_list("counter", "service", "called_at"):
        if called_at is None:  # the query has left these out
            continue
        now = frozenset(each.pk for each in counters[counter].services.all())
        known = desks.get(counter) or Desk(called_at, counters[counter].number, now)
        desks[counter] = Desk(known.free_at, known.number, known.services | {service})
    return sorted(desks.values())


def replay(arrivals: Iterable[Arrival], desks: Iterable[Desk], policy: Policy) -> dict[int, timedelta]:
    """Return how long each visitor would have waited under `policy`, by the visit's pk."""
    coming, open_desks = list(arrivals), list(desks)
    calls: list[Arrival] = []
    waits: dict[int, timedelta] = {}
    heapify(open_desks)
    while open_desks:
        desk = heappop(open_desks)
        mine = [one for one in coming if one.service in desk.services]
        here = [one for one in mine if one.taken_at <= desk.free_at]
        history = [bool(one.priority) for one in calls if one.service in desk.services]
        if called := next_of(here, history, policy, desk.free_at):
            waits[called.pk] = desk.free_at - called.taken_at
            coming.remove(called)
            calls.append(called)
            heappush(open_desks, desk.until(desk.free_at + called.busy))
        elif mine:
            heappush(open_desks, desk.until(min(one.taken_at for one in mine)))
    return waits
