from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from guestbook import actions
from guestbook.estimate import estimate
from guestbook.models import Visit
from guestbook.reception import figures_on
from guestbook.workflow import Status
from office.models import Counter, Service
from tests.factories import VisitFactory
from tests.pages import page

MORNING = "2026-11-23T01:00:00Z"


@pytest.mark.parametrize(
    ("ahead", "busy", "counters", "lasted", "minutes"),
    [
        (0, 0, 1, [10, 10, 10], 0),  # a free counter
        (0, 1, 1, [10, 10, 10], 10),
        (0, 1, 2, [10, 10, 10], 0),
        (4, 2, 2, [10, 12, 300], 30),  # the median ignores one long service; 5 turns at 2 counters
        (1, 1, 1, [6, 6, 6], 15),  # 12, rounded up to the next five
        (9, 1, 1, [10, 10], None),  # too few services
        (9, 0, 0, [10, 10, 10], None),  # no counter is open
    ],
)
def test_the_estimate_is_turns_times_the_median_service(ahead, busy, counters, lasted, minutes):
    assert estimate(ahead=ahead, busy=busy, counters=counters, service_minutes=lasted) == minutes


@pytest.fixture
def served_today(office, counter, petugas):
    """Make three services of ten minutes at R today, one of an hour at K, and one of yesterday."""
    now = timezone.now()
    for minutes, facts in [
        (10, {}), (10, {}), (10, {}), (60, {"service": Service.objects.get(prefix="K")}),
        (60, {"day": timezone.localdate() - timedelta(days=1)}), (60, {"is_late_entry": True}),
    ]:  # fmt: skip
        VisitFactory(
            prefix="Z", status=Status.SERVED, counter=counter, officer=petugas, called_at=now,
            serving_at=now - timedelta(minutes=minutes), served_at=now, **facts,
        )  # fmt: skip
    Counter.objects.filter(number=2).update(is_open=False)


def test_the_estimate_is_stored_with_the_number(served_today, draw):
    first, second = draw(), draw()

    assert (first.estimated_minutes, second.estimated_minutes) == (0, 10)


def test_an_unknown_wait_is_not_shown(client, office, draw):
    visit = draw()

    assert visit.estimated_minutes is None
    for url in (f"/kios/tiket/{visit.token}/", f"/antrian/{visit.token}/"):
        assert "perkiraan" not in page(client, url, "nomor diambil")


def test_ticket_and_phone_show_the_estimate_as_an_estimate(client, office):
    visit = VisitFactory(estimated_minutes=25)

    ticket, phone = (
        client.get(url).content.decode() for url in (f"/kios/tiket/{visit.token}/", f"/antrian/{visit.token}/")
    )

    assert "<b>± 25 menit</b>perkiraan" in ticket
    assert "± 25 menit, perkiraan" in ticket  # on the paper
    assert "<b>± 25 menit</b>perkiraan" in phone


@pytest.mark.parametrize(
    ("estimated", "off", "words"), [(5, 7, "+7 menit"), (20, -8, "−8 menit"), (12, 0, "+0 menit"), (None, None, "")]
)
def test_each_number_keeps_by_how_much_its_estimate_was_off(client_of, petugas, counter, estimated, off, words):
    with time_machine.travel(MORNING, tick=False) as clock:
        visit = VisitFactory(taken_at=timezone.now(), estimated_minutes=estimated)
        clock.shift(12 * 60)
        visit = actions.call(visit, counter, by=petugas)
        console = page(client_of(petugas), "/loket/1/", "Riwayat dan catatan")
        figures = figures_on(timezone.localdate())

    assert (visit.estimate_off, visit.estimate_off_words, figures.estimate_off) == (off, words, off)
    assert ("Meleset, median" in console) == (off is not None)
    assert (f", meleset {words}" in console) == (off is not None)


def test_only_the_first_call_ends_the_estimated_wait(petugas, counter):
    with time_machine.travel(MORNING, tick=False) as clock:
        visit = VisitFactory(taken_at=timezone.now(), estimated_minutes=5)
        actions.call(visit, counter, by=petugas)
        clock.shift(30 * 60)
        actions.recall(visit, by=petugas)
        actions.requeue(visit, by=petugas)
        again = actions.call(visit, counter, by=petugas)

    assert again.estimate_off == -5


@pytest.mark.parametrize("facts", [{"is_late_entry": True}, {"status": Status.UNCLOSED}])
def test_late_entries_and_unclosed_visits_are_left_out_of_the_times(petugas, counter, facts):
    visit = actions.call(VisitFactory(estimated_minutes=5), counter, by=petugas)
    Visit.objects.filter(pk=visit.pk).update(**facts)

    figures = figures_on(timezone.localdate())

    assert (figures.median_wait, figures.estimate_off) == (None, None)
