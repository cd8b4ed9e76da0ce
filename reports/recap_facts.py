"""The facts that a recap of submissions counts; reports/recaps.py reads them and says what each means."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class RecapKind(Enum):
    RECEIVED = "received"
    RECORDED = "recorded"
    RETURNED = "returned"
    VERIFIED = "verified"
    ISSUED = "issued"
    SENT = "sent"
    CANCELLED = "cancelled"
    KEPT = "kept"
    BROKEN = "broken"
    OVERDUE = "overdue"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Whose:
    """The submission of a fact, with the details that a recap needs."""

    submission: int
    form: str
    agency: str
    agency_id: int
    officer: str
    officer_id: int


@dataclass(frozen=True)
class RecapFact:
    """One event on the local `day`. A round that was told has `days` and `promised`; an issued letter has `rounds`."""

    kind: RecapKind
    whose: Whose
    day: date
    days: int | None = None
    rounds: int | None = None
    promised: int | None = None
    is_within: bool = False
    is_provisional: bool = False
    was_moved: bool = False
