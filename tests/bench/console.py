"""The console page with 1,000 and with 1,000,000 visits of past days: the same queries, and no slower."""

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

FEW, MANY = 1_000, 1_000_000
TIMES, WARM_UP = 15, 5
BUDGET = 1.5
JOB = f"console, {MANY:,} stored visits"

# In braces: what differs between the databases. A visitor for every visit, as the kiosk makes them; 400 a day.
VISITORS = """
INSERT INTO guestbook_visitor (id, name, phone, email, agency, position)
SELECT i + 10000000, 'Tamu Contoh', {phone}, 'tamu' || i || '@contoh.example', 'Dinas Contoh', 'Staf' FROM {numbers}
"""
VISITS = """
INSERT INTO guestbook_visit (id, day, prefix, number, token, form_token, service_id, visitor_id, priority,
    status, counter_id, officer_id, transfer_note, times_called, note, is_late_entry, taken_at, called_at, serving_at,
    served_at)
SELECT i + 10000000, {day}, 'R', i % 400 + 1, 'past-' || i, {token}, %s, i + 10000000, '', 'served',
    %s, %s, '', 1, '', {false}, {at}, {at}, {at}, {at} FROM {numbers}
"""
EVENTS = """
INSERT INTO guestbook_visitevent (visit_id, at, by_id, move, note)
SELECT i + 10000000, {at}, %s, 'call', 'Loket 1' FROM {numbers}
"""
WORDS = {
    "postgresql": {
        "numbers": "generate_series(CAST(%s AS integer), CAST(%s AS integer)) AS past(i)",
        "phone": "'+62813' || lpad(CAST(i AS text), 8, '0')",
        "token": "CAST(md5(CAST(i AS text)) AS uuid)",
        "day": "CURRENT_DATE - 2 - i / 400",
        "at": "CURRENT_TIMESTAMP - (2 + i / 400) * INTERVAL '1 day'",
        "false": "false",
    },
    "sqlite": {
        "numbers": "(WITH RECURSIVE past(i) AS (VALUES(%s) UNION ALL SELECT i + 1 FROM past WHERE i < %s)"
        " SELECT i FROM past)",
        "phone": "printf('+62813%%08d', i)",
        "token": "printf('%%032x', i)",
        "day": "date('now', '-' || (2 + i / 400) || ' days')",
        "at": "datetime('now', '-' || (2 + i / 400) || ' days')",
        "false": "0",
    },
}


def measure() -> list[Figure]:
    """Today's hall stays the same; only the past grows."""
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
            f"time, median of {TIMES}",
            f"{few[0]:.1f} ms with {FEW:,}, {many[0]:.1f} ms: {ratio:.2f} times (budget {BUDGET})",
            holds=ratio <= BUDGET,
        ),
    ]


def _empty() -> None:
    for model in (VisitEvent, Visit, Visitor):
        model.objects.all().delete()


def _today() -> None:
    """Thirty have come: five served, one at the counter who has been here before, the others wait."""
    service, counter = Service.objects.get(prefix="R"), Counter.objects.get(number=1)
    officer = get_user_model().objects.get(username="bench")
    for _ in range(30):
        visitor = Visitor(name="Budi Contoh", phone="+6281300000007", email="tamu9@contoh.example")
        actions.check_in(service=service, visitor=visitor, form_token=uuid.uuid4())
    for _ in range(5):
        actions.finish(actions.start(actions.call_next(counter, by=officer), by=officer), by=officer)
    actions.start(actions.call_next(counter, by=officer), by=officer)


def _store(first: int, last: int) -> None:
    """Visits of past days number `first` to `last`, each with its visitor and its call."""
    words = WORDS[connection.vendor]
    service, counter = Service.objects.get(prefix="R"), Counter.objects.get(number=1)
    officer = get_user_model().objects.get(username="bench")
    with connection.cursor() as cursor:
        cursor.execute(VISITORS.format(**words), [first, last])
        cursor.execute(VISITS.format(**words), [service.pk, counter.pk, officer.pk, first, last])
        cursor.execute(EVENTS.format(**words), [officer.pk, first, last])
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")  # what autovacuum does by itself; SQLite has nothing of the kind


def _median_and_queries() -> tuple[float, int]:
    """Milliseconds of one page, and how many queries it asks."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(username="bench"))
    milliseconds = sorted([_timed(client.get) for _ in range(WARM_UP + TIMES)][WARM_UP:])
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/loket/1/")
    assert answer.status_code == 200
    return median_of(milliseconds), len(asked)


def _timed(get: Callable) -> float:
    began = time.monotonic()
    get("/loket/1/")
    return (time.monotonic() - began) * 1000
