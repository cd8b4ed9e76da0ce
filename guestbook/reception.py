"""Read what kiosk, board, telephone and console show of the queue."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

import segno
from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone

from guestbook.models import Visit, counts_in_times
from guestbook.turns import coming_on, line_at
from guestbook.workflow import Move, Status
from office.formats import signed
from office.models import Counter, Office

FORMER_CALLS, COMING = 4, 3


@dataclass(frozen=True)
class Board:
    """The content of the board: numbers and counters, never a person."""

    hero: Visit | None
    serving: list[Visit]
    former: list[Visit]
    coming: list[Visit]
    waiting: int

    @property
    def is_calling(self) -> bool:
        """Whether the hero is called and not yet served."""
        return self.hero is not None and self.hero.status == Status.CALLED


def board_on(day: date) -> Board:
    """Return the board of the local `day`: the newest open call, who is served, the former calls and the next."""
    visits = Visit.objects.on(day)
    gone = Q(status__in=(Status.WAITING, Status.LEFT, Status.UNCLOSED))
    calls = visits.called_latest_first().exclude(gone).select_related("counter")
    called = list(calls.filter(status=Status.CALLED))
    serving = list(calls.filter(status=Status.SERVING))
    hero = next(iter(called + serving), None)
    return Board(
        hero=hero,
        serving=sorted(serving, key=lambda visit: visit.counter.number if visit.counter else 0),
        former=[visit for visit in calls[: FORMER_CALLS + 1] if visit != hero][:FORMER_CALLS],
        coming=coming_on(day, timezone.now(), COMING),
        waiting=visits.waiting().count(),
    )


@dataclass(frozen=True)
class Figures:
    """Today's numbers at the head of the console."""

    waiting: int
    served: int
    missed: int
    median_wait: int | None
    estimate_off: int | None
    """The median of wait minus estimate; above zero, visitors waited longer than estimated."""

    @property
    def estimate_off_words(self) -> str:
        """`+7` or `−8`; empty when there is no figure."""
        return "" if self.estimate_off is None else signed(self.estimate_off)


def figures_on(day: date) -> Figures:
    """Return the figures of the local `day`. A wait ends at the first call, so that calling again does not lengthen it.

    Visits entered late or closed by the clock have no wait.
    """
    rows = Visit.objects.on(day).order_by().annotate(first_call=Min("events__at", filter=Q(events__move=Move.CALL)))
    found = rows.values_list("status", "is_late_entry", "taken_at", "first_call", "estimate_off", named=True)
    states = [row.status for row in found]
    timed = [row for row in found if row.first_call and counts_in_times(row.status, row.is_late_entry)]
    waits = [minutes(row.taken_at, row.first_call) for row in timed]
    errors = [row.estimate_off for row in timed if row.estimate_off is not None]
    return Figures(
        waiting=states.count(Status.WAITING),
        served=states.count(Status.SERVED),
        missed=states.count(Status.NO_SHOW),
        median_wait=round(median(waits)) if waits else None,
        estimate_off=round(median(errors)) if errors else None,
    )


def minutes(start: datetime, end: datetime) -> float:
    """Return the minutes from `start` to `end`."""
    return (end - start).total_seconds() / 60


@dataclass(frozen=True)
class Queue:
    """The visits that wait for one counter, and those that were called but did not come."""

    waiting: list[Visit]
    missed: list[Visit]

    @property
    def longest(self) -> int:
        """The longest wait in minutes; 0 when the queue is empty."""
        return max((visit.minutes_waiting for visit in self.waiting), default=0)


def queue_of(counter: Counter, day: date) -> Queue:
    """Return the queue of `counter` on the local `day`, in the order of calling."""
    missed = Visit.objects.on(day).for_counter(counter).missed()
    return Queue(waiting=line_at(counter, day, timezone.now()), missed=list(missed.select_related("service")))


@dataclass(frozen=True)
class TicketStep:
    """One step of a visit, and the time when it was reached."""

    words: str
    at: datetime | None
    kind: str  # done | now | empty: still to come


def journey(visit: Visit) -> list[TicketStep]:
    """Return the four steps of a visit. The last step reached is the visitor's current place.

    The rating is no step: its time beside the visitor's name would say whose answers changed the published index.
    """
    steps = [
        ("Ambil nomor", visit.taken_at),
        (f"Dipanggil, {visit.times_called} kali", visit.called_at),
        ("Mulai dilayani", visit.serving_at),
        ("Selesai", visit.served_at),
    ]
    reached = sum(1 for _, at in steps if at)
    kinds = ["done"] * (reached - 1) + ["now"] + [""] * (len(steps) - reached)
    return [TicketStep(words, at, kind) for (words, at), kind in zip(steps, kinds, strict=True)]


def public_link(page: str, visit: Visit) -> str:
    """Return the full address of a page with the visit's token, for a telephone."""
    return Office.objects.current().full_address(reverse(page, args=[visit.token]))


def as_qr(link: str) -> str:
    """Return `link` as a QR code: a data URI for <img src>."""
    return segno.make(link, error="m").svg_data_uri(border=2)
