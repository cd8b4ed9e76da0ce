import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guestbook import actions
from guestbook.calls import calls_on
from guestbook.models import CallPolicy, VisitEvent
from guestbook.reception import board_on
from office.models import Counter, Service
from tests.factories import UserFactory, VisitFactory, VisitorFactory
from tests.pages import page


@pytest.fixture
def second_counter(office) -> Counter:
    return Counter.objects.get(number=2)


def test_the_board_shows_numbers_and_counters_and_never_a_name(client, petugas, counter):
    for _ in range(2):
        actions.finish(actions.start(actions.call(_named(), counter, by=petugas), by=petugas), by=petugas)
    actions.call(_named(), counter, by=petugas)
    _named()

    pages = [client.get(address).content.decode() for address in ("/papan/", "/papan/keadaan/")]

    for shown in pages:
        assert "R-003" in shown
        assert "Loket 1" in shown
        for word in ("Rahasia", "+62", "0812-0000", "rahasia@", "Analis", "meminta"):
            assert word not in shown


def _named():
    facts = {
        "name": "Rahasia Contoh",
        "agency": "Dinas Rahasia",
        "position": "Analis",
        "email": "rahasia@contoh.example",
    }
    return VisitFactory(visitor=VisitorFactory(**facts), priority="asked")


def test_the_newest_call_is_the_hero_and_the_served_visits_are_below(petugas, counter, second_counter):
    dewi = UserFactory(name="Dewi Contoh")
    first = actions.start(actions.call(VisitFactory(), counter, by=petugas), by=petugas)
    second = actions.call(VisitFactory(), second_counter, by=dewi)
    VisitFactory()

    board = board_on(timezone.localdate())

    assert (board.hero, board.is_calling) == (second, True)
    assert board.serving == [first]
    assert board.former == [first]
    assert board.waiting == 1


def test_a_visitor_who_went_back_to_the_queue_is_not_shown_as_called(petugas, called):
    actions.requeue(called, by=petugas)

    board = board_on(timezone.localdate())

    assert board.waiting == 1
    assert board.hero is None
    assert board.former == []


def test_an_unchanged_board_is_answered_with_304_and_a_call_changes_it(morning, client, petugas, counter):
    visit = VisitFactory()
    etag = client.get("/papan/keadaan/")["ETag"]

    unchanged = client.get("/papan/keadaan/", headers={"if-none-match": etag})
    actions.call(visit, counter, by=petugas)
    changed = client.get("/papan/keadaan/", headers={"if-none-match": etag})

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert changed.status_code == 200


def test_calling_again_is_a_new_call_for_the_board(client, petugas, called):
    before = client.get("/papan/keadaan/").content.decode()

    actions.recall(called, by=petugas)

    after = client.get("/papan/keadaan/").content.decode()
    ids = [event.pk for event in called.events.filter(move__in=("call", "recall"))]
    assert [f'data-call="{pk}"' in before for pk in ids] == [True, False]
    assert [f'data-call="{pk}"' in after for pk in ids] == [True, True]


def test_the_empty_board_says_so(client, office):
    page = client.get("/papan/").content.decode()

    assert "Silakan tunggu panggilan" in page
    assert "<b>0 orang</b>" in page


def test_the_board_needs_the_same_queries_for_many_calls_as_for_few(client, petugas, counter):
    def serve(count: int) -> int:
        VisitFactory.create_batch(count)
        while visit := actions.call_next(counter, by=petugas):
            actions.finish(actions.start(visit, by=petugas), by=petugas)
        VisitFactory.create_batch(count)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/papan/keadaan/").status_code == 200
        return len(asked)

    assert serve(5) == serve(10)


def test_a_second_board_reuses_the_drawn_state(morning, client, called, django_assert_num_queries):
    first = page(client, "/papan/keadaan/", called.ticket)

    with django_assert_num_queries(3):  # the office, the version for the ETag, the version for the drawing
        assert page(client, "/papan/keadaan/", called.ticket) == first


def test_the_next_numbers_are_in_the_order_of_calling(client, petugas, counter, second_counter):
    CallPolicy.objects.update_or_create(pk=1, defaults={"ratio": 1, "cap": None})
    VisitFactory.create_batch(3)
    VisitFactory.create_batch(2, priority="elderly")
    announced = board_on(timezone.localdate()).coming

    called = [actions.call_next(place, by=petugas) for place in (counter, second_counter)]

    assert [visit.ticket for visit in announced] == ["R-004", "R-001", "R-005"]
    assert called == announced[:2]
    assert "lansia" not in page(client, "/papan/keadaan/", "R-004")


def test_every_open_counter_calls_its_own_next(petugas, counter, second_counter):
    counter.services.set(Service.objects.filter(prefix="K"))
    second_counter.services.set(Service.objects.filter(prefix="R"))
    VisitFactory.create_batch(2, service=Service.objects.get(prefix="K"), prefix="K")
    rekomendasi = VisitFactory(prefix="R")
    kept = VisitFactory(prefix="R", reserved_for=second_counter)

    both = board_on(timezone.localdate()).coming
    second_counter.is_open = False
    second_counter.save()
    one = board_on(timezone.localdate()).coming

    assert [visit.prefix for visit in both] == ["K", "R", "K"]
    assert rekomendasi in both
    assert kept not in one
    assert {visit.prefix for visit in one} == {"K"}


def test_an_empty_queue_has_no_next_number(client, office):
    assert board_on(timezone.localdate()).coming == []
    assert "<li>belum ada</li>" in client.get("/papan/keadaan/").content.decode()


def test_an_event_committed_late_with_a_lower_id_changes_the_board_too(morning, client, petugas, called):
    late = VisitEvent.objects.create(visit=called, move="recall", by=petugas, note="Loket 1")
    VisitEvent.objects.create(visit=called, move="recall", by=petugas, note="Loket 1")
    number = late.pk
    late.delete()
    etag = client.get("/papan/keadaan/")["ETag"]

    VisitEvent.objects.create(pk=number, visit=called, move="recall", by=petugas, note="Loket 1")

    assert client.get("/papan/keadaan/", headers={"if-none-match": etag}).status_code == 200


def test_a_call_keeps_the_counter_it_was_called_to(petugas, counter, second_counter, called):
    actions.miss(called, by=petugas)
    actions.call(called, second_counter, by=petugas)

    calls = calls_on(timezone.localdate())

    assert [(call.ticket, call.counter) for call in calls] == [("R-001", 1), ("R-001", 2)]
    assert calls[1].pieces == [
        "nomor-antrian",
        "huruf-r",
        "angka-0",
        "angka-0",
        "angka-1",
        "silakan-menuju-loket",
        "angka-2",
    ]
    assert calls[1].words == "Nomor antrian, er, nol, nol, satu. Silakan menuju loket dua"
