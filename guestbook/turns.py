"""Whose turn it is at a counter: the queue in the database put in the order of `guestbook/order.py`."""

from collections import deque
from datetime import date, datetime

from django.utils import timezone

from guestbook.models import CallPolicy, Visit, VisitEvent
from guestbook.order import line_of, next_of
from guestbook.workflow import Move
from office.models import Counter


def line_at(counter: Counter, day: date, now: datetime) -> list[Visit]:
    """Who waits for `counter` on the local `day`, in the order in which it will call them."""
    waiting = Visit.objects.on(day).for_counter(counter).waiting().select_related("service", "reserved_for")
    policy = CallPolicy.objects.current()
    return list(line_of(waiting, calls_until_now(counter, day, policy), policy, now))


def coming_on(day: date, now: datetime, count: int) -> list[Visit]:
    """The next `count` who are called on the local `day`, if from now the open counters call one after the other."""
    lines = deque(iter(line_at(counter, day, now)) for counter in Counter.objects.filter(is_open=True))
    found: list[Visit] = []
    while lines and len(found) < count:
        line = lines.popleft()
        visit = next((visit for visit in line if visit not in found), None)
        if visit:
            found.append(visit)
            lines.append(line)
    return found


def take_turn(counter: Counter, now: datetime) -> Visit | None:
    """Lock and return who is next at `counter`; None when nobody waits. Inside the caller's transaction.

    One statement picks and locks, and skips whom another counter is calling at this moment. Only when both classes
    wait does the policy decide: then calls are made one after the other, because each is the history of the next.
    """
    day = timezone.localdate(now)
    queue = Visit.objects.on(day).for_counter(counter).waiting()
    classes = {"": queue.filter(priority=""), "priority": queue.exclude(priority="")}
    if all(waiting.exists() for waiting in classes.values()):
        policy = CallPolicy.objects.locked()
        heads = [head for head in (waiting.first() for waiting in classes.values()) if head]
        chosen = next_of(heads, calls_until_now(counter, day, policy), policy, now)
        queue = classes["priority" if chosen and chosen.priority else ""]
    return _first_free(queue) or _first_free(Visit.objects.on(day).for_counter(counter).waiting())


def _first_free(queue) -> Visit | None:
    return queue.select_for_update(skip_locked=True, of=("self",)).first()


def calls_until_now(counter: Counter, day: date, policy: CallPolicy) -> list[bool]:
    """Of the last calls for the services of `counter`, oldest first: whether each had priority."""
    if policy.ratio is None:
        return []
    calls = VisitEvent.objects.filter(move=Move.CALL, visit__day=day, visit__service__in=counter.services.all())
    newest = calls.order_by("-at", "-pk").values_list("visit__priority", flat=True)[: policy.ratio]
    return [bool(priority) for priority in reversed(newest)]
