"""The office's one clock. Acts that write a time or draw a number take the time from here, not from the computer.

A computer's clock can be wrong: a flat battery sets it back by years, a wrong hand sets it ahead by a day. The newest
time that was right is stored in a row (`ClockMark`) and moves on with every act and every minute of the worker.
A clock that went back is refused at once. A clock that ran ahead is found by the system's own count of the seconds
since it was started, because setting the clock does not change that count.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from office.formats import clock, plain_date, short_date
from office.models import ClockMark
from office.refusals import Refused

log = logging.getLogger(__name__)

TOLERANCE = timedelta(minutes=5)
"""The clock may be this far off, because network time corrects it in small steps."""
MARKED_EVERY = timedelta(minutes=1)
CLOSED_AT_MOST = timedelta(days=62)
"""The longest time that the office's computer may have been off. A clock that jumps further is not believed."""
SETTLES = timedelta(minutes=3).total_seconds()
"""Seconds after the start of the computer in which its clock is not marked: network time has not corrected it yet."""
BOOT, UPTIME = Path("/proc/sys/kernel/random/boot_id"), Path("/proc/uptime")


class ClockWentBack(Refused):
    """Raised when the clock is behind a time that it has shown before."""

    def __init__(self, now: datetime, seen_at: datetime):
        super().__init__(
            f"Jam komputer kantor mundur: kini {_words(now)}, padahal sudah pernah {_words(seen_at)}. "
            "Hubungi admin kantor. Tidak ada yang disimpan."
        )


class ClockRanAhead(Refused):
    """Raised when the clock is further ahead than the time that has passed."""

    def __init__(self, now: datetime, seen_at: datetime):
        super().__init__(
            f"Jam komputer kantor meloncat dari {_words(seen_at)} ke {_words(now)}. Tidak ada yang ditutup "
            "atau diingatkan. Betulkan jamnya. Bila jam itu benar, jalankan: manage.py trust_clock."
        )


class PlanInThePast(Refused):
    """Raised when a plan would end before today."""

    def __init__(self, day: date):
        super().__init__(f"Tanggal {short_date(day)} sudah lewat. Tulis kapan tindak lanjutnya selesai.")


def _words(moment: datetime) -> str:
    return f"{plain_date(moment)} pukul {clock(moment)}"


@dataclass(frozen=True)
class Machine:
    """The start of the computer that is running, and the seconds since then. `boot` is "" where no system says it."""

    boot: str = ""
    uptime: float = 0


def machine() -> Machine:
    """Return the running `Machine`. Files say it, because programs that shift a clock shift its other clocks too."""
    try:
        return Machine(BOOT.read_text().strip(), float(UPTIME.read_text().split()[0]))
    except (OSError, ValueError, IndexError):
        return Machine()


def now() -> datetime:
    """Return the time, and mark it after the commit. Raise ClockWentBack."""
    moment, mark = timezone.now(), _mark()
    if mark and moment < mark.seen_at - TOLERANCE:
        raise ClockWentBack(moment, mark.seen_at)
    if mark is None or moment >= mark.seen_at + MARKED_EVERY:
        _move_mark(mark, moment, machine())
    return moment


def today() -> date:
    """Return the local day. Raise ClockWentBack."""
    return timezone.localdate(now())


def no_plan_for_the_past(ends_on: date) -> None:
    """Raise PlanInThePast when that day is before today, and ClockWentBack."""
    if ends_on < today():
        raise PlanInThePast(ends_on)


def must_be_supported(moment: datetime) -> None:
    """Raise ClockWentBack or ClockRanAhead unless that much time can have passed since the newest mark."""
    mark = _mark()
    if mark is None:
        return
    if moment < mark.seen_at - TOLERANCE:
        raise ClockWentBack(moment, mark.seen_at)
    if not is_supported(mark, moment, machine()):
        raise ClockRanAhead(moment, mark.seen_at)


def is_supported(mark: ClockMark, moment: datetime, running: Machine) -> bool:
    """Return whether the time from the mark to `moment` can have passed.

    While the computer runs, its count of seconds says it. While it was off, only the length of the gap counts.
    """
    is_same_start = bool(running.boot) and running.boot == mark.boot and running.uptime >= mark.uptime
    passed = timedelta(seconds=running.uptime - mark.uptime) if is_same_start else CLOSED_AT_MOST
    return moment - mark.seen_at <= passed + TOLERANCE


def look() -> str:
    """Mark the time, as the worker does every minute. Return what is wrong with the clock, or ""; log it too."""
    try:
        must_be_supported(now())
    except Refused as refusal:
        log.error("%s", refusal)  # noqa: TRY400 - the words say it all
        return str(refusal)
    return ""


def trust() -> datetime:
    """Believe the clock as it is now, and return its time. The admin does this after checking it."""
    moment, running = timezone.now(), machine()
    ClockMark.objects.update_or_create(pk=ClockMark.ONLY, defaults=_facts(moment, running))
    return moment


def _mark() -> ClockMark | None:
    return ClockMark.objects.filter(pk=ClockMark.ONLY).first()


def _move_mark(mark: ClockMark | None, moment: datetime, running: Machine) -> None:
    """Move the mark on after the commit, so that no act waits for the row of another. A jump does not move it."""
    if mark is None:
        transaction.on_commit(lambda: _begin(moment, running), robust=True)
    elif is_supported(mark, moment, running) and not 0 < running.uptime < SETTLES:
        rows = ClockMark.objects.filter(pk=ClockMark.ONLY, seen_at=mark.seen_at)
        transaction.on_commit(lambda: rows.update(**_facts(moment, running)), robust=True)


def _begin(moment: datetime, running: Machine) -> None:
    ClockMark.objects.get_or_create(pk=ClockMark.ONLY, defaults=_facts(moment, running))


def _facts(moment: datetime, running: Machine) -> dict[str, datetime | str | float]:
    return {"seen_at": moment, "boot": running.boot, "uptime": running.uptime}
