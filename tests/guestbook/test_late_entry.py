import uuid

import pytest
import time_machine
from django.utils import timezone

from guestbook import actions
from guestbook.models import Visit
from guestbook.periods import period_of
from guestbook.recaps import read_recap
from guestbook.reception import figures_on, queue_of
from guestbook.workflow import Move
from office.models import Service
from tests.factories import VisitFactory

NOON = "2026-11-23T04:00:00Z"  # 12.00 WITA
PAGE = "/loket/1/susulan/"


@pytest.fixture
def paper(office) -> dict:
    """Return the data on the paper slip."""
    service = Service.objects.get(prefix="K")
    typed = {"service": service.pk, "taken_at": "09.15", "name": "Sari Contoh"}
    return typed | {"form_token": str(uuid.uuid4()), "day": "2026-11-23"}


@time_machine.travel(NOON, tick=False)
def test_a_visit_on_paper_gets_the_next_number_and_is_marked(client_of, petugas, draw, paper):
    draw("K")

    answer = client_of(petugas).post(PAGE, paper | {"phone": "0812-0000-0009", "needs_priority": "on"}, follow=True)

    visit = Visit.objects.get(is_late_entry=True)
    assert visit.ticket == "K-002"
    assert f"{timezone.localtime(visit.taken_at):%Y-%m-%d %H.%M}" == "2026-11-23 09.15"
    assert (visit.visitor.phone, visit.priority) == ("+6281200000009", Visit.Priority.ASKED)
    assert visit.estimated_minutes is None
    assert "K-002 dicatat susulan" in answer.content.decode()
    event = visit.events.get()
    assert (event.move, event.by, event.note) == (Move.CHECK_IN, petugas, "Entri susulan dari kertas")


@time_machine.travel(NOON, tick=False)
def test_a_late_entry_waits_at_the_place_of_its_hour(client_of, petugas, counter, paper):
    now = timezone.now()
    early = VisitFactory(taken_at=now - timezone.timedelta(hours=3))
    late = VisitFactory(taken_at=now - timezone.timedelta(hours=2))

    client_of(petugas).post(PAGE, paper)

    line = queue_of(counter, timezone.localdate()).waiting
    assert [visit.ticket for visit in line] == [early.ticket, "K-001", late.ticket]
    assert "Susulan" in client_of(petugas).get("/loket/1/").content.decode()


@time_machine.travel(NOON, tick=False)
def test_the_wait_of_a_late_entry_counts_neither_in_the_console_nor_in_the_recap(client_of, petugas, counter, paper):
    client_of(petugas).post(PAGE, paper)

    actions.call(Visit.objects.get(), counter, by=petugas)

    figures = figures_on(timezone.localdate())
    whole = read_recap(period_of("2026-11")).whole
    assert (figures.median_wait, whole.visits, whole.waits.median, whole.waits.omitted) == (None, 1, None, 1)


@time_machine.travel(NOON, tick=False)
def test_a_double_click_enters_it_once(client_of, petugas, paper):
    for _ in range(2):
        client_of(petugas).post(PAGE, paper)

    assert Visit.objects.count() == 1


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"taken_at": "12:01"}, "Jam ini belum tiba."),
        ({"taken_at": "pagi"}, "Isi jam datang, contoh: 09.15."),
        ({"name": " "}, "Isi nama pengunjung."),
        ({"phone": "0812"}, "Nomor telepon belum lengkap"),
    ],
)
def test_missing_fields_of_the_slip_are_named(client_of, petugas, paper, typed, words):
    answer = client_of(petugas).post(PAGE, paper | typed)

    assert words in answer.content.decode()
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("day", ["2026-11-22", "", "kemarin"])
@time_machine.travel(NOON, tick=False)
def test_a_page_of_yesterday_enters_nothing_and_is_shown_again_for_today(client_of, petugas, paper, day):
    desk = client_of(petugas)

    answer = desk.post(PAGE, paper | {"day": day})
    typed = answer.context["form"]
    again = desk.post(PAGE, paper | {name: typed[name].value() for name in ("form_token", "day")})

    assert "Yang dicatat sekarang adalah kunjungan Senin, 23 November 2026" in answer.content.decode()
    assert typed["name"].value() == "Sari Contoh"
    assert again.status_code == 302
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("role", ["kepala", "admin_user"])
def test_only_the_officer_enters_a_visit(request, client_of, paper, role):
    assert client_of(request.getfixturevalue(role)).post(PAGE, paper).status_code == 403
    assert Visit.objects.count() == 0
