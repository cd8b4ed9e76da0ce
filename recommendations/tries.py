"""The tries of the worker to draw a paper or the pages of a file.

A try is counted before it begins, so that one that kills the worker counts too.
"""

from typing import Any

from celery import Task
from django.db.models import F
from django.utils import timezone

from office.disk import disk_words, is_full
from office.nudges import nudge
from office.refusals import Refused
from recommendations.models.drawing_tries import DrawnOnce, DrawnOnceQuerySet

_Rows = DrawnOnceQuerySet[Any]


def begin_try(rows: _Rows) -> bool:
    """Count a try of the row. Return False when it is drawn, or may not be tried now."""
    now = timezone.now()
    return bool(rows.to_try(now).update(tries=F("tries") + 1, tried_at=now, problem=""))


def take_back_try(rows: _Rows) -> None:
    """Do not count the try that has begun, because the row is not at fault."""
    rows.filter(tries__gt=0).update(tries=F("tries") - 1)


def note_problem(rows: _Rows, problem: Exception) -> None:
    """Write down why the try failed, unless another worker has drawn the row meanwhile."""
    rows.undrawn().update(problem=problem_words(problem))


def problem_words(problem: Exception) -> str:
    """Return for the screen why a paper or a page was not drawn."""
    if isinstance(problem, Refused):
        return str(problem)[:300]
    if isinstance(problem, OSError) or is_full(problem):
        return f"{disk_words(problem)}."
    if isinstance(problem, MemoryError):
        return "Memori komputer tidak cukup."
    return f"Programnya gagal ({type(problem).__name__}: {problem}"[:298] + ")."


def try_again(row: DrawnOnce, task: Task) -> bool:
    """Begin again with the tries of a stuck row, and nudge the worker. Return False when the row is not stuck."""
    rows: _Rows = DrawnOnceQuerySet(type(row))
    was_stuck = rows.stuck().filter(pk=row.pk).update(tries=0, tried_at=None, asked_at=None, problem="")
    if was_stuck:
        nudge(task, row.pk)
    return bool(was_stuck)
