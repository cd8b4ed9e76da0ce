"""A table of status moves: for each move, the statuses in which it is possible, and the status after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from office.refusals import Refused

M = TypeVar("M")
S = TypeVar("S")


@dataclass(frozen=True)
class Step(Generic[S]):
    """The statuses in which one move is possible, and the status after it."""

    before: frozenset[S]
    after: S


@dataclass(frozen=True)
class StepTable(Generic[M, S]):
    """The steps by move. `refusal` makes the exception for a move that is not possible in a status."""

    steps: Mapping[M, Step[S]]
    refusal: Callable[[M, S], Refused]

    def status_after(self, move: M, status: S) -> S:
        """Return the status after `move`. Raise the table's refusal when `move` is not possible in `status`."""
        step = self.steps[move]
        if status not in step.before:
            raise self.refusal(move, status)
        return step.after

    def moves_from(self, status: S) -> list[M]:
        """Return the moves that are possible in `status`, in the order of the table."""
        return [move for move, step in self.steps.items() if status in step.before]
