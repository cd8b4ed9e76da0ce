import pytest

from guestbook import actions
from guestbook.models import Visit
from guestbook.reception import queue_of
from guestbook.workflow import Move, MoveNotAllowed, Status
from office.models import Counter, Service
from tests.factories import VisitFactory


@pytest.fixture
def second(office) -> Counter:
    return Counter.objects.get(number=2)


@pytest.fixture
def consultation(office) -> Service:
    return Service.objects.get(prefix="K")


def fresh(visit: Visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


def test_a_transferred_visitor_keeps_number_and_place(petugas, serving, consultation):
    later = VisitFactory(service=consultation)

    actions.transfer(serving, service=consultation, note="perlu data mikro", by=petugas)

    visit = fresh(serving)
    assert (visit.ticket, visit.service, visit.status) == ("R-001", consultation, Status.WAITING)
    assert list(Visit.objects.waiting()) == [visit, later]
    assert visit.transfer_note == "Dialihkan dari Loket 1: perlu data mikro"
    assert visit.serving_at is None


def test_the_transfer_is_an_event_that_tells_from_where_to_where(petugas, serving, consultation, second):
    actions.transfer(serving, service=consultation, counter=second, note="perlu data mikro", by=petugas)

    event = serving.events.get(move=Move.TRANSFER)
    assert event.by == petugas
    assert event.note == "Ke Konsultasi Statistik, Loket 2. Dialihkan dari Loket 1: perlu data mikro"


@pytest.mark.parametrize("state", ["waiting", "called", "serving"])
def test_any_visitor_not_yet_served_can_be_transferred(request, petugas, second, office, state):
    visit = VisitFactory() if state == "waiting" else request.getfixturevalue(state)

    actions.transfer(visit, counter=second, by=petugas)

    assert fresh(visit).status == Status.WAITING
    assert fresh(visit).reserved_for == second


@pytest.mark.parametrize("status", [Status.SERVED, Status.LEFT, Status.NO_SHOW, Status.UNCLOSED])
def test_a_visitor_who_has_gone_cannot_be_transferred(petugas, second, status):
    visit = VisitFactory(status=status)

    with pytest.raises(MoveNotAllowed):
        actions.transfer(visit, counter=second, by=petugas)


def test_a_visitor_reserved_for_one_counter_is_called_by_no_other(petugas, counter, second):
    visit = VisitFactory()
    actions.transfer(visit, counter=second, by=petugas)

    assert actions.call_next(counter, by=petugas) is None
    assert queue_of(counter, visit.day).waiting == []
    assert actions.call_next(second, by=petugas) == visit


def test_a_counter_calls_its_reserved_visitor_even_for_a_service_it_does_not_offer(petugas, second):
    visit = VisitFactory()
    second.services.remove(visit.service)
    actions.transfer(visit, counter=second, by=petugas)

    assert actions.call_next(second, by=petugas) == visit


def test_a_reservation_for_a_closed_counter_is_ignored(petugas, counter, second):
    visit = VisitFactory()
    actions.transfer(visit, counter=second, by=petugas)
    Counter.objects.filter(pk=second.pk).update(is_open=False)

    assert actions.call_next(counter, by=petugas) == visit


def test_the_officer_transfers_from_the_dialog_and_the_queue_shows_the_note(client_of, petugas, serving, consultation):
    desk = client_of(petugas)
    page = desk.get("/loket/1/").content.decode()
    assert 'data-key="a"' in page
    assert f'action="/loket/1/{serving.pk}/alihkan/"' in page

    answer = desk.post(
        f"/loket/1/{serving.pk}/alihkan/", {"service": consultation.pk, "note": "perlu <b>data</b>"}, follow=True
    )

    page = answer.content.decode()
    assert "R-001 dialihkan dan menunggu di tempatnya semula." in page
    assert "Dialihkan dari Loket 1: perlu &lt;b&gt;data&lt;/b&gt;" in page


def test_without_a_target_no_visitor_is_transferred(client_of, petugas, serving):
    answer = client_of(petugas).post(f"/loket/1/{serving.pk}/alihkan/", {"note": "x"}, follow=True)

    assert "Pilih layanan tujuan atau loket tujuan." in answer.content.decode()
    assert fresh(serving).status == Status.SERVING


def test_no_visitor_is_transferred_to_a_service_without_an_open_counter(client_of, petugas, serving, consultation):
    consultation.counters.clear()

    answer = client_of(petugas).post(f"/loket/1/{serving.pk}/alihkan/", {"service": consultation.pk}, follow=True)

    assert "Belum ada loket yang dibuka untuk Konsultasi Statistik." in answer.content.decode()
    assert fresh(serving).status == Status.SERVING


def test_a_counter_does_not_transfer_the_visitor_of_another(client_of, petugas, serving, second):
    answer = client_of(petugas).post(f"/loket/2/{serving.pk}/alihkan/", {"counter": second.pk}, follow=True)

    assert "R-001 tidak lagi di Loket 2." in answer.content.decode()
    assert fresh(serving).status == Status.SERVING


def test_a_waiting_visitor_is_called_out_of_order_with_a_reason(client_of, petugas, office):
    VisitFactory()
    visit = VisitFactory()
    desk = client_of(petugas)
    page = desk.get(f"/loket/1/{visit.pk}/").content.decode()
    assert f'action="/loket/1/{visit.pk}/panggil/"' in page

    desk.post(f"/loket/1/{visit.pk}/panggil/", {"reason": "mengejar kapal"})

    assert fresh(visit).status == Status.CALLED
    assert visit.events.get().note == "Loket 1, di luar urutan: mengejar kapal"


def test_without_a_reason_no_visitor_is_called_out_of_order(client_of, petugas, office):
    visit = VisitFactory()

    answer = client_of(petugas).post(f"/loket/1/{visit.pk}/panggil/", {"reason": " "}, follow=True)

    assert "Tulis alasan memanggil di luar urutan." in answer.content.decode()
    assert fresh(visit).status == Status.WAITING


def test_a_busy_counter_offers_no_call_out_of_order(client_of, petugas, serving):
    visit = VisitFactory()

    page = client_of(petugas).get(f"/loket/1/{visit.pk}/").content.decode()

    assert f"Selesaikan {serving} dahulu." in page
    assert f'action="/loket/1/{visit.pk}/panggil/"' not in page


def test_the_page_of_a_visitor_who_no_longer_waits_leads_back_to_the_counter(client_of, petugas, served):
    answer = client_of(petugas).get(f"/loket/1/{served.pk}/")

    assert answer["Location"] == "/loket/1/"
