"""Bad input and accidents at the reception: script in every field, a counter that closes while it serves."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from guestbook import actions
from guestbook.models import Visit
from guestbook.workflow import Status
from office.models import Counter, Office, Service, User
from tests.factories import VisitFactory

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.fixture
def desk(client_of: Callable[[User], Client], petugas: User) -> Client:
    return client_of(petugas)


def words_of(client: Client, *pages: str) -> str:
    answers = [client.get(page) for page in pages]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(answer.content.decode() for answer in answers)


def is_only_text(words: str) -> bool:
    """Return whether the script is shown as text, so that a browser does not run it."""
    return SHOWN in words and "<script>alert" not in words and "<img src=x" not in words


# script in every text field


def test_script_in_the_note_of_a_visit_is_only_text(desk, serving):
    said = desk.post(f"/loket/1/{serving.pk}/catatan/", {"note": SCRIPT}, headers={"hx-request": "true"})

    assert said.status_code == 200
    assert "<script>alert" not in said.content.decode()
    assert is_only_text(words_of(desk, "/loket/1/"))


def test_script_in_an_old_note_is_only_text_in_the_history(desk, petugas, counter, served):
    actions.write_note(served, note=SCRIPT)
    actions.call(VisitFactory(visitor=served.visitor), counter, by=petugas)

    assert is_only_text(words_of(desk, "/loket/1/"))


def test_script_in_a_message_of_a_transfer_is_only_text(desk, serving):
    target = Service.objects.get(prefix="K")
    desk.post(f"/loket/1/{serving.pk}/alihkan/", {"service": target.pk, "note": SCRIPT})

    pages = ("/loket/1/", "/loket/1/antrian/", f"/loket/1/{serving.pk}/")
    assert all(is_only_text(words_of(desk, page)) for page in pages)


def test_script_in_the_reason_of_a_call_out_of_order_is_only_text(desk, client, office):
    visit = VisitFactory()
    desk.post(f"/loket/1/{visit.pk}/panggil/", {"reason": SCRIPT})
    visit.refresh_from_db()
    assert visit.status == Status.CALLED

    words = words_of(desk, "/loket/1/") + words_of(client, "/papan/", "/papan/keadaan/", f"/antrian/{visit.token}/")

    assert "<script>alert" not in words
    assert SCRIPT in visit.events.last().note


def test_script_in_a_late_entry_is_only_text(desk, petugas, counter):
    typed = {"service": Service.objects.get(prefix="K").pk, "taken_at": "00.00", "email": "budi@contoh.example"}
    typed |= {"day": timezone.localdate().isoformat(), "name": SCRIPT, "agency": SCRIPT, "position": SCRIPT}

    refused = desk.post("/loket/1/susulan/", typed).content.decode()  # without the form token
    typed |= {"form_token": "6f9a1f0e-0000-4000-8000-000000000001", "day": timezone.localdate().isoformat()}
    desk.post("/loket/1/susulan/", typed)
    actions.call_next(counter, by=petugas)

    assert is_only_text(refused)
    assert is_only_text(words_of(desk, "/loket/1/"))
    assert Visit.objects.get().visitor.name == SCRIPT


def test_script_in_the_office_s_own_words_is_only_text_on_the_board_and_at_the_kiosk(client, office):
    Office.objects.update(running_text=SCRIPT, name=SCRIPT[:100])
    Service.objects.filter(prefix="R").update(name=SCRIPT[:80], hint=SCRIPT)
    visit = VisitFactory()

    for page in ("/papan/", "/kios/", "/kios/layanan/", "/kios/layanan/R/", f"/kios/tiket/{visit.token}/"):
        assert is_only_text(words_of(client, page))


# a counter that the admin closes while it serves


@pytest.fixture
def closed(serving: Visit, counter: Counter) -> Counter:
    Counter.objects.filter(pk=counter.pk).update(is_open=False)
    return counter


def test_a_counter_that_closes_can_finish_its_visitor(desk, closed, serving):
    desk.post(f"/loket/1/{serving.pk}/selesai/")

    serving.refresh_from_db()
    assert (serving.status, serving.counter) == (Status.SERVED, closed)


def test_a_closed_counter_is_not_offered_and_cannot_call(desk, closed, serving):
    waiting, missed = VisitFactory(), VisitFactory(status=Status.NO_SHOW, times_called=1, called_at=serving.called_at)
    desk.post(f"/loket/1/{serving.pk}/selesai/")

    said = [
        desk.post("/loket/1/panggil-berikutnya/", follow=True),
        desk.post(f"/loket/1/{waiting.pk}/panggil/", {"reason": "Mengejar kapal"}, follow=True),
        desk.post(f"/loket/1/{missed.pk}/panggil/", follow=True),
    ]

    for answer in said:
        assert "Loket 1 sudah ditutup. Pilih loket lain untuk memanggil." in answer.content.decode()
        assert "Loket 1 sudah ditutup admin." in answer.content.decode()
        assert 'formaction="/loket/1/panggil-berikutnya/"' not in answer.content.decode()
    assert Visit.objects.active().count() == 0
    counters = words_of(desk, "/loket/")
    assert 'href="/loket/2/"' in counters
    assert 'href="/loket/1/"' not in counters


def test_a_visitor_reserved_for_a_counter_that_closes_is_called_by_the_others(petugas, closed):
    visit = VisitFactory(reserved_for=closed)

    assert actions.call_next(Counter.objects.get(number=2), by=petugas) == visit


def test_a_visitor_can_be_transferred_from_a_closed_counter_but_not_to_it(desk, closed, serving):
    answer = desk.post(f"/loket/1/{serving.pk}/alihkan/", {"counter": closed.pk}, follow=True)
    assert Visit.objects.get(pk=serving.pk).status == Status.SERVING
    assert answer.status_code == 200

    desk.post(f"/loket/1/{serving.pk}/alihkan/", {"counter": Counter.objects.get(number=2).pk})

    assert Visit.objects.get(pk=serving.pk).status == Status.WAITING
