"""The acts that change a visit. Each is one transaction: lock, step, save, event."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from guestbook.corrections import changes_visit, differences, fact_words, must_be_correctable, visit_facts
from guestbook.estimate import estimate_for
from guestbook.models import EVENT_NOTE, ExportLog, TicketCounter, Visit, VisitCorrection, VisitEvent, Visitor
from guestbook.skd import CLASSES
from guestbook.turns import take_turn
from guestbook.workflow import ACTIVE, Move, Status, status_after
from office import clock
from office.models import Counter, Service, User
from office.refusals import Refused
from office.seals import MovedOn


class CounterBusy(Refused):
    """Raised when the counter still has a visitor."""

    def __init__(self, visit: Visit):
        super().__init__(f"Selesaikan {visit.ticket} dahulu.")


class CounterClosed(Refused):
    """Raised when the admin has closed the counter; a visit that is served there can still be finished."""

    def __init__(self, counter: Counter):
        super().__init__(f"{counter} sudah ditutup. Pilih loket lain untuk memanggil.")


class DayIsOver(Refused):
    """Raised when a visit of a past day is to go back into the queue."""

    def __init__(self, visit: Visit):
        super().__init__(f"Hari kunjungan {visit.ticket} sudah lewat. Pengunjung mengambil nomor baru.")


class NotAClass(ValueError):
    """The SKD has no such class. This is a mistake of the caller: the form offers only existing classes."""

    def __init__(self, name: str, value: str):
        super().__init__(f"{name}={value!r}")


def check_in(*, service: Service, visitor: Visitor, form_token: UUID, priority: str = "") -> Visit:
    """Draw a number for a visitor at the kiosk. Return the visit; the same `form_token` always gives the same one.

    Raise ClockWentBack.
    """
    at = clock.now()
    visit = Visit(service=service, form_token=form_token, priority=priority, taken_at=at)
    return _draw_once(visit, visitor, at=at)


def enter_late(
    *, service: Service, visitor: Visitor, form_token: UUID, taken_at: datetime, priority: str = "", by: User
) -> Visit:
    """Draw the next number for a visit noted on paper at `taken_at`. Its times are left out of all figures.

    Raise ClockWentBack.
    """
    at = clock.now()
    visit = Visit(service=service, form_token=form_token, priority=priority, taken_at=taken_at, is_late_entry=True)
    return _draw_once(visit, visitor, at=at, by=by)


def _draw_once(visit: Visit, visitor: Visitor, *, at: datetime, by: User | None = None) -> Visit:
    visit.day = timezone.localdate(visit.taken_at)
    visit.prefix = visit.service.prefix
    visit.estimated_minutes = None if visit.is_late_entry else estimate_for(visit)  # before the lock on the number
    try:
        with transaction.atomic():
            return _draw_number(visit, visitor, at, by)
    except IntegrityError:
        return Visit.objects.get(form_token=visit.form_token)


def _draw_number(visit: Visit, visitor: Visitor, at: datetime, by: User | None) -> Visit:
    drawn = Visit.objects.filter(form_token=visit.form_token).first()
    if drawn:
        return drawn
    visitor.save()
    visit.visitor = visitor
    visit.number = _next_number(visit.prefix, visit.taken_at)  # last, because this lock makes other check-ins wait
    visit.save()
    note = "Entri susulan dari kertas" if visit.is_late_entry else ""
    VisitEvent.objects.create(visit=visit, move=Move.CHECK_IN, at=at, by=by, note=note)
    return visit


def _next_number(prefix: str, moment: datetime) -> int:
    """Return the next number of this local day and prefix. The lock on its one row excludes duplicates and gaps."""
    key = {"day": timezone.localdate(moment), "prefix": prefix}
    TicketCounter.objects.bulk_create([TicketCounter(**key)], ignore_conflicts=True)
    TicketCounter.objects.filter(**key).update(last=F("last") + 1)
    return TicketCounter.objects.get(**key).last


@transaction.atomic
def call_next(counter: Counter, *, by: User) -> Visit | None:
    """Call the next visitor for the services of `counter`. Return the visit, or None when the queue is empty.

    Raise CounterBusy, CounterClosed or ClockWentBack.
    """
    _must_be_free(counter)
    visit = take_turn(counter, clock.now())
    return _call(visit, counter, by) if visit else None


@transaction.atomic
def call(visit: Visit, counter: Counter, *, reason: str = "", by: User) -> Visit:
    """Call a chosen visitor to `counter`: one who was missed, or one out of order for a `reason`.

    Raise CounterBusy, CounterClosed, MoveNotAllowed or ClockWentBack.
    """
    _must_be_free(counter)
    return _call(_locked(visit), counter, by, reason)


def _call(visit: Visit, counter: Counter, by: User, reason: str = "") -> Visit:
    visit.counter, visit.officer = counter, by
    return _call_out(visit, Move.CALL, by, reason)


@transaction.atomic
def recall(visit: Visit, *, by: User) -> Visit:
    """Call the same number again. Raise MoveNotAllowed."""
    return _call_out(_locked(visit), Move.RECALL, by)


def _call_out(visit: Visit, move: Move, by: User, reason: str = "") -> Visit:
    visit.called_at = timezone.now()
    if not visit.times_called and visit.estimated_minutes is not None:  # the estimated wait ends with the first call
        waited = (visit.called_at - visit.taken_at) / timedelta(minutes=1)
        visit.estimate_off = round(waited - visit.estimated_minutes)
    visit.times_called += 1
    place = str(visit.counter)
    return _move(visit, move, by=by, note=f"{place}, di luar urutan: {reason}" if reason else place)


@transaction.atomic
def start(visit: Visit, *, by: User) -> Visit:
    """Mark the visitor as being served. Raise MoveNotAllowed."""
    visit = _locked(visit)
    visit.serving_at = timezone.now()
    return _move(visit, Move.START, by=by)


@transaction.atomic
def finish(visit: Visit, *, by: User) -> Visit:
    """Mark the service as ended; the visitor can now rate it. Raise MoveNotAllowed."""
    visit = _locked(visit)
    visit.served_at = timezone.now()
    return _move(visit, Move.FINISH, by=by)


@transaction.atomic
def miss(visit: Visit, *, by: User) -> Visit:
    """Mark a called visitor as absent: the counter is free, the number can be called again. Raise MoveNotAllowed."""
    return _move(_locked(visit), Move.MISS, by=by)


@transaction.atomic
def requeue(visit: Visit, *, by: User) -> Visit:
    """Put the visitor back into the queue, at the old place. Raise MoveNotAllowed or DayIsOver."""
    visit = _locked(visit)
    if visit.day != timezone.localdate():
        raise DayIsOver(visit)
    return _move(visit, Move.REQUEUE, by=by)


@transaction.atomic
def transfer(
    visit: Visit, *, service: Service | None = None, counter: Counter | None = None, note: str = "", by: User
) -> Visit:
    """Put the visitor back into the queue, for another service or for one counter only. Number and place stay.

    Raise MoveNotAllowed.
    """
    visit = _locked(visit)
    source = f" dari {visit.counter}" if visit.status in ACTIVE else ""
    visit.transfer_note = f"Dialihkan{source}: {note}" if note else f"Dialihkan{source}"
    visit.service = service or visit.service
    visit.reserved_for = counter
    visit.serving_at = None
    target = ", ".join(str(place) for place in (service, counter) if place)
    return _move(visit, Move.TRANSFER, by=by, note=f"Ke {target}. {visit.transfer_note}"[:EVENT_NOTE])


@transaction.atomic
def leave(visit: Visit, *, by: User | None) -> Visit:
    """Mark that the visitor does not want to wait any longer. `by` is None when they said so on their own page.

    Raise MoveNotAllowed.
    """
    return _move(_locked(visit), Move.LEAVE, by=by)


@transaction.atomic
def mark_rated(visit: Visit) -> Visit:
    """Mark the visit as rated. Raise MoveNotAllowed."""
    visit = _locked(visit)
    visit.rated_at = timezone.now()
    return _move(visit, Move.RATE, by=None)


def classify_visitor(visitor: Visitor, *, by: User, **classes: str) -> None:
    """Save the SKD classes that the officer chose; the other classes stay. Raise NotAClass."""
    for name, value in classes.items():
        if name not in CLASSES or value not in ("", *CLASSES[name][1].values):
            raise NotAClass(name, value)
    Visitor.objects.filter(pk=visitor.pk).update(**classes, classified_by=by, classified_at=timezone.now())


@transaction.atomic
def correct_visit(
    visit: Visit, *, changes: Mapping[str, str], shown: Mapping[str, str] | None = None, reason: str, by: User
) -> list[VisitCorrection]:
    """Correct facts of the visit and of its visitor. Return a row for each, with old and new value and the reason.

    `changes` and `shown` have their values as `visit_facts` writes them; `shown` are those on the page, None without a
    page. A fact that stays the same writes nothing. The visitor's data change for each visit that has their row; what
    an application copied from them does not change. Raise MovedOn, NotCorrectable, ClockWentBack.
    """
    visit = Visit.objects.get(pk=visit.pk)
    if changes_visit(visit, changes):  # counters pass over a locked visit: the visitor's facts alone do not lock it
        visit = _locked(visit)
    visit.visitor = Visitor.objects.select_for_update().get(pk=visit.visitor_id)
    old = visit_facts(visit)
    if shown is not None and shown != old:
        raise MovedOn(differences(shown, old))
    changed = {name: value for name, value in changes.items() if value != old[name]}
    must_be_correctable(visit, changed)
    at = clock.now()
    words = {name: (fact_words(name, old[name]), fact_words(name, value)) for name, value in changed.items()}
    _set_facts(visit, changed, at=at, by=by)
    return VisitCorrection.objects.bulk_create(
        VisitCorrection(visit=visit, field=name, old=before, new=after, reason=reason, by=by, at=at)
        for name, (before, after) in words.items()
    )


def _set_facts(visit: Visit, changed: Mapping[str, str], *, at: datetime, by: User) -> None:
    of_visit = {name.value: changed[name] for name in VisitCorrection.OF_VISIT if name in changed}
    of_visitor: dict[str, Any] = {name: value for name, value in changed.items() if name not in of_visit}
    if of_visitor.keys() & CLASSES.keys():
        of_visitor |= {"classified_by": by, "classified_at": at}
    if of_visitor:
        Visitor.objects.filter(pk=visit.visitor_id).update(**of_visitor)
    if of_visit:
        Visit.objects.filter(pk=visit.pk).update(**of_visit)


def log_export(*, kind: str, period: str, rows: int, by: User) -> ExportLog:
    """Log that a recap is downloaded as a file. Return the log row."""
    return ExportLog.objects.create(kind=kind, period=period, rows=rows, by=by)


def write_note(visit: Visit, *, note: str) -> None:
    """Save the officer's note on the visit."""
    Visit.objects.filter(pk=visit.pk).update(note=note)


def _must_be_free(counter: Counter) -> None:
    counter = Counter.objects.select_for_update().get(pk=counter.pk)
    present = Visit.objects.active().filter(counter=counter).first()
    if present:
        raise CounterBusy(present)
    if not counter.is_open:
        raise CounterClosed(counter)


def _locked(visit: Visit) -> Visit:
    return Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)


def _move(visit: Visit, move: Move, *, by: User | None, note: str = "") -> Visit:
    """Save the new status and the event. Raise MoveNotAllowed or ClockWentBack; the act is then undone."""
    visit.status = status_after(move, Status(visit.status))
    visit.save()
    VisitEvent.objects.create(visit=visit, move=move, at=clock.now(), by=by, note=note)
    return visit
