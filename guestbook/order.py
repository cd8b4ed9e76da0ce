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
