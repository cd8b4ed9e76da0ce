"""The order of calling when visitors with priority (UU 25/2009 Ps 29) and others wait together. Pure.

Within a class, visitors are called in order of arrival. Between the classes:
1. after `ratio` calls with priority in a row, one visitor without priority is called;
2. a visitor without priority who has waited `cap` minutes goes first, unless the first visitor with priority came
   earlier: so no visitor of either class waits for ever;
3. otherwise a visitor with priority goes first.
An empty `ratio` or `cap` switches that rule off.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol, TypeVar


class Waiting(Protocol):
    """A waiting visitor. `priority` is empty for a visitor without priority."""

    @property
    def pk(self) -> int: ...
    @property
    def priority(self) -> str: ...
    @property
    def taken_at(self) -> datetime: ...


Person = TypeVar("Person", bound=Waiting)


class Policy(Protocol):
    """The office's two numbers; None switches a rule off."""

    @property
    def ratio(self) -> int | None: ...
    @property
    def cap(self) -> int | None: ...


@dataclass(frozen=True)
class Numbers:
    """A policy to try out, without a row in the database."""

    ratio: int | None
    cap: int | None


@dataclass(frozen=True)
class InLine:
    """A visitor who waits for a service. Only the open counter `reserved_for` may call them; None: any counter."""

    pk: int
    priority: str
    taken_at: datetime
    service: int
    reserved_for: int | None = None


@dataclass(frozen=True)
class Caller:
    """An open counter and the services it offers."""

    pk: int
    services: frozenset[int]

    def may_call(self, one: InLine) -> bool:
        return one.reserved_for == self.pk or (one.reserved_for is None and one.service in self.services)


@dataclass(frozen=True)
class Turn:
    """One call to come: the visitor, and the counter that calls."""

    one: InLine
    caller: int


def next_of(waiting: Iterable[Person], history: Sequence[bool], policy: Policy, now: datetime) -> Person | None:
    """Return the visitor to call next, or None when the queue is empty.

    `history` says for each earlier call, oldest first, whether it had priority.
    """
    return next(line_of(waiting, history, policy, now), None)


def line_of(waiting: Iterable[Person], history: Sequence[bool], policy: Policy, now: datetime) -> Iterator[Person]:
    """Yield all waiting visitors in the order of calling, if all were called now and no other visitor came."""
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
    """Count the calls with priority in a row at the end of `history`."""
    return next((count for count, had in enumerate(reversed(history)) if not had), len(history))


def priority_goes_first(hurried: datetime, other: datetime, run: int, policy: Policy, now: datetime) -> bool:
    """Return whether the first visitor with priority goes before the first without.

    `hurried` and `other` are the times when the two came; `run` counts the latest calls with priority in a row.
    """
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
    """Yield every call to come, in order, if the counters call in rotation, no other visitor comes and no time passes.

    `callers` are in the order in which they become free. `history` says for each earlier call, oldest first, which
    service it was for and whether it had priority. A counter considers only the calls for its own services. A visitor
    whom no counter may call is left out.
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
    """Group visitors whom every counter treats alike, in order of arrival, so that only each first one is compared."""
    lines: dict[tuple[int, int | None, bool], deque[InLine]] = {}
    for one in sorted(waiting, key=lambda one: (one.taken_at, one.pk)):
        lines.setdefault((one.service, one.reserved_for, bool(one.priority)), deque()).append(one)
    return list(lines.values())


def _heeded(caller: Caller, calls: Sequence[tuple[int, bool]], policy: Policy) -> list[bool]:
    """Return, for the newest calls for the services of `caller`, oldest first, whether each had priority."""
    own = (had for service, had in reversed(calls) if service in caller.services)
    return [*islice(own, policy.ratio or 0)][::-1]
