"""Measure a thousand ratings within a minute, each by its own link, beside the page of a waiting visitor."""

import http.client
import threading
import time
import urllib.parse
from collections import Counter as Tally
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.urls import reverse

from guestbook.workflow import Status
from ratings.instruments import SKM_9
from ratings.models import Rating
from tests.bench.checkin import ask, gunicorn
from tests.bench.figures import Figure
from tests.factories import VisitFactory

RATINGS, CLIENTS, MINUTE = 1000, 8, 60
BUDGET = MINUTE + 5
"""Seconds until the last of the ratings, which begin one after the other within a minute, is answered."""
PAGE_BUDGET = 300
"""Milliseconds in which 95 of 100 requests of the other page are answered."""
ANSWERS = dict.fromkeys(SKM_9.keys, "3") | {"has_complaint": "tidak"}
CLOSED = "Kunjungan ini sudah dinilai"


def measure() -> list[Figure]:
    """Rate a thousand visits, each from a browser of its own; every tenth one sends twice."""
    visits = VisitFactory.create_batch(RATINGS, status=Status.SERVED)
    pages = [reverse("ratings:rate_questions", args=[visit.token]) for visit in visits]
    other = reverse("guestbook:ticket", args=[VisitFactory().token])
    with gunicorn() as port, ThreadPoolExecutor(CLIENTS) as clients, _asked(port, other) as milliseconds:
        began = time.monotonic()
        ends = Tally(
            end for many in clients.map(lambda one: _rate(port, began, *one), enumerate(pages)) for end in many
        )
        seconds = time.monotonic() - began
    return list(_figures(ends, seconds, sorted(milliseconds), {visit.pk for visit in visits}))


def _rate(port: int, began: float, place: int, page: str) -> list[str]:
    """When it is its turn, open the questions in a new browser and send the answers. Return how each sending ended."""
    time.sleep(max(0, began + place * MINUTE / RATINGS - time.monotonic()))
    _, answer = ask(port, "GET", page)
    cookie = answer.getheader("Set-Cookie").partition(";")[0]
    typed = urllib.parse.urlencode(ANSWERS | {"csrfmiddlewaretoken": cookie.partition("=")[2]})
    return [_sent(port, page, typed, cookie) for _ in range(2 if place % 10 == 0 else 1)]


def _sent(port: int, page: str, typed: str, cookie: str) -> str:
    words, answer = ask(port, "POST", page, typed, {"Cookie": cookie})
    if answer.status == http.client.FOUND:
        return "kept"
    return "refused in words" if CLOSED in words else f"status {answer.status}"


@contextmanager
def _asked(port: int, page: str) -> Iterator[list[float]]:
    """Ask for the page again and again beside the block. Yield the milliseconds of each request so far."""
    milliseconds: list[float] = []
    is_over = threading.Event()

    def ask_on() -> None:
        while not is_over.wait(0.05):
            began = time.monotonic()
            ask(port, "GET", page)
            milliseconds.append((time.monotonic() - began) * 1000)

    asking = threading.Thread(target=ask_on)
    asking.start()
    try:
        yield milliseconds
    finally:
        is_over.set()
        asking.join()


def _figures(ends: Tally[str], seconds: float, milliseconds: list[float], visits: set[int]) -> Iterator[Figure]:
    """Yield whether each visit has its one rating, how long all took, and what the other page waited."""
    job, way = f"{RATINGS:,} ratings by HTTP", f"gunicorn, {CLIENTS} clients"
    rated = Tally(Rating.objects.filter(visit__in=visits).values_list("visit", flat=True))
    told = ", ".join(f"{count:,} {end}" for end, count in sorted(ends.items()))
    are_kept = ends == {"kept": RATINGS, "refused in words": RATINGS // 10} and set(rated.values()) == {1}
    yield Figure(job, way, f"{told}; {len(rated):,} visits rated", holds=are_kept and len(rated) == RATINGS)
    yield Figure(job, way, f"{seconds:.0f} s (budget {BUDGET})", holds=seconds < BUDGET, depends_on_load=True)
    slow = milliseconds[int(len(milliseconds) * 0.95) - 1]
    words = f"95th percentile {slow:.0f} ms of {len(milliseconds)} requests (budget {PAGE_BUDGET})"
    yield Figure(job, "a ticket's page meanwhile", words, holds=slow < PAGE_BUDGET, depends_on_load=True)
