"""The life of a thing as a table: in which statuses a move begins, and the status after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from office.refusals import Refused

M = TypeVar("M")
S = TypeVar("S")


@dataclass(frozen=True)
class Step(Generic[S]):
    """Where one move begins, and where it leads."""

    before: frozenset[S]
    after: S


@dataclass(frozen=True)
class StepTable(Generic[M, S]):
    """All steps of a life, by move. `refusal` makes the exception for a move that does not begin in a status."""

    steps: Mapping[M, Step[S]]
    refusal: Callable[[M, S], Refused]

    def status_after(self, move: M, status: S) -> S:
        """The status that `move` leads to. Raises the table's refusal."""
        step = self.steps[move]
        if status not in step.before:
            raise self.refusal(move, status)
        return step.after

    def moves_from(self, status: S) -> list[M]:
        """The moves that begin in `status`, in the order of the table."""
        return [move for move, step in self.steps.items() if status in step.before]
