"""The traffic light of a submission: how many of the promised working days are used, as icon, word and colour.

Pure: the caller brings the days off. The words are those of the alerts (alerts.py), which count the same way.
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
"""From so many working days left the light is amber."""


@dataclass(frozen=True)
class DueMeter:
    """What templates/components/due.html draws; `used` None is words without a ruler.

    `say` is the light in one word, `left` what remains, `sub` the whole reckoning.
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
    """The number of today's working day, also past the last one."""

    @property
    def is_running(self) -> bool:
        """Is a promise still to be kept?"""
        return self.used is not None


@dataclass(frozen=True)
class Clock:
    """The dates of one round that was recorded complete."""

    started_on: date
    due_on: date
    told_on: date | None = None
    is_provisional: bool = False
    days: int = 0
    """How many working days are promised, where it is not what the office promises everybody."""


NOT_STARTED = DueMeter("plain", "pause", "Belum mulai", "perekaman berjalan")
PAUSED = DueMeter("plain", "pause", "Berhenti", "menunggu pemohon")
CANCELLED = DueMeter("plain", "plain", "Dibatalkan")
UNTOLD = "Dikembalikan, belum sampai pada pemohon"


class Dated(Protocol):
    """A round, as far as its dates go; all are None before it is recorded complete."""

    starts_on: date | None
    due_on: date | None
    promise_days: int | None
    told_at: datetime | None
    due_is_provisional: bool


def clock_of(recorded: Dated | None) -> Clock | None:
    """The dates of a recorded round; None when there is no such round yet."""
    return dates_of(recorded) if recorded else None


def dates_of(recorded: Dated) -> Clock:
    """The dates of a round that was recorded complete. Raises ValueError for one that was not."""
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
    """The meter of a submission by its status and its last recorded round."""
    if status == Status.CANCELLED:
        return CANCELLED
    if clock is None:
        return NOT_STARTED
    if status == Status.RETURNED:
        return PAUSED if clock.told_on else _untold(running(clock, today=today, total=total, days_off=days_off))
    if clock.told_on:
        return told(clock, clock.told_on, days_off=days_off)
    return running(clock, today=today, total=total, days_off=days_off)


def _untold(due: DueMeter) -> DueMeter:
    """Returned, but nobody has told the applicant: the promise runs on."""
    return replace(due, sub=f"{UNTOLD}. {due.sub[:1].upper()}{due.sub[1:]}")


def running(clock: Clock, *, today: date, total: int, days_off: Collection[date]) -> DueMeter:
    """The meter of a promise that must still be kept."""
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
    """Kind, icon and word. On the weekend after a due Friday no working day is lost yet, but the date is."""
    if is_past:
        return "late", "late", f"Terlambat {-left} hari kerja" if left else "Lewat jatuh tempo"
    if left == 0:
        return "warn", "warn", "Hari ini"
    if left <= NEAR:
        return "warn", "warn", "Segera"
    return ("ok", "clock", "Setengah waktu") if left <= total // 2 else ("ok", "ok", "Aman")


def told(clock: Clock, told_on: date, *, days_off: Collection[date]) -> DueMeter:
    """The meter of a promise whose result the applicant was told on that day."""
    used = working_days_between(clock.started_on, told_on, days_off)
    sub = f"{f'hari kerja ke-{used}' if used > 0 else 'hari yang sama'}, {short_date(told_on)}"
    if told_on > clock.due_on:
        return DueMeter("plain", "late", "Terlambat dipenuhi", sub)
    return DueMeter("plain", "ok", "Terpenuhi", sub)
