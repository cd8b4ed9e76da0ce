"""Choose the next visitor for a counter: read the queue from the database and order it by `guestbook/order.py`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice, takewhile

from django.db.models import QuerySet
from django.utils import timezone

from guestbook.models import CallPolicy, Visit, VisitEvent
from guestbook.order import Caller, InLine, Turn, line_of, next_of, queue_order
from guestbook.workflow import Move
from office.models import Counter

LAST = 2**63
"""The pk of a visit that is not saved yet: it sorts behind all others of the same moment."""
NO_COUNTER = 0


def line_at(counter: Counter, day: date, now: datetime) -> list[Visit]:
    """Return the visits that wait for `counter` on the local `day`, in the order in which it will call them."""
    waiting = Visit.objects.on(day).for_counter(counter).waiting().select_related("service", "reserved_for")
    policy = CallPolicy.objects.current()
    return list(line_of(waiting, calls_until_now(counter, day, policy), policy, now))


def take_turn(counter: Counter, now: datetime) -> Visit | None:
    """Lock and return the next visit for `counter`, or None when the queue is empty. Needs the caller's transaction.

    One statement picks and locks the visit, and skips a visit that another counter is calling at this moment. The
    policy decides only when visitors of both classes wait. Then calls are made one after the other, because each call
    is part of the history of the next.
    """
    day = timezone.localdate(now)
    waiting = Visit.objects.on(day).for_counter(counter).waiting()
    classes = {False: waiting.filter(priority=""), True: waiting.exclude(priority="")}
    chosen = None
    if all(one_class.exists() for one_class in classes.values()):
        policy = CallPolicy.objects.locked()
        heads = [head for head in (one_class.first() for one_class in classes.values()) if head]
        head = next_of(heads, calls_until_now(counter, day, policy), policy, now)
        chosen = _first_free(classes[bool(head and head.priority)])
    return chosen or _first_free(waiting)


def _first_free(queue: QuerySet[Visit]) -> Visit | None:
    """Lock and return the first visit that no other counter is calling at this moment, or None."""
    # no_key: a row that names the visit, e.g. a correction, is being written and does not hide the visit meanwhile
    return queue.select_for_update(skip_locked=True, of=("self",), no_key=True).first()


def calls_until_now(counter: Counter, day: date, policy: CallPolicy) -> list[bool]:
    """Return, for the last calls for the services of `counter`, oldest first, whether each had priority."""
    if policy.ratio is None:
        return []
    calls = VisitEvent.objects.filter(move=Move.CALL, visit__day=day, visit__service__in=counter.services.all())
    newest = calls.order_by("-at", "-pk").values_list("visit__priority", flat=True)[: policy.ratio]
    return [bool(priority) for priority in reversed(newest)]


@dataclass(frozen=True)
class Hall:
    """The waiting visitors, the open counters in the order in which they become free, and the calls until now."""

    waiting: list[InLine]
    callers: list[Caller]
    policy: CallPolicy
    history: list[tuple[int, bool]]

    def turns(self, now: datetime) -> Iterator[Turn]:
        """Yield the calls to come, in the order in which `take_turn` will make them."""
        return queue_order(self.waiting, self.callers, self.policy, self.history, now)


def hall_on(day: date, newcomer: Visit | None = None) -> Hall:
    """Return the `Hall` of the local `day`, with a `newcomer` whose number is just being drawn."""
    callers = callers_now()
    are_open = {caller.pk for caller in callers}
    visits = Visit.objects.on(day).waiting().order_by().only("priority", "taken_at", "service_id", "reserved_for_id")
    waiting = [_in_line(visit, are_open) for visit in visits if visit != newcomer]
    waiting += [_in_line(newcomer, are_open)] if newcomer else []
    is_mixed = len({bool(one.priority) for one in waiting}) > 1
    return Hall(waiting, callers, CallPolicy.objects.current(), _calls_on(day) if is_mixed else [])


def coming_on(day: date, now: datetime, count: int) -> list[Visit]:
    """Return the next `count` visits that will be called on the local `day`, in order, if no other visitor comes."""
    turns = islice(hall_on(day).turns(now), count)
    coming = [turn.one.pk for turn in turns]
    visits = Visit.objects.in_bulk(coming)
    return [visits[pk] for pk in coming if pk in visits]


def people_ahead(visit: Visit, now: datetime) -> int:
    """Count the visits that the counters of `visit` will call before it, if no other visitor comes."""
    hall = hall_on(visit.day, newcomer=visit)
    return _ahead_of(hall.waiting[-1], hall, None, now)


def everyone_ahead(day: date, now: datetime) -> dict[int, int]:
    """Return `people_ahead` of every waiting visit of the local `day`, by pk. The calls to come are computed once."""
    hall = hall_on(day)
    turns = list(hall.turns(now))
    return {me.pk: _ahead_of(me, hall, turns, now) for me in hall.waiting}


def _ahead_of(me: InLine, hall: Hall, turns: list[Turn] | None, now: datetime) -> int:
    mine = {caller.pk for caller in hall.callers if caller.may_call(me)}
    if not mine:  # no counter may call it: count as if one opened for its service
        hall = replace(hall, callers=[*hall.callers, Caller(NO_COUNTER, frozenset({me.service}))])
        mine, turns = {NO_COUNTER}, None
    before = takewhile(lambda turn: turn.one != me, hall.turns(now) if turns is None else turns)
    return sum(turn.caller in mine for turn in before)


def callers_now() -> list[Caller]:
    """Return the open counters: first the free ones, then the busy ones, longest busy first."""
    busy_since = dict(Visit.objects.active().order_by().values_list("counter", "called_at"))
    services: dict[int, set[int]] = {}
    served = Counter.objects.filter(is_open=True).order_by("number").values_list("pk", "services")
    for counter, service in served:
        services.setdefault(counter, set()).add(service)
    free = [counter for counter in services if counter not in busy_since]
    busy = sorted(services.keys() & busy_since, key=lambda counter: (busy_since[counter], counter))
    return [Caller(counter, frozenset(services[counter])) for counter in (*free, *busy)]


def _in_line(visit: Visit, are_open: set[int]) -> InLine:
    """Return the visit as a place in the queue. A reservation for a closed counter is ignored."""
    reserved_for = visit.reserved_for_id if visit.reserved_for_id in are_open else None
    return InLine(visit.pk or LAST, visit.priority, visit.taken_at, visit.service_id, reserved_for)


def _calls_on(day: date) -> list[tuple[int, bool]]:
    """Return the calls of the local `day`, oldest first: the service, and whether the call had priority."""
    calls = VisitEvent.objects.filter(move=Move.CALL, visit__day=day).order_by("at", "pk")
    return [(service, bool(priority)) for service, priority in calls.values_list("visit__service", "visit__priority")]
