"""16 clients draw 1,600 numbers in a tight loop: our way, and the peers' ways on a scratch table."""

import uuid
from collections import Counter as Tally
from collections.abc import Callable

from django.db import DatabaseError, IntegrityError, connection, transaction

from guestbook import actions
from guestbook.models import Visit, Visitor
from office.models import Service
from tests.bench.clients import at_once
from tests.bench.figures import Figure

CLIENTS, EACH = 16, 100
TRIES = 5


def measure() -> list[Figure]:
    """Measure our way first; only our way has a budget."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_loose (number integer)")
        cursor.execute("CREATE TABLE bench_unique (number integer UNIQUE)")
        cursor.execute("CREATE TABLE bench_row (number integer)")
        cursor.execute("CREATE TABLE bench_counter (last integer)")
        cursor.execute("INSERT INTO bench_counter VALUES (0)")
    return [
        _run("check_in, the whole action", _check_in, must_hold=True),
        _run("our counter row alone", _counter_row, must_hold=True),
        _run("COUNT + 1 without a lock", _count_plus_one),
        _run(f"last + 1, unique index, {TRIES} tries", _last_plus_one),
    ]


def _run(way: str, draw: Callable[[Service], int], *, must_hold: bool = False) -> Figure:
    service = Service.objects.get(prefix="R")
    outcome = at_once(CLIENTS, lambda _: [_drawn(draw, service) for _ in range(EACH)])
    numbers = [number for client in outcome.returned for number in client]
    told = faults(numbers)
    rate = f"{len(numbers) / outcome.seconds:,.0f}/s"
    words = f"{told['duplicates']} duplicates, {told['gaps']} gaps, {told['refusals']} refused; {rate}"
    return Figure("1,600 tickets, 16 clients", way, words, holds=not any(told.values()) if must_hold else None)


def _drawn(draw: Callable[[Service], int], service: Service) -> int | None:
    """Return the number, or None for a visitor who was refused."""
    try:
        return draw(service)
    except DatabaseError:
        return None


def faults(numbers: list[int | None]) -> dict[str, int]:
    """Count the duplicates, and the gaps below the highest number."""
    tally = Tally(number for number in numbers if number is not None)
    return {
        "duplicates": sum(count - 1 for count in tally.values()),
        "gaps": max(tally, default=0) - len(tally),
        "refusals": numbers.count(None),
    }


def _check_in(service: Service) -> int:
    visit: Visit = actions.check_in(
        service=service, visitor=Visitor(name="Budi Contoh", phone="+6281200000001"), form_token=uuid.uuid4()
    )
    return visit.number


def _counter_row(service: Service) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE bench_counter SET last = last + 1 RETURNING last")
        number = cursor.fetchone()[0]
        cursor.execute("INSERT INTO bench_row (number) VALUES (%s)", [number])
    return number


def _count_plus_one(service: Service) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) + 1 FROM bench_loose")
        number = cursor.fetchone()[0]
        cursor.execute("INSERT INTO bench_loose (number) VALUES (%s)", [number])
    return number


def _last_plus_one(service: Service) -> int:
    for tried in range(1, TRIES + 1):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM bench_unique")
                number = cursor.fetchone()[0]
                cursor.execute("INSERT INTO bench_unique (number) VALUES (%s)", [number])
        except IntegrityError:
            if tried == TRIES:
                raise
        else:
            return number
