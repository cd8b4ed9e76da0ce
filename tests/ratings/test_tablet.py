"""The tablet at a counter asks only the visitor whom the counter has just served."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guestbook import actions as guestbook
from guestbook.models import Visit
from office import device_actions
from office.models import Counter, Device, Office, User
from ratings.models import Rating
from tests.factories import VisitFactory
from tests.pages import page
from tests.ratings.test_rate import ANSWERS

WAITS = "Setelah layanan Anda di Loket 1 selesai"
NOBODY = "Suara Anda memperbaiki layanan kami"
NOWHERE = "Tablet ini belum berdiri di sebuah loket"
COMPLAINT = ANSWERS | {"has_complaint": "ya", "complaint": "Antrian panjang."}


@pytest.fixture
def tablet(office, counter: Counter) -> Client:
    """Return the browser of the tablet at counter 1."""
    Office.objects.update(devices_required=True)
    return browser_of(Device.objects.create(kind="tablet", name="di loket 1", counter=counter))


def browser_of(device: Device) -> Client:
    browser = Client()
    assert browser.post("/pasang/", {"code": device_actions.make_code(device, by=None)})["Location"] == "/nilai/"
    return browser


@pytest.fixture
def serve(petugas: User, counter: Counter):
    """Return `serve`: `serve()` calls and serves a visitor at counter 1."""

    def served(at: Counter = counter, **facts) -> Visit:
        visit = guestbook.call(VisitFactory(**facts), at, by=petugas)
        return guestbook.finish(guestbook.start(visit, by=petugas), by=petugas)

    return served


def shown(tablet: Client) -> str:
    """Return the number that the tablet offers to rate; empty while the tablet waits."""
    part = page(tablet, "/nilai/keadaan/", '<div class="offer"')
    assert part.strip() in page(tablet, "/nilai/", "<title>Penilaian layanan")
    found = re.search(r'<p class="number">(.+)</p>', part)
    assert bool(found) != (NOBODY in part or NOWHERE in part)
    return found[1] if found else ""


def test_the_tablet_waits_until_its_counter_has_served_a_visitor(tablet, serve):
    VisitFactory()
    assert WAITS in tablet.get("/nilai/").content.decode()

    visit = serve()

    offer = page(tablet, "/nilai/", "Terima kasih, silakan nilai layanan kami")
    assert shown(tablet) == visit.ticket
    assert f'href="/nilai/{visit.token}/"' in offer
    assert "no-store" in tablet.get("/nilai/")["Cache-Control"]


def test_it_shows_no_name(tablet, serve, petugas):
    visit = serve()

    offer = page(tablet, "/nilai/", visit.ticket)

    for private in (visit.visitor.name, visit.visitor.phone, "budi@", "Dinas Contoh", petugas.name):
        assert private not in offer


def test_a_visitor_served_at_another_counter_is_not_asked_here(tablet, serve):
    second = Counter.objects.get(number=2)
    there = browser_of(Device.objects.create(kind="tablet", name="di loket 2", counter=second))

    visit = serve(second)

    assert shown(tablet) == ""
    assert shown(there) == visit.ticket


def test_a_visitor_who_has_rated_is_not_asked_again(tablet, serve):
    visit = serve()
    tablet.post(f"/nilai/{visit.token}/pertanyaan/", ANSWERS)

    assert shown(tablet) == ""
    assert (Rating.objects.get().visit, Rating.objects.get().source) == (visit, "tablet")


def test_the_last_visitor_is_asked_until_the_service_of_the_next_begins(tablet, serve, petugas, counter):
    first = serve()

    second = guestbook.call(VisitFactory(), counter, by=petugas)
    assert shown(tablet) == first.ticket
    guestbook.start(second, by=petugas)
    assert shown(tablet) == ""
    guestbook.finish(second, by=petugas)

    assert shown(tablet) == second.ticket


def test_after_a_quarter_of_an_hour_the_visitor_is_not_asked_any_more(tablet, serve):
    visit = serve()

    assert shown(tablet) == visit.ticket
    with time_machine.travel(visit.served_at + timedelta(minutes=15, seconds=1)):
        assert shown(tablet) == ""


def test_a_visitor_of_yesterday_is_not_asked(tablet, serve):
    visit = serve()
    assert shown(tablet) == visit.ticket

    Visit.objects.filter(pk=visit.pk).update(day=timezone.localdate() - timedelta(days=1))

    assert shown(tablet) == ""


def test_a_tablet_without_a_counter_asks_no_visitor(tablet, serve):
    serve()
    nowhere = browser_of(Device.objects.create(kind="tablet", name="di gudang"))

    assert shown(nowhere) == ""
    assert "belum berdiri di sebuah loket" in nowhere.get("/nilai/").content.decode()


@pytest.mark.parametrize("required", [True, False])
def test_without_a_paired_tablet_nothing_is_shown(client, tablet, serve, required):
    visit = serve()
    Office.objects.update(devices_required=required)

    for url in ("/nilai/", "/nilai/keadaan/"):
        words = client.get(url).content.decode()

        assert ("Mesin ini belum dipasangkan" if required else NOWHERE) in words
        assert visit.ticket not in words
        assert visit.token not in words
    assert shown(tablet) == visit.ticket


def test_the_admin_moves_a_tablet_to_another_counter(client_of, admin_user, tablet, serve):
    visit = serve(Counter.objects.get(number=2))
    device = Device.objects.get()

    client_of(admin_user).post(
        f"/kantor/office/device/{device.pk}/change/",
        {"kind": "tablet", "name": device.name, "idle_seconds": 60, "counter": Counter.objects.get(number=2).pk},
    )

    assert shown(tablet) == visit.ticket


def test_a_tablet_whose_counter_was_removed_asks_no_visitor(tablet):
    Counter.objects.create(number=9)
    Device.objects.update(counter=Counter.objects.get(number=9))
    Counter.objects.filter(number=9).delete()

    assert "belum berdiri di sebuah loket" in tablet.get("/nilai/").content.decode()


def test_an_unchanged_tablet_is_answered_with_304(tablet, serve, django_assert_max_num_queries):
    serve()
    etag = tablet.get("/nilai/keadaan/")["ETag"]

    with django_assert_max_num_queries(3):  # the device, its counter, the visit served there
        same = tablet.get("/nilai/keadaan/", headers={"if-none-match": etag})
    serve()
    other = tablet.get("/nilai/keadaan/", headers={"if-none-match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200


def test_on_the_tablet_every_page_leads_back_to_standby_by_itself(tablet, serve):
    quiet, loud = serve(), serve()

    faces = tablet.get(f"/nilai/{quiet.token}/").content.decode()
    form = tablet.get(f"/nilai/{quiet.token}/pertanyaan/").content.decode()
    thanks = tablet.post(f"/nilai/{quiet.token}/pertanyaan/", ANSWERS, follow=True).content.decode()
    with_code = tablet.post(f"/nilai/{loud.token}/pertanyaan/", COMPLAINT, follow=True).content.decode()
    closed = tablet.get(f"/nilai/{quiet.token}/").content.decode()

    assert [re.search(r'data-idle="(\d+)"', page)[1] for page in (faces, form, thanks, with_code, closed)] == [
        "90",
        "90",
        "15",
        "60",
        "15",
    ]
    for words in (faces, form, thanks, with_code, closed):
        assert 'data-standby="/nilai/"' in words
        assert "/antrian/" not in words


def test_on_a_telephone_no_page_goes_away_by_itself(client, serve):
    visit = serve()

    form = page(client, f"/nilai/{visit.token}/", "Bagaimana layanan kami?")
    thanks = client.post(f"/nilai/{visit.token}/pertanyaan/", ANSWERS, follow=True).content.decode()

    for words in (form, thanks):
        assert "data-idle" not in words
        assert "tablet.js" not in words
    assert f'href="/antrian/{visit.token}/"' in thanks
