from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from guestbook import actions
from guestbook.models import CallPolicy, Visit, VisitEvent
from guestbook.order import Numbers
from guestbook.reception import queue_of
from guestbook.replay import arrivals_on, desks_on, replay
from guestbook.workflow import Move, Status
from office.models import Counter, Service
from tests.factories import VisitFactory

ELDERLY = Visit.Priority.ELDERLY


def called_in_turn(counter: Counter, petugas) -> list[int]:
    """Call and serve all waiting visitors. Return their numbers in the order of calling."""
    numbers = []
    while visit := actions.call_next(counter, by=petugas):
        numbers.append(visit.number)
        actions.finish(actions.start(visit, by=petugas), by=petugas)
    return numbers


def test_the_counter_calls_by_the_office_s_policy(petugas, counter):
    CallPolicy.objects.update_or_create(pk=1, defaults={"ratio": 2, "cap": None})
    VisitFactory.create_batch(2)
    VisitFactory.create_batch(5, priority=ELDERLY)
    shown = [visit.number for visit in queue_of(counter, timezone.localdate()).waiting]

    assert called_in_turn(counter, petugas) == shown == [3, 4, 1, 5, 6, 2, 7]


def test_the_console_shows_the_visitor_whom_the_counter_will_call(petugas, counter):
    CallPolicy.objects.update_or_create(pk=1, defaults={"ratio": 1, "cap": None})
    VisitFactory.create_batch(2)
    VisitFactory.create_batch(2, priority=ELDERLY)

    for _ in range(4):
        announced = queue_of(counter, timezone.localdate()).waiting[0]
        visit = actions.call_next(counter, by=petugas)
        actions.miss(visit, by=petugas)
        assert visit == announced


def test_a_visitor_who_waited_over_the_cap_is_called_before_priority(petugas, counter):
    CallPolicy.objects.update_or_create(pk=1, defaults={"ratio": None, "cap": 30})
    VisitFactory(priority=ELDERLY)
    patient = VisitFactory(taken_at=timezone.now() - timedelta(minutes=31))

    assert actions.call_next(counter, by=petugas) == patient


def test_calls_for_other_services_do_not_count(petugas, counter):
    CallPolicy.objects.update_or_create(pk=1, defaults={"ratio": 1, "cap": None})
    elsewhere = Service.objects.get(prefix="J")
    other = Counter.objects.get(number=2)
    other.services.set([elsewhere])
    counter.services.remove(elsewhere)
    actions.call(VisitFactory(service=elsewhere, priority=ELDERLY), other, by=petugas)
    VisitFactory()
    hurried = VisitFactory(priority=ELDERLY)

    assert actions.call_next(counter, by=petugas) == hurried


def test_only_the_admin_changes_the_policy(client_of, admin_user, petugas):
    page = "/kantor/guestbook/callpolicy/1/change/"

    client_of(admin_user).post(page, {"ratio": "2", "cap": ""})

    policy = CallPolicy.objects.get()
    assert (policy.ratio, policy.cap) == (2, None)
    assert client_of(petugas).get(page).status_code == 302
    assert client_of(admin_user).post("/kantor/guestbook/callpolicy/1/delete/", {"post": "yes"}).status_code == 403


DAY = date(2026, 11, 20)


@pytest.fixture
def past_day(petugas, counter):
    """Make a day of one counter from 08.00 WITA: one ordinary visitor, then two with priority, ten minutes each."""
    opened = timezone.make_aware(timezone.datetime(2026, 11, 20, 8, 0))
    for place, priority in enumerate(["", "", ELDERLY, ELDERLY]):
        called_at = opened + timedelta(minutes=10 * place)
        visit = VisitFactory(
            day=DAY, status=Status.SERVED, counter=counter, officer=petugas, priority=priority, times_called=1,
            taken_at=opened + timedelta(milliseconds=place), called_at=called_at, serving_at=called_at,
            served_at=called_at + timedelta(minutes=10),
        )  # fmt: skip
        VisitEvent.objects.create(visit=visit, move=Move.CALL, at=called_at)
    VisitFactory(day=DAY, status=Status.UNCLOSED)


def minutes_of(waits: dict) -> list[int]:
    return [round(waits[pk] / timedelta(minutes=1)) for pk in sorted(waits)]


@pytest.mark.parametrize(
    ("policy", "waits"),
    [(Numbers(None, None), [0, 30, 10, 20]), (Numbers(1, None), [0, 20, 10, 30]), (Numbers(None, 9), [0, 10, 20, 30])],
)
def test_a_past_day_is_replayed_under_another_policy(past_day, policy, waits):
    assert minutes_of(replay(arrivals_on(DAY), desks_on(DAY), policy)) == waits


def test_the_command_prints_both_beside_each_other(past_day):
    said = StringIO()

    call_command("replay_policy", "2026-11-20", "--ratio", "0", "--cap", "0", stdout=said)

    lines = [line.split() for line in said.getvalue().splitlines()]
    assert lines[0][:3] == ["20/11/2026:", "4", "dilayani;"]
    assert lines[3:] == [
        ["didahulukan,", "terjadi", "2", "25.0", "30.0", "30.0"],
        ["didahulukan,", "kebijakan", "2", "15.0", "20.0", "20.0"],
        ["biasa,", "terjadi", "2", "5.0", "10.0", "10.0"],
        ["biasa,", "kebijakan", "2", "15.0", "30.0", "30.0"],
    ]


def test_a_day_without_visitors_is_refused(office):
    with pytest.raises(CommandError, match="No visitor was served"):
        call_command("replay_policy", "2020-01-01")
