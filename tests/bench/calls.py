"""16 counters call 800 visitors in a tight loop: our way, and the peers' SELECT-then-UPDATE on a scratch table."""

from collections import Counter as Tally
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from guestbook import actions
from guestbook.models import Visit, VisitEvent, Visitor
from guestbook.workflow import Move, Status
from office.models import Counter, Service, User
from tests.bench.clients import at_once
from tests.bench.figures import Figure

COUNTERS, WAITING = 16, 800
JOB = f"{COUNTERS} counters call {WAITING}"


def measure() -> list[Figure]:
    """Measure our way with one class of visitors, our way with priority for every eighth, and the peers' way."""
    return [
        _ours("call_next, one class", every=0),
        _ours("call_next, every 8th has priority", every=8),
        _select_then_update(),
    ]


def _ours(way: str, *, every: int) -> Figure:
    called_by = _counters()
    _fill(every)
    officer = get_user_model().objects.get(username="bench")
    outcome = at_once(COUNTERS, lambda place: _call_until_empty(called_by[place], officer))
    calls = Tally(pk for client in outcome.returned for pk in client)
    stored = VisitEvent.objects.filter(move=Move.CALL, visit__in=Visit.objects.on(timezone.localdate())).count()
    assert stored == calls.total()
    return _figure(way, calls, outcome.seconds, must_hold=True)


def _counters() -> list[Counter]:
    """Return sixteen counters, all for the same service: the hardest case."""
    service = Service.objects.get(prefix="R")
    counters = [Counter.objects.get_or_create(number=number)[0] for number in range(101, 101 + COUNTERS)]
    for counter in counters:
        counter.services.set([service])
    return counters


def _fill(every: int) -> None:
    """Fill an empty queue."""
    VisitEvent.objects.filter(visit__day=timezone.localdate()).delete()
    Visit.objects.on(timezone.localdate()).delete()
    service, visitor = Service.objects.get(prefix="R"), Visitor.objects.create(name="Budi Contoh")
    visits = [
        Visit(
            day=timezone.localdate(),
            prefix="R",
            number=number,
            service=service,
            visitor=visitor,
            priority=Visit.Priority.ELDERLY if every and number % every == 0 else "",
        )
        for number in range(1, WAITING + 1)
    ]
    Visit.objects.bulk_create(visits)


def _call_until_empty(counter: Counter, officer: User) -> list[int]:
    called = []
    while visit := actions.call_next(counter, by=officer):
        called.append(visit.pk)
        Visit.objects.filter(pk=visit.pk).update(status=Status.SERVED)  # so that the counter is free at once
    return called


def _select_then_update() -> Figure:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_queue (id integer PRIMARY KEY, status varchar(10), counter integer)")
        cursor.executemany("INSERT INTO bench_queue VALUES (%s, 'waiting', NULL)", [[pk + 1] for pk in range(WAITING)])
    outcome = at_once(COUNTERS, _peer_calls_until_empty)
    calls = Tally(pk for client in outcome.returned for pk in client)
    return _figure("SELECT, then UPDATE", calls, outcome.seconds)


def _peer_calls_until_empty(place: int) -> list[int]:
    called = []
    with connection.cursor() as cursor:
        while pk := _first_waiting(cursor.execute, cursor.fetchone):
            cursor.execute("UPDATE bench_queue SET status = 'called', counter = %s WHERE id = %s", [place, pk])
            called.append(pk)
    return called


def _first_waiting(execute: Callable, fetchone: Callable) -> int | None:
    execute("SELECT id FROM bench_queue WHERE status = 'waiting' ORDER BY id LIMIT 1")
    row = fetchone()
    return row[0] if row else None


def _figure(way: str, calls: Tally, seconds: float, *, must_hold: bool = False) -> Figure:
    twice, skipped = sum(count > 1 for count in calls.values()), WAITING - len(calls)
    words = f"{twice} called twice, {skipped} skipped; {calls.total() / seconds:,.0f}/s"
    return Figure(JOB, way, words, holds=not (twice or skipped) if must_hold else None)
