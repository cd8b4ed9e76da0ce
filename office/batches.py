"""Work on many rows so that one row that cannot be done does not hold up the others.

A fault of the whole desk (the database or the disk is away, the clock went back) ends the work at once: it is no fault
of a row.
"""

import logging
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError, transaction

from office.clock import ClockWentBack

log = logging.getLogger(__name__)

_Row = TypeVar("_Row")
_Result = TypeVar("_Result")
OF_THE_DESK = (OperationalError, InterfaceError, OSError, ClockWentBack)


class RowsFailed(CommandError):
    """Raised after every row was tried, so that a command that left rows undone counts as failed."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} pekerjaan gagal; sebabnya ada di log. Yang lain sudah dikerjakan.")


def each_alone(rows: Iterable[_Row], act: Callable[[_Row], _Result]) -> list[_Result]:
    """Do `act`, which is a transaction of its own, for every row, and return the results.

    Raise RowsFailed at the end when a row failed.
    """
    done, failed = [], 0
    for row in rows:
        try:
            done.append(act(row))
        except OF_THE_DESK:
            raise
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with a row, the others are done
            _log(row, problem)
            failed += 1
    must_be_none(failed)
    return done


def must_be_none(failed: int) -> None:
    """Raise RowsFailed when rows failed."""
    if failed:
        raise RowsFailed(failed)


def all_at_once(rows: Sequence[_Row], act: Callable[[Sequence[_Row]], object]) -> list[tuple[_Row, Exception]]:
    """Do `act` for all rows together, and return each row that cannot be done with its problem.

    When it fails, its changes are undone, and each half of the rows is done alone. Call it in a transaction.
    """
    try:
        with transaction.atomic():
            act(rows)
    except OF_THE_DESK:
        raise
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with a row, the others are done
        if len(rows) == 1:
            _log(rows[0], problem)
            return [(rows[0], problem)]
        middle = len(rows) // 2
        return all_at_once(rows[:middle], act) + all_at_once(rows[middle:], act)
    return []


def _log(row: object, problem: Exception) -> None:
    """Log where it failed, without the text of the problem and of the row, which may be about a person."""
    name = f"{getattr(row, '__name__', type(row).__name__)} {getattr(row, 'pk', '')}".strip()
    where = "".join(traceback.format_tb(problem.__traceback__))
    log.error("%s could not be done: %s. %s", name, type(problem).__name__, where)
