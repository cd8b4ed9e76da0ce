import os
import subprocess
import sys
from datetime import date
from importlib import import_module
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from guestbook import actions
from guestbook.models import Visit, VisitEvent
from guestbook.periods import Period
from guestbook.recaps import read_recap
from guestbook.workflow import Move, Status
from office.models import Service
from tests.factories import VisitFactory

OPEN = [Status.WAITING, Status.CALLED, Status.SERVING]
NIGHTLY = settings.CELERY_BEAT_SCHEDULE["close-day"]["args"]
NIGHT, AFTER_MIDNIGHT = "2026-11-23T15:50:00Z", "2026-11-23T16:01:00Z"  # 23.50 and 00.01 WITA


def closing(*options: str) -> str:
    said = StringIO()
    call_command("close_day", *options, stdout=said)
    return said.getvalue()


def visit_on(day: date, status: Status = Status.WAITING, **facts) -> Visit:
    return VisitFactory(day=day, status=status, **facts)


def status_of(visit: Visit) -> str:
    return Visit.objects.get(pk=visit.pk).status


@pytest.mark.parametrize("status", OPEN)
def test_a_visit_forgotten_yesterday_is_closed_with_an_event(petugas, counter, status):
    visit = visit_on(date(2026, 11, 23), status, counter=counter, officer=petugas)

    with time_machine.travel("2026-11-24T02:00:00Z", tick=False):
        closing()

    event = visit.events.get()
    assert status_of(visit) == Status.UNCLOSED
    assert (event.move, event.who) == (Move.CLOSE_DAY, "sistem")
    assert event.note == f"Sebelumnya: {status.label.lower()}"


@pytest.mark.parametrize("status", [Status.SERVED, Status.LEFT, Status.NO_SHOW, Status.UNCLOSED])
def test_an_ended_visit_is_not_changed(office, status):
    visit = visit_on(date(2020, 1, 2), status)

    closing("--today")

    assert status_of(visit) == status
    assert VisitEvent.objects.count() == 0


def test_a_missed_visit_stays_missed_in_the_recap_of_its_day(petugas, counter):
    day = date(2026, 11, 23)
    with time_machine.travel("2026-11-23T02:00:00Z"):
        missed = actions.miss(actions.call(VisitFactory(), counter, by=petugas), by=petugas)

    with time_machine.travel(NIGHT):
        closing(*NIGHTLY[1:])

    whole = read_recap(Period(2026, 11, 1)).whole
    assert (missed.day, status_of(missed)) == (day, Status.NO_SHOW)
    assert (whole.visits, whole.missed, whole.open) == (1, 1, 0)


def test_a_missed_visitor_of_a_past_day_is_not_put_back_but_the_service_can_be_corrected(petugas, counter):
    visit = visit_on(date(2020, 1, 2), Status.NO_SHOW, counter=counter, officer=petugas)
    other = Service.objects.get(prefix="K")

    with pytest.raises(actions.DayIsOver, match="sudah lewat"):
        actions.requeue(visit, by=petugas)
    actions.correct_visit(visit, changes={"service": str(other.pk)}, reason="Salah layanan", by=petugas)

    assert status_of(visit) == Status.NO_SHOW
    assert Visit.objects.get(pk=visit.pk).service == other


def test_visits_that_an_earlier_closing_took_from_missed_are_missed_again(office):
    restore_missed = import_module("guestbook.migrations.0006_missed_stays_missed").restore_missed
    missed, waited = (visit_on(date(2020, 1, 2), Status.UNCLOSED) for _ in range(2))
    for visit, label in ((missed, "tidak hadir"), (waited, "menunggu")):
        VisitEvent.objects.create(visit=visit, move=Move.CLOSE_DAY, note=f"Sebelumnya: {label}")

    restore_missed(apps, None)

    assert (status_of(missed), status_of(waited)) == (Status.NO_SHOW, Status.UNCLOSED)


def test_run_twice_it_closes_once(office):
    visit = visit_on(date(2020, 1, 2))

    said = [closing(), closing()]

    assert [words.split()[0] for words in said] == ["1", "0"]
    assert visit.events.count() == 1


def test_today_is_left_alone_unless_asked_for(office):
    visit = VisitFactory()

    closing()
    before = status_of(visit)
    closing("--today")

    assert (before, status_of(visit)) == (Status.WAITING, Status.UNCLOSED)


@pytest.mark.parametrize(
    ("taken", "run", "is_closed"),
    [
        (date(2026, 11, 23), NIGHT, True),
        (date(2026, 11, 23), "2026-11-23T15:59:00Z", True),  # 23.59 WITA
        (date(2026, 11, 23), AFTER_MIDNIGHT, True),  # the clock is late: the visit is now yesterday's
        (date(2026, 11, 24), AFTER_MIDNIGHT, False),  # drawn at 00.00 WITA: the new day
        (date(2026, 11, 24), "2026-11-24T00:30:00Z", False),  # 08.30 WITA: the machine was off at night
        (date(2026, 11, 21), "2026-11-24T00:30:00Z", True),  # no visitor came over the weekend
        (date(2026, 12, 31), "2026-12-31T15:50:00Z", True),
        (date(2027, 1, 1), "2026-12-31T16:01:00Z", False),
        (date(2026, 12, 31), "2026-12-31T16:01:00Z", True),
    ],
)
def test_the_clock_closes_the_office_s_day_and_never_a_morning(office, taken, run, is_closed):
    visit = visit_on(taken)

    with time_machine.travel(run, tick=False):
        closing(*NIGHTLY[1:])

    assert (status_of(visit) == Status.UNCLOSED) == is_closed


def test_a_counter_with_a_forgotten_visitor_is_free_the_next_morning(petugas, counter):
    visit_on(date(2020, 1, 2), Status.SERVING, counter=counter, officer=petugas)
    today = VisitFactory()

    closing()

    assert actions.call_next(counter, by=petugas) == today


def test_many_are_closed_with_few_statements(office, django_assert_max_num_queries):
    day = date(2020, 1, 2)
    first = visit_on(day)
    facts = {"day": day, "prefix": "R", "service": first.service, "visitor": first.visitor}
    Visit.objects.bulk_create(Visit(number=number, **facts) for number in range(2, 1202))

    with django_assert_max_num_queries(20):
        closing()

    assert Visit.objects.filter(status=Status.UNCLOSED).count() == VisitEvent.objects.count() == 1201


def test_the_visitor_s_page_says_that_the_number_is_not_valid_any_more(client, office):
    visit = VisitFactory()
    closing("--today")

    page = client.get(f"/antrian/{visit.token}/").content.decode()

    assert "Nomor ini hanya berlaku pada hari itu." in page


def test_a_wrong_time_of_day_is_refused(office):
    with pytest.raises(CommandError, match="no time of day"):
        closing("--today-after", "25.00")


def test_beat_counts_in_the_office_s_time_also_on_a_machine_in_utc():
    ask = "from pst_desk.celery import app; print(app.timezone, app.conf.beat_schedule['close-day']['schedule'])"
    environment = os.environ | {"TZ": "UTC", "DJANGO_SETTINGS_MODULE": "tests.settings"}

    done = subprocess.run(
        [sys.executable, "-c", ask], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("Asia/Makassar <crontab: 50 23 * * *")
