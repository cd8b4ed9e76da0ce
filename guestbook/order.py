"""Who goes first when people with priority (UU 25/2009 Ps 29) and others wait together. Pure: the caller brings all.

Within a class it is first come, first served. Between the classes:
1. after `ratio` calls with priority in a row, one without;
2. one without priority who has waited `cap` minutes goes first, unless one with priority has come earlier still
   and waited as long: so nobody of either class waits for ever;
3. else priority.
An empty `ratio` or `cap` switches that rule off.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol


class Waiting(Protocol):
    """Somebody who waits: `priority` is empty without one."""

    pk: int
    priority: str
    taken_at: datetime


class Policy(Protocol):
    """The office's two numbers."""

    ratio: int | None
    cap: int | None


@dataclass(frozen=True)
class Numbers:
    """A policy that is tried out."""

    ratio: int | None
    cap: int | None


@dataclass(frozen=True)
class InLine:
    """Somebody who waits for a service; `reserved_for` is the one open counter that may call them, None: any."""

    pk: int
    priority: str
    taken_at: datetime
    service: int
    reserved_for: int | None = None


@dataclass(frozen=True)
class Caller:
    """An open counter and the services it serves."""

    pk: int
    services: frozenset[int]

    def may_call(self, one: InLine) -> bool:
        return one.reserved_for == self.pk or (one.reserved_for is None and one.service in self.services)


@dataclass(frozen=True)
class Turn:
    """Who is called by which counter."""

    one: InLine
    caller: int


def next_of(waiting: Iterable[Waiting], history: Sequence[bool], policy: Policy, now: datetime) -> Waiting | None:
    """Who is called next; `history` says of the calls until now, oldest first, whether each had priority."""
    return next(line_of(waiting, history, policy, now), None)


def line_of(waiting: Iterable[Waiting], history: Sequence[bool], policy: Policy, now: datetime) -> Iterator[Waiting]:
    """All who wait in the order of calling, if all were called now and nobody else came."""
    in_order = sorted(waiting, key=lambda one: (one.taken_at, one.pk))
    hurried = deque(one for one in in_order if one.priority)
    others = deque(one for one in in_order if not one.priority)
    run = run_of_priority(history)
    while hurried and others:
        is_hurried = priority_goes_first(hurried[0].taken_at, others[0].taken_at, run, policy, now)
        run = run + 1 if is_hurried else 0
        yield (hurried if is_hurried else others).popleft()
    yield from hurried or others


def run_of_priority(history: Sequence[bool]) -> int:
    """How many calls with priority stand at the end of `history` in a row."""
    return next((count for count, had in enumerate(reversed(history)) if not had), len(history))


def priority_goes_first(hurried: datetime, other: datetime, run: int, policy: Policy, now: datetime) -> bool:
    """Whether the first with priority (came at `hurried`) goes before the first without (came at `other`)."""
    if policy.cap is not None and now - other >= timedelta(minutes=policy.cap):
        return hurried <= other
    return policy.ratio is None or run < policy.ratio


def queue_order(
    waiting: Iterable[InLine],
    callers: Sequence[Caller],
    policy: Policy,
    history: Iterable[tuple[int, bool]],
    now: datetime,
) -> Iterator[Turn]:
    """Every call to come, in order, if the counters call in rotation, nobody else comes and no time passes.

    `callers` stand in the order in which they will be free; `history` says of each call until now, oldest first, for
    which service it was and whether it had priority. A counter heeds the calls for its own services only. Whom no
    counter may call is left out.
    """
    lines, calls, rotation = _lines(waiting), list(history), deque(callers)
    in_vain = 0
    while in_vain < len(rotation):
        caller = rotation.popleft()
        rotation.append(caller)
        heads = [line[0] for line in lines if line and caller.may_call(line[0])]
        called = next_of(heads, _heeded(caller, calls, policy), policy, now)
        in_vain = 0 if called else in_vain + 1
        if called:
            next(line for line in lines if line and line[0] is called).popleft()
            calls.append((called.service, bool(called.priority)))
            yield Turn(called, caller.pk)


def _lines(waiting: Iterable[InLine]) -> list[deque[InLine]]:
    """Those between whom no counter distinguishes stand in one line, so that only its head is looked at."""
    lines: dict[tuple, deque[InLine]] = {}
    for one in sorted(waiting, key=lambda one: (one.taken_at, one.pk)):
        lines.setdefault((one.service, one.reserved_for, bool(one.priority)), deque()).append(one)
    return list(lines.values())


def _heeded(caller: Caller, calls: Sequence[tuple[int, bool]], policy: Policy) -> list[bool]:
    """Of the newest calls for the services of `caller`, oldest first: whether each had priority."""
    own = (had for service, had in reversed(calls) if service in caller.services)
    return [*islice(own, policy.ratio or 0)][::-1]
