"""The meter of a submission: how many of the promised working days are used, as icon, word and colour.

Pure: the caller passes the days off. alerts.py uses the same limits (half the time, 5 working days, the day itself).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from django.utils import timezone

from office.calendar import working_days_between
from office.formats import long_date, short_date
from recommendations.workflow import Status

NEAR = 5
"""With this many working days left, or fewer, the meter shows a warning."""


@dataclass(frozen=True)
class DueMeter:
    """The values that templates/components/due.html shows. `used` is None when no promise runs: no bar is drawn then.

    `say` is the state in a few words, `left` the remaining working days in words, `sub` the details.
    """

    kind: str
    icon: str
    say: str
    sub: str = ""
    left: str = ""
    is_provisional: bool = False
    used: int | None = None
    total: int = 30
    day: int = 0
    """The number of the current working day, counted on after the due date; `used` ends at `total`."""

    @property
    def is_running(self) -> bool:
        """Return whether a promise runs."""
        return self.used is not None


@dataclass(frozen=True)
class Clock:
    """The dates of one round that was recorded complete."""

    started_on: date
    due_on: date
    told_on: date | None = None
    is_provisional: bool = False
    days: int = 0
    """How many working days were promised for this round; 0: as many as the office promises now."""


NOT_STARTED = DueMeter("plain", "pause", "Belum mulai", "perekaman berjalan")
PAUSED = DueMeter("plain", "pause", "Berhenti", "menunggu pemohon")
CANCELLED = DueMeter("plain", "plain", "Dibatalkan")
REVOKED = DueMeter("plain", "plain", "Surat dicabut")
UNTOLD = "Dikembalikan, belum sampai pada pemohon"


class Dated(Protocol):
    """The dates of a round. The first three are None until the round is recorded complete."""

    starts_on: date | None
    due_on: date | None
    promise_days: int | None
    told_at: datetime | None
    due_is_provisional: bool


def clock_of(recorded: Dated | None) -> Clock | None:
    """Return the dates of a recorded round, or None when `recorded` is None."""
    return dates_of(recorded) if recorded else None


def dates_of(recorded: Dated) -> Clock:
    """Return the dates of a round that was recorded complete. Raise ValueError when it was not."""
    if recorded.starts_on is None or recorded.due_on is None or recorded.promise_days is None:
        raise ValueError("This round has not been recorded complete.")
    return Clock(
        started_on=recorded.starts_on,
        due_on=recorded.due_on,
        told_on=timezone.localdate(recorded.told_at) if recorded.told_at else None,
        is_provisional=recorded.due_is_provisional,
        days=recorded.promise_days,
    )


def meter(status: str, clock: Clock | None, *, today: date, total: int, days_off: Collection[date]) -> DueMeter:
    """Return the meter of a submission, from its status and the dates of its last recorded round."""
    if status == Status.CANCELLED:
        return CANCELLED
    if status == Status.REVOKED and not (clock and clock.told_on):
        return REVOKED
    if clock is None:
        return NOT_STARTED
    if status == Status.RETURNED:
        return PAUSED if clock.told_on else _untold(running(clock, today=today, total=total, days_off=days_off))
    if clock.told_on:
        return told(clock, clock.told_on, days_off=days_off)
    return running(clock, today=today, total=total, days_off=days_off)


def _untold(due: DueMeter) -> DueMeter:
    """Return `due` with the words that the form was returned but the applicant does not know it yet."""
    return replace(due, sub=f"{UNTOLD}. {due.sub[:1].upper()}{due.sub[1:]}")


def running(clock: Clock, *, today: date, total: int, days_off: Collection[date]) -> DueMeter:
    """Return the meter of a running promise."""
    total = clock.days or total
    left = working_days_between(today, clock.due_on, days_off)
    used = max(0, working_days_between(clock.started_on, today, days_off))
    kind, icon, say = _light(left, total, is_past=today > clock.due_on)
    day = f"hari kerja ke-{used} dari {total}" if used else "dihitung mulai hari kerja berikutnya"
    sub = f"{day}, jatuh tempo {long_date(clock.due_on)}"
    if clock.is_provisional and kind == "ok":
        kind, icon = "info", "maybe"
    if clock.is_provisional:
        sub += " (sementara)"
    remains = f"sisa {left} hari kerja" if left > 0 else ""
    return DueMeter(kind, icon, say, sub, remains, clock.is_provisional, min(used, total), total, used)


def _light(left: int, total: int, *, is_past: bool) -> tuple[str, str, str]:
    """Return kind, icon and words of the meter.

    On the weekend after a due Friday the due date is over although no working day is late yet: "Lewat jatuh tempo".
    """
    if is_past:
        return "late", "late", f"Terlambat {-left} hari kerja" if left else "Lewat jatuh tempo"
    if left == 0:
        return "warn", "warn", "Hari ini"
    if left <= NEAR:
        return "warn", "warn", "Segera"
    return ("ok", "clock", "Setengah waktu") if left <= total // 2 else ("ok", "ok", "Aman")


def told(clock: Clock, told_on: date, *, days_off: Collection[date]) -> DueMeter:
    """Return the meter of a promise that ended on `told_on`, when the applicant knew the result."""
    used = working_days_between(clock.started_on, told_on, days_off)
    sub = f"{f'hari kerja ke-{used}' if used > 0 else 'hari yang sama'}, {short_date(told_on)}"
    if told_on > clock.due_on:
        return DueMeter("plain", "late", "Terlambat dipenuhi", sub)
    return DueMeter("plain", "ok", "Terpenuhi", sub)
