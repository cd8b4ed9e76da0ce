"""Whose turn it is at a counter: the queue in the database put in the order of `guestbook/order.py`."""

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
"""The place of a number that is just being drawn: behind all others of its moment."""
NO_COUNTER = 0


def line_at(counter: Counter, day: date, now: datetime) -> list[Visit]:
    """Who waits for `counter` on the local `day`, in the order in which it will call them."""
    waiting = Visit.objects.on(day).for_counter(counter).waiting().select_related("service", "reserved_for")
    policy = CallPolicy.objects.current()
    return list(line_of(waiting, calls_until_now(counter, day, policy), policy, now))


def take_turn(counter: Counter, now: datetime) -> Visit | None:
    """Lock and return who is next at `counter`; None when nobody waits. Inside the caller's transaction.

    One statement picks and locks, and skips whom another counter is calling at this moment. Only when both classes
    wait does the policy decide: then calls are made one after the other, because each is the history of the next.
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
    """The first whom no other counter is calling at this moment, locked."""
    return queue.select_for_update(skip_locked=True, of=("self",)).first()


def calls_until_now(counter: Counter, day: date, policy: CallPolicy) -> list[bool]:
    """Of the last calls for the services of `counter`, oldest first: whether each had priority."""
    if policy.ratio is None:
        return []
    calls = VisitEvent.objects.filter(move=Move.CALL, visit__day=day, visit__service__in=counter.services.all())
    newest = calls.order_by("-at", "-pk").values_list("visit__priority", flat=True)[: policy.ratio]
    return [bool(priority) for priority in reversed(newest)]


@dataclass(frozen=True)
class Hall:
    """Who waits, the open counters in the order in which they will be free, and what they were calling until now."""

    waiting: list[InLine]
    callers: list[Caller]
    policy: CallPolicy
    history: list[tuple[int, bool]]

    def turns(self, now: datetime) -> Iterator[Turn]:
        """The calls to come, as `take_turn` will make them."""
        return queue_order(self.waiting, self.callers, self.policy, self.history, now)


def hall_on(day: date, newcomer: Visit | None = None) -> Hall:
    """The hall of the local `day`, with a `newcomer` whose number is just being drawn."""
    callers = callers_now()
    are_open = {caller.pk for caller in callers}
    visits = Visit.objects.on(day).waiting().order_by().only("priority", "taken_at", "service_id", "reserved_for_id")
    waiting = [_in_line(visit, are_open) for visit in visits if visit != newcomer]
    waiting += [_in_line(newcomer, are_open)] if newcomer else []
    is_mixed = len({bool(one.priority) for one in waiting}) > 1
    return Hall(waiting, callers, CallPolicy.objects.current(), _calls_on(day) if is_mixed else [])


def coming_on(day: date, now: datetime, count: int) -> list[Visit]:
    """The next `count` who will be called on the local `day`, in that order, if nobody else comes."""
    turns = islice(hall_on(day).turns(now), count)
    coming = [turn.one.pk for turn in turns]
    visits = Visit.objects.in_bulk(coming)
    return [visits[pk] for pk in coming if pk in visits]


def people_ahead(visit: Visit, now: datetime) -> int:
    """How many will be called before `visit` by the counters that may call it, if nobody else comes."""
    hall = hall_on(visit.day, newcomer=visit)
    return _ahead_of(hall.waiting[-1], hall, None, now)


def everyone_ahead(day: date, now: datetime) -> dict[int, int]:
    """The same for all who wait on the local `day`, by their pk: the calls to come are thought through once."""
    hall = hall_on(day)
    turns = list(hall.turns(now))
    return {me.pk: _ahead_of(me, hall, turns, now) for me in hall.waiting}


def _ahead_of(me: InLine, hall: Hall, turns: list[Turn] | None, now: datetime) -> int:
    mine = {caller.pk for caller in hall.callers if caller.may_call(me)}
    if not mine:  # as if one counter would open for it
        hall = replace(hall, callers=[*hall.callers, Caller(NO_COUNTER, frozenset({me.service}))])
        mine, turns = {NO_COUNTER}, None
    before = takewhile(lambda turn: turn.one != me, hall.turns(now) if turns is None else turns)
    return sum(turn.caller in mine for turn in before)


def callers_now() -> list[Caller]:
    """The open counters: first those that are free, then those that have been busy longest."""
    busy_since = dict(Visit.objects.active().order_by().values_list("counter", "called_at"))
    services: dict[int, set[int]] = {}
    served = Counter.objects.filter(is_open=True).order_by("number").values_list("pk", "services")
    for counter, service in served:
        services.setdefault(counter, set()).add(service)
    free = [counter for counter in services if counter not in busy_since]
    busy = sorted(services.keys() & busy_since, key=lambda counter: (busy_since[counter], counter))
    return [Caller(counter, frozenset(services[counter])) for counter in (*free, *busy)]


def _in_line(visit: Visit, are_open: set[int]) -> InLine:
    """Nobody is kept for a counter that has closed."""
    reserved_for = visit.reserved_for_id if visit.reserved_for_id in are_open else None
    return InLine(visit.pk or LAST, visit.priority, visit.taken_at, visit.service_id, reserved_for)


def _calls_on(day: date) -> list[tuple[int, bool]]:
    """The calls of the local `day`, oldest first: for which service, and whether with priority."""
    calls = VisitEvent.objects.filter(move=Move.CALL, visit__day=day).order_by("at", "pk")
    return [(service, bool(priority)) for service, priority in calls.values_list("visit__service", "visit__priority")]
