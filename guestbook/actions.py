"""What people do with a visit. Each is one transaction: lock, step, save, event."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from guestbook.models import ExportLog, TicketCounter, Visit, VisitEvent, Visitor
from guestbook.skd import CLASSES
from guestbook.workflow import Move, Status, status_after
from office.models import Counter, Service, User


class CounterBusy(Exception):
    """The counter still has a visitor; the text is fit for the screen."""

    def __init__(self, visit: Visit):
        super().__init__(f"Selesaikan {visit.ticket} dahulu.")


class NotAClass(ValueError):
    """The SKD has no such class: a mistake of the caller, the form offers only what there is."""

    def __init__(self, name: str, value: str):
        super().__init__(f"{name}={value!r}")


def check_in(*, service: Service, visitor: Visitor, form_token: UUID, priority: str = "") -> Visit:
    """Draw a number for a visitor who stands at the kiosk. The same `form_token` always gives the same ticket."""
    try:
        with transaction.atomic():
            return _draw_number(service=service, visitor=visitor, form_token=form_token, priority=priority)
    except IntegrityError:
        return Visit.objects.get(form_token=form_token)


def _draw_number(*, service: Service, visitor: Visitor, form_token: UUID, priority: str) -> Visit:
    drawn = Visit.objects.filter(form_token=form_token).first()
    if drawn:
        return drawn
    visitor.save()
    taken_at = timezone.now()
    visit = Visit.objects.create(
        day=timezone.localdate(taken_at),
        prefix=service.prefix,
        number=_next_number(service.prefix, taken_at),
        form_token=form_token,
        service=service,
        visitor=visitor,
        priority=priority,
        taken_at=taken_at,
    )
    VisitEvent.objects.create(visit=visit, move=Move.CHECK_IN, at=taken_at)
    return visit


def _next_number(prefix: str, moment: datetime) -> int:
    """Raise the one row of this local day and prefix; its lock makes numbers without duplicate or gap."""
    key = {"day": timezone.localdate(moment), "prefix": prefix}
    TicketCounter.objects.bulk_create([TicketCounter(**key)], ignore_conflicts=True)
    TicketCounter.objects.filter(**key).update(last=F("last") + 1)
    return TicketCounter.objects.get(**key).last


@transaction.atomic
def call_next(counter: Counter, *, by: User) -> Visit | None:
    """Call who is next for the services of `counter`; None when nobody waits. Raises CounterBusy."""
    _must_be_free(counter)
    waiting = Visit.objects.on(timezone.localdate()).waiting().filter(service__in=counter.services.all())
    visit = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    return _call(visit, counter, by) if visit else None


@transaction.atomic
def call(visit: Visit, counter: Counter, *, by: User) -> Visit:
    """Call one certain visitor to `counter`, also one who was missed. Raises CounterBusy, MoveNotAllowed."""
    _must_be_free(counter)
    return _call(_locked(visit), counter, by)


def _call(visit: Visit, counter: Counter, by: User) -> Visit:
    visit.counter, visit.officer = counter, by
    return _call_out(visit, Move.CALL, by)


@transaction.atomic
def recall(visit: Visit, *, by: User) -> Visit:
    """Call the same number once more. Raises MoveNotAllowed."""
    return _call_out(_locked(visit), Move.RECALL, by)


def _call_out(visit: Visit, move: Move, by: User) -> Visit:
    visit.called_at = timezone.now()
    visit.times_called += 1
    return _move(visit, move, by=by, note=str(visit.counter))


@transaction.atomic
def start(visit: Visit, *, by: User) -> Visit:
    """The visitor has come to the counter. Raises MoveNotAllowed."""
    visit = _locked(visit)
    visit.serving_at = timezone.now()
    return _move(visit, Move.START, by=by)


@transaction.atomic
def finish(visit: Visit, *, by: User) -> Visit:
    """The service has ended; from now the visitor can rate it. Raises MoveNotAllowed."""
    visit = _locked(visit)
    visit.served_at = timezone.now()
    return _move(visit, Move.FINISH, by=by)


@transaction.atomic
def miss(visit: Visit, *, by: User) -> Visit:
    """Called, but nobody came: the counter is free, the number can be called again. Raises MoveNotAllowed."""
    return _move(_locked(visit), Move.MISS, by=by)


@transaction.atomic
def requeue(visit: Visit, *, by: User) -> Visit:
    """Back among the waiting, at the old place. Raises MoveNotAllowed."""
    return _move(_locked(visit), Move.REQUEUE, by=by)


@transaction.atomic
def leave(visit: Visit, *, by: User | None) -> Visit:
    """The visitor does not want to wait any longer; `by` None when they said so on their own page.

    Raises MoveNotAllowed.
    """
    return _move(_locked(visit), Move.LEAVE, by=by)


@transaction.atomic
def mark_rated(visit: Visit) -> Visit:
    """The visitor has rated the service. Raises MoveNotAllowed."""
    visit = _locked(visit)
    visit.rated_at = timezone.now()
    return _move(visit, Move.RATE, by=None)


def classify_visitor(visitor: Visitor, *, by: User, **classes: str) -> None:
    """Keep the SKD classes that the officer chose; those not named stay. Raises NotAClass."""
    for name, value in classes.items():
        if name not in CLASSES or value not in ("", *CLASSES[name][1].values):
            raise NotAClass(name, value)
    Visitor.objects.filter(pk=visitor.pk).update(**classes, classified_by=by, classified_at=timezone.now())


def log_export(*, kind: str, period: str, rows: int, by: User) -> ExportLog:
    """Note that a recap leaves the desk as a file."""
    return ExportLog.objects.create(kind=kind, period=period, rows=rows, by=by)


def write_note(visit: Visit, *, note: str) -> None:
    """The officer's own note on the visit."""
    Visit.objects.filter(pk=visit.pk).update(note=note)


def _must_be_free(counter: Counter) -> None:
    Counter.objects.select_for_update().get(pk=counter.pk)
    present = Visit.objects.active().filter(counter=counter).first()
    if present:
        raise CounterBusy(present)


def _locked(visit: Visit) -> Visit:
    return Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)


def _move(visit: Visit, move: Move, *, by: User | None, note: str = "") -> Visit:
    visit.status = status_after(move, Status(visit.status))
    visit.save()
    VisitEvent.objects.create(visit=visit, move=move, by=by, note=note)
    return visit
