"""Measure the console with 1,000 and with 1,000,000 visits of past days: the same queries, and not slower."""

import time
import uuid
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guestbook import actions
from guestbook.models import Visit, VisitEvent, Visitor
from office.models import Counter, Service
from tests.bench.figures import Figure, median_of
from tests.bench.rows import insert

FEW, MANY = 1_000, 1_000_000
TIMES, WARM_UP, ROUNDS = 15, 5, 3  # the best of three rounds, because other load on the machine varies
BUDGET = 1.5
JOB = f"console, {MANY:,} stored visits"

BASE = 10_000_000
"""Higher than every id of today's visits."""

PAST = {
    # The past visits in SQL: one visitor per visit, as from the kiosk; 400 visits a day; i is their number.
    "postgresql": {
        "numbers": "generate_series(CAST(%s AS integer), CAST(%s AS integer)) AS past(i)",
        "phone": "'+62813' || lpad(CAST(i AS text), 8, '0')",
        "form_token": "CAST(md5(CAST(i AS text)) AS uuid)",
        "day": "CURRENT_DATE - 2 - i / 400",
        "at": "CURRENT_TIMESTAMP - (2 + i / 400) * INTERVAL '1 day'",
    },
    "sqlite": {
        "numbers": "(WITH RECURSIVE past(i) AS (VALUES(%s) UNION ALL SELECT i + 1 FROM past WHERE i < %s)"
        " SELECT i FROM past)",
        "phone": "printf('+62813%%08d', i)",
        "form_token": "printf('%%032x', i)",
        "day": "date('now', '-' || (2 + i / 400) || ' days')",
        "at": "datetime('now', '-' || (2 + i / 400) || ' days')",
    },
}


def measure() -> list[Figure]:
    """Measure the page while only the number of past visits grows."""
    _empty()
    _today()
    _store(1, FEW)
    few = _median_and_queries()
    _store(FEW + 1, MANY)
    many = _median_and_queries()
    ratio = many[0] / few[0]
    return [
        Figure(JOB, "queries", f"{few[1]} with {FEW:,}, {many[1]} with {MANY:,}", holds=few[1] == many[1]),
        Figure(
            JOB,
            f"time, best median of {TIMES}",
            f"{few[0]:.1f} ms with {FEW:,}, {many[0]:.1f} ms: {ratio:.2f} times (budget {BUDGET})",
            holds=ratio <= BUDGET,
        ),
    ]


def _empty() -> None:
    for model in (VisitEvent, Visit, Visitor):
        model.objects.all().delete()


def _today() -> None:
    """Make thirty visits: five served, one at the counter with an earlier visit, the others waiting."""
    service, counter = Service.objects.get(prefix="R"), Counter.objects.get(number=1)
    officer = get_user_model().objects.get(username="bench")
    for _ in range(30):
        visitor = Visitor(name="Budi Contoh", phone="+6281300000007", email="tamu9@contoh.example")
        actions.check_in(service=service, visitor=visitor, form_token=uuid.uuid4())
    for _ in range(5):
        actions.finish(actions.start(actions.call_next(counter, by=officer), by=officer), by=officer)
    actions.start(actions.call_next(counter, by=officer), by=officer)


def _store(first: int, last: int) -> None:
    """Store the past visits number `first` to `last`, each with its visitor and its call."""
    past, row = PAST[connection.vendor], f"i + {BASE}"
    service, counter = Service.objects.get(prefix="R"), Counter.objects.get(number=1)
    officer = get_user_model().objects.get(username="bench")
    visitor = {"id": row, "name": "'Tamu'", "phone": past["phone"], "email": "'tamu' || i || '@contoh.example'"}
    visit = dict.fromkeys(("taken_at", "called_at", "serving_at", "served_at"), past["at"])
    visit |= {"id": row, "visitor_id": row, "day": past["day"], "form_token": past["form_token"]}
    visit |= {"prefix": "'R'", "number": "i %% 400 + 1", "token": "'past-' || i", "status": "'served'"}
    visit |= {"service_id": f"{service.pk}", "counter_id": f"{counter.pk}", "officer_id": f"{officer.pk}"}
    event = {"visit_id": row, "at": past["at"], "by_id": f"{officer.pk}", "move": "'call'"}
    for model, given in ((Visitor, visitor), (Visit, visit), (VisitEvent, event)):
        insert(model, given, past["numbers"], [first, last])
    assert Visit.objects.filter(pk__gt=BASE).count() == last
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # on a real desk autovacuum does this; SQLite has no autovacuum


def _median_and_queries() -> tuple[float, int]:
    """Return the milliseconds of one page and the number of its queries."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(username="bench"))
    medians = [_median(client.get) for _ in range(ROUNDS)]
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/loket/1/")
    assert answer.status_code == 200
    return min(medians), len(asked)


def _median(get: Callable) -> float:
    return median_of(sorted([_timed(get) for _ in range(WARM_UP + TIMES)][WARM_UP:]))


def _timed(get: Callable) -> float:
    began = time.monotonic()
    get("/loket/1/")
    return (time.monotonic() - began) * 1000
