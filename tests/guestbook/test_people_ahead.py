"""Ticket, telephone and estimate use the same order in which the counters call."""

import random
from collections import deque
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guestbook import actions
from guestbook.models import CallPolicy, Visit
from guestbook.order import Caller, InLine, Numbers, queue_order
from guestbook.turns import hall_on, people_ahead
from office.models import Counter, Service, User
from tests.factories import UserFactory, VisitFactory
from tests.guestbook.test_order import NOW

ELDERLY = Visit.Priority.ELDERLY
MORNING = "2026-11-23T01:00:30Z"
"""Half a minute away from every cap, so that the seconds of a test make no difference."""


@pytest.fixture
def policy(office):
    """Return `policy`, so that `policy(ratio=2, cap=None)` sets the office's order of calling."""

    def kept(ratio: int | None, cap: int | None) -> None:
        CallPolicy.objects.update_or_create(pk=1, defaults={"ratio": ratio, "cap": cap})

    return kept


def ahead(visit: Visit) -> int:
    return people_ahead(visit, timezone.now())


# random queues, and the real actions on the database


def hall_of(dice: random.Random) -> list[Counter]:
    """Return one to four counters, each with some of three services."""
    services = list(Service.objects.filter(prefix__in="RKP"))
    Counter.objects.exclude(number=1).delete()
    counters = [Counter.objects.get(number=1)]
    counters += [Counter.objects.create(number=number) for number in range(2, dice.randint(2, 5))]
    for counter in counters:
        counter.services.set(dice.sample(services, dice.randint(1, 3)))
    return counters


def visitors_of(dice: random.Random, counters: list[Counter], count: int) -> None:
    """Make visitors for each service, with and without priority, some reserved for one counter."""
    services = list(Service.objects.filter(prefix__in="RKP"))
    for _ in range(count):
        VisitFactory(
            service=dice.choice(services),
            priority=dice.choice(["", "", ELDERLY]),
            taken_at=timezone.now() - timedelta(minutes=dice.randint(0, 90)),
            reserved_for=dice.choice([None] * 5 + counters),
        )


def all_called(counters: list[Counter], officers: dict[Counter, User], clock) -> list[tuple[int, Counter]]:
    """Return the visits in the order of calling, when the longest free counter calls and no other visitor comes."""
    visits = {visit.counter: visit for visit in Visit.objects.active().select_related("counter")}
    busy = sorted(visits.keys() & counters, key=lambda counter: visits[counter].called_at)
    rotation, calls, in_vain = deque([*(one for one in counters if one not in visits), *busy]), [], 0
    while in_vain < len(rotation):
        counter = rotation.popleft()
        rotation.append(counter)
        if counter in visits:
            actions.miss(visits.pop(counter), by=officers[counter])
        clock.shift(0.01)
        called = actions.call_next(counter, by=officers[counter])
        in_vain = 0 if called else in_vain + 1
        if called:
            visits[counter] = called
            calls.append((called.pk, counter))
    return calls


@pytest.mark.parametrize("seed", range(40))
def test_the_real_calls_follow_the_announced_order(policy, seed):
    dice = random.Random(seed)  # noqa: S311 - a random queue, no secret
    with time_machine.travel(MORNING, tick=False) as clock:
        policy(dice.choice([None, 1, 2, 3]), dice.choice([None, 20, 45]))
        counters = hall_of(dice)
        officers = {counter: UserFactory() for counter in counters}
        visitors_of(dice, counters, dice.randint(0, 5))
        for counter in dice.sample(counters, len(counters)):  # the calls until now, and the busy counters
            clock.shift(0.01)
            visit = actions.call_next(counter, by=officers[counter])
            if visit and dice.random() < 0.5:
                actions.miss(visit, by=officers[counter])
        visitors_of(dice, counters, dice.randint(1, 12))
        if dice.random() < 0.3:  # a reservation for a closed counter is ignored
            Counter.objects.filter(pk=counters.pop().pk).update(is_open=False)

        told = [(turn.one.pk, turn.caller) for turn in hall_on(timezone.localdate()).turns(timezone.now())]
        waits = list(Visit.objects.waiting().select_related("service", "reserved_for"))
        told_ahead = {visit.pk: ahead(visit) for visit in waits}
        mine = {visit.pk: [one for one in counters if visit in Visit.objects.for_counter(one)] for visit in waits}
        calls = all_called(counters, officers, clock)

    assert told == [(pk, counter.pk) for pk, counter in calls]
    for place, (pk, _) in enumerate(calls):
        assert told_ahead[pk] == sum(counter in mine[pk] for _, counter in calls[:place])


# the count for one visitor


def test_people_ahead_are_those_who_are_called_before_at_the_same_counters(office):
    VisitFactory.create_batch(2)
    visit = VisitFactory()
    hurried = VisitFactory(priority=ELDERLY)
    VisitFactory()
    elsewhere = VisitFactory(service=Service.objects.get(prefix="J"), priority=ELDERLY)
    Counter.objects.create(number=3).services.add(elsewhere.service)
    for counter in Counter.objects.filter(number__in=(1, 2)):
        counter.services.remove(elsewhere.service)

    assert [ahead(visit), ahead(hurried), ahead(elsewhere)] == [3, 0, 0]


def test_with_priority_the_count_includes_the_ordinary_visitor_of_the_ratio(policy):
    policy(ratio=1, cap=None)
    VisitFactory.create_batch(2)
    first, second = VisitFactory.create_batch(2, priority=ELDERLY)

    assert [ahead(first), ahead(second)] == [0, 2]


def test_without_priority_the_count_leaves_out_priority_called_later(policy):
    policy(ratio=1, cap=None)
    visit = VisitFactory()
    VisitFactory.create_batch(5, priority=ELDERLY)

    assert ahead(visit) == 1


def test_the_calls_until_now_count(policy, counter, petugas):
    policy(ratio=1, cap=None)
    actions.call(VisitFactory(priority=ELDERLY), counter, by=petugas)
    visit = VisitFactory()
    hurried = VisitFactory(priority=ELDERLY)

    assert [ahead(visit), ahead(hurried)] == [0, 1]


def test_without_an_open_counter_only_visitors_of_the_same_service_count(office):
    Counter.objects.update(is_open=False)
    VisitFactory.create_batch(2)
    VisitFactory(service=Service.objects.get(prefix="K"))

    assert ahead(VisitFactory()) == 2


def test_a_visitor_reserved_for_a_counter_waits_for_that_counter_only(office, counter):
    VisitFactory.create_batch(4)
    visit = VisitFactory(reserved_for=counter)

    assert ahead(visit) == 2  # the other counter takes the other two


def test_ticket_telephone_and_stored_estimate_agree(client, policy, draw):
    policy(ratio=1, cap=None)
    draw(needs_priority="on"), draw(needs_priority="on"), draw(needs_priority="on")
    visit = draw()

    kiosk = client.get(f"/kios/tiket/{visit.token}/").context["ahead"]
    phone = client.get(f"/antrian/{visit.token}/").context["ahead"]

    assert kiosk == phone == ahead(visit) == 1


def test_the_count_needs_the_same_few_queries_for_any_number_of_waiting_visitors(office):
    VisitFactory.create_batch(2)
    visit = VisitFactory(priority=ELDERLY)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            ahead(visit)
        return len(queries)

    few = asked()
    VisitFactory.create_batch(20, priority=ELDERLY)

    assert asked() == few == 5  # counters, busy counters, waiting visits, policy, calls of today


# the pure rule


def test_a_counter_considers_only_the_calls_for_its_own_services():
    waiting = [InLine(1, "", NOW, 1), InLine(2, "elderly", NOW, 1)]
    callers = [Caller(7, frozenset({1}))]

    def first(history) -> int:
        return next(queue_order(waiting, callers, Numbers(1, None), history, NOW)).one.pk

    assert [first([(1, True)]), first([(2, True)]), first([(1, True), (2, False)])] == [1, 2, 1]


def test_a_visitor_whom_no_counter_may_call_is_left_out():
    waiting = [InLine(1, "", NOW, 1), InLine(2, "", NOW, 2), InLine(3, "", NOW, 1, reserved_for=9)]

    turns = queue_order(waiting, [Caller(7, frozenset({1}))], Numbers(3, 45), [], NOW)

    assert [turn.one.pk for turn in turns] == [1]
