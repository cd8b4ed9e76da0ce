"""A request for changes is answered with few queries, and the answer reveals only what the client may know."""

from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from guestbook import actions
from guestbook.models import Visit
from guestbook.reception import board_on
from office.models import Counter
from tests.factories import UserFactory, VisitFactory


def asks(client: Client, address: str, etag: str) -> int:
    return client.get(address, headers={"if-none-match": etag}).status_code


def page(visit: Visit) -> str:
    return f"/antrian/{visit.token}/"


@pytest.fixture
def waiting(morning, office) -> Visit:
    """Return the last of three waiting visits."""
    return VisitFactory.create_batch(3)[-1]


def test_it_is_the_first_middleware():
    assert settings.MIDDLEWARE[0] == "guestbook.live.unchanged_first"


def test_an_unchanged_board_needs_one_query_for_events_and_one_for_the_office(
    morning, client, called, django_assert_num_queries
):
    etag = client.get("/papan/keadaan/")["ETag"]

    with django_assert_num_queries(2):
        assert asks(client, "/papan/keadaan/", etag) == 304


def test_an_unchanged_telephone_needs_one_query_for_events(client, waiting, django_assert_num_queries):
    etag = client.get(page(waiting))["ETag"]

    with django_assert_num_queries(1):
        assert asks(client, page(waiting), etag) == 304


def test_a_telephone_that_waits_learns_of_its_place_and_of_its_own_call(client, petugas, counter, waiting):
    moves = [
        lambda: actions.call_next(counter, by=petugas),  # one visitor less ahead
        lambda: actions.call(waiting, Counter.objects.get(number=2), by=UserFactory()),
        lambda: actions.recall(waiting, by=petugas),
        lambda: actions.start(waiting, by=petugas),
        lambda: actions.finish(waiting, by=petugas),
        lambda: actions.mark_rated(waiting),
    ]
    etag = client.get(page(waiting))["ETag"]

    for move in moves:
        assert asks(client, page(waiting), etag) == 304
        move()
        answer = client.get(page(waiting), headers={"if-none-match": etag})
        assert answer.status_code == 200
        etag = answer["ETag"]


def test_an_event_at_a_counter_does_not_redraw_waiting_telephones(client, petugas, counter, waiting):
    visit = actions.call_next(counter, by=petugas)
    etag = client.get(page(waiting))["ETag"]

    for act in (actions.recall, actions.start, actions.finish):
        act(visit, by=petugas)
        assert asks(client, page(waiting), etag) == 304


def test_the_other_process_gives_the_same_answer(client, petugas, counter, waiting):
    etags = {address: client.get(address)["ETag"] for address in ("/papan/keadaan/", page(waiting))}

    cache.clear()  # each process has its own cache

    assert [asks(client, address, etag) for address, etag in etags.items()] == [304, 304]


def test_an_etag_is_not_valid_for_another_address(client, waiting):
    etag = client.get(page(waiting))["ETag"]
    other = VisitFactory()

    assert asks(client, page(other), etag) == 200
    assert asks(client, "/papan/keadaan/", etag) == 200
    assert asks(client, "/antrian/karangan/", etag) == 404


def test_an_etag_does_not_reveal_the_number_of_visits(client, settings, waiting):
    etag = client.get(page(waiting))["ETag"]

    settings.SECRET_KEY = "another office's"

    other = client.get(page(waiting))
    assert other.status_code == 200
    assert other["ETag"] != etag


INSTANTS = {
    "07.30, when UTC still has yesterday": ("2026-11-22T23:30:00Z", date(2026, 11, 23)),
    "23.59": ("2026-11-23T15:59:30Z", date(2026, 11, 23)),
    "00.01": ("2026-11-23T16:01:00Z", date(2026, 11, 24)),
    "23.59 on 31 December": ("2026-12-31T15:59:30Z", date(2026, 12, 31)),
    "00.01 on 1 January": ("2026-12-31T16:01:00Z", date(2027, 1, 1)),
}


@pytest.mark.parametrize(("instant", "day"), INSTANTS.values(), ids=INSTANTS)
def test_number_board_queue_and_telephone_agree_on_the_office_s_day(
    client, client_of, petugas, counter, draw, instant, day
):
    with time_machine.travel(instant, tick=False):
        first, second = draw(), draw()
        actions.call(first, counter, by=petugas)
        queue = client_of(petugas).get("/loket/2/").context["queue"]
        board, telephone = board_on(timezone.localdate()), client.get(page(second)).content.decode()

    assert (first.day, first.ticket, second.ticket) == (day, "R-001", "R-002")
    assert (board.hero, board.coming) == (first, [second])
    assert queue.waiting == [second]
    assert "R-002: giliran berikutnya" in telephone


@pytest.mark.parametrize("night", ["2026-11-23T15:59:59Z", "2026-12-31T15:59:59Z"])
def test_at_midnight_the_calls_of_yesterday_vanish_without_any_move(client, petugas, counter, draw, night):
    with time_machine.travel(night, tick=False) as clock:
        called, waiting = draw(), draw()
        actions.call(called, counter, by=petugas)
        addresses = ["/papan/keadaan/", page(called), page(waiting)]
        etags = [client.get(address)["ETag"] for address in addresses]
        clock.shift(timedelta(seconds=1))

        board, *telephones = [
            client.get(address, headers={"if-none-match": etag}).content.decode()
            for address, etag in zip(addresses, etags, strict=True)
        ]
        new = draw()

    assert "R-00" not in board
    assert "Silakan tunggu panggilan" in board
    assert ["Nomor ini hanya berlaku pada hari itu." in telephone for telephone in telephones] == [True, True]
    assert new.ticket == "R-001"
