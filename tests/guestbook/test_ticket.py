import re
from datetime import timedelta

import pytest
from django.utils import timezone

from guestbook import actions
from guestbook.models import Visit
from guestbook.workflow import Status
from tests.factories import VisitFactory
from tests.pages import page


def page_of(client, visit: Visit) -> str:
    return client.get(f"/antrian/{visit.token}/").content.decode()


def title_of(page: str) -> str:
    return page.partition("<title>")[2].partition(" - ")[0]


def test_a_waiting_visitor_sees_the_people_ahead(client, office):
    VisitFactory.create_batch(2)

    page = page_of(client, VisitFactory())

    assert title_of(page) == "R-003: 2 orang lagi"
    assert '<ol class="queue" aria-label="2 orang di depan Anda">' in page
    assert "Saya batal menunggu" in page


def test_the_next_visitor_sees_that_it_is_their_turn_next(client, office):
    assert title_of(page_of(client, VisitFactory())) == "R-001: giliran berikutnya"


def test_a_called_visitor_sees_a_green_page_with_the_counter(client, called):
    page = page_of(client, called)

    assert title_of(page) == "R-001 dipanggil: Loket 1"
    assert '<body class="page called">' in page
    assert 'role="alert"' in page
    assert "batal menunggu" not in page


def test_a_visitor_being_served_sees_the_counter(client, serving):
    page = page_of(client, serving)

    assert title_of(page) == "R-001 dilayani: Loket 1"
    assert '<body class="page">' in page


def test_a_served_visitor_gets_the_link_to_the_rating(client, served):
    page = page_of(client, served)

    assert title_of(page) == "R-001 selesai"
    assert f'href="/nilai/{served.token}/"' in page


def test_a_visitor_who_has_rated_is_thanked_and_not_asked_again(client, served):
    actions.mark_rated(served)

    page = page_of(client, served)

    assert "Penilaian Anda sudah kami terima." in page
    assert f"/nilai/{served.token}/" not in page


def test_a_signed_in_colleague_does_not_see_whether_the_visitor_rated(client_of, served, petugas, kepala):
    """The console has the token of the last visitor: its page must not answer who rated, in words, state or ETag."""
    url = f"/antrian/{served.token}/"
    desks = [client_of(petugas), client_of(kepala)]
    before = [(shown(page(desk, url, "Layanan selesai")), desk.get(url).get("ETag")) for desk in desks]

    actions.mark_rated(served)

    assert [(shown(page(desk, url, "Layanan selesai")), desk.get(url).get("ETag")) for desk in desks] == before
    assert "Penilaian hanya untuk pengunjung" in before[0][0]
    assert f"/nilai/{served.token}/" not in before[0][0]


def shown(text: str) -> str:
    """Return a page without the time at which it was made and without the secrets of the form."""
    return re.sub(r"data-zone=\"[^\"]*\">[0-9.]*|nonce-[^'\"]*|csrf[^>]*>", "", text)


def test_a_visitor_who_missed_the_call_is_sent_to_the_officer(client, petugas, called):
    actions.miss(called, by=petugas)

    page = page_of(client, called)

    assert title_of(page) == "R-001 terlewat"
    assert "Silakan datangi petugas di Loket 1." in page


def test_a_visitor_can_leave_the_queue(client, office):
    visit = VisitFactory()

    answer = client.post(f"/antrian/{visit.token}/batal/", follow=True)

    visit.refresh_from_db()
    assert visit.status == Status.LEFT
    assert "Anda sudah batal menunggu." in answer.content.decode()
    assert visit.events.get().who == "pengunjung"


def test_leaving_twice_says_that_it_is_done(client, office):
    visit = VisitFactory()
    client.post(f"/antrian/{visit.token}/batal/")

    answer = client.post(f"/antrian/{visit.token}/batal/", follow=True)

    assert "tidak dapat dilakukan lagi" in answer.content.decode()
    assert visit.events.count() == 1


def test_a_link_alone_does_not_leave_the_queue(client, office):
    visit = VisitFactory()

    assert client.get(f"/antrian/{visit.token}/batal/").status_code == 405
    visit.refresh_from_db()
    assert visit.status == Status.WAITING


@pytest.mark.parametrize("status", list(Status))
def test_no_state_of_the_page_tells_who_it_is(client, petugas, counter, status):
    visit = VisitFactory(
        status=status, counter=counter, officer=petugas, times_called=1,
        called_at=timezone.now(), serving_at=timezone.now(), served_at=timezone.now(),
    )  # fmt: skip

    shown = page(client, f"/antrian/{visit.token}/", visit.ticket)

    for word in (*private_words(visit), petugas.name):
        assert word not in shown


def private_words(visit: Visit) -> tuple[str, ...]:
    return visit.visitor.name, "Dinas Contoh", "budi@", "+6281200000001", "0812-0000-0001"


def test_the_officer_at_the_counter_sees_who_it_is(client_of, petugas, called):
    console = page(client_of(petugas), "/loket/1/", "Riwayat dan catatan")

    for word in private_words(called):
        assert word in console


def test_a_number_of_yesterday_is_not_valid_today(client, office):
    visit = VisitFactory(day=timezone.localdate() - timedelta(days=1))

    page = page_of(client, visit)

    assert "Nomor ini hanya berlaku pada hari itu." in page
    assert "Saya batal menunggu" not in page


def test_the_page_is_never_stored_and_its_state_changes_with_each_call(client, petugas, called):
    first = client.get(f"/antrian/{called.token}/")
    actions.recall(called, by=petugas)
    second = client.get(f"/antrian/{called.token}/")

    assert "no-store" in first["Cache-Control"]
    assert first.context["state"] != second.context["state"]
