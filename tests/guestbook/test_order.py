import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from guestbook.order import Numbers, line_of, next_of

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class One:
    pk: int
    priority: str
    taken_at: datetime


def came(pk: int, minutes_ago: float, priority: str = "") -> One:
    return One(pk, priority, NOW - timedelta(minutes=minutes_ago))


def hurried(pk: int, minutes_ago: float) -> One:
    return came(pk, minutes_ago, "elderly")


def pks(line) -> list[int]:
    return [one.pk for one in line]


def test_an_empty_queue_has_no_next_visitor():
    assert next_of([], [], Numbers(3, 45), NOW) is None
    assert next_of([came(1, 9)], [], Numbers(3, 45), NOW).pk == 1


def test_within_a_class_the_first_to_come_goes_first():
    assert pks(line_of([came(3, 1), came(1, 9), came(2, 9)], [], Numbers(3, 45), NOW)) == [1, 2, 3]


def test_priority_goes_first_and_after_the_ratio_one_ordinary_visitor():
    waiting = [came(1, 9), came(2, 8), *(hurried(pk, 20 - pk) for pk in range(11, 16))]

    assert pks(line_of(waiting, [], Numbers(2, None), NOW)) == [11, 12, 1, 13, 14, 2, 15]


@pytest.mark.parametrize(
    ("history", "first"),
    [([], 9), ([True], 9), ([True, True], 1), ([True, True, False], 9), ([False, True, True], 1)],
)
def test_the_ratio_counts_the_calls_before(history, first):
    assert next_of([came(1, 5), hurried(9, 4)], history, Numbers(2, None), NOW).pk == first


@pytest.mark.parametrize(("minutes", "first"), [(29.9, 9), (30, 1), (31, 1)])
def test_an_ordinary_visitor_who_waited_as_long_as_the_cap_goes_first(minutes, first):
    assert next_of([came(1, minutes), hurried(9, 5)], [], Numbers(3, 30), NOW).pk == first


def test_over_the_cap_the_first_to_come_goes_first_in_either_class():
    assert next_of([came(1, 31), hurried(9, 40)], [True] * 9, Numbers(3, 30), NOW).pk == 9


def test_without_ratio_and_cap_priority_always_goes_first():
    waiting = [came(1, 600), hurried(9, 1), hurried(10, 0)]

    assert pks(line_of(waiting, [True] * 9, Numbers(None, None), NOW)) == [9, 10, 1]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_does_not_depend_on_how_the_rows_come(seed):
    waiting = [came(pk, pk % 7, "elderly" if pk % 3 else "") for pk in range(40)]
    shuffled = random.Random(seed).sample(waiting, len(waiting))  # noqa: S311 - shuffles a test, no secret

    assert pks(line_of(shuffled, [True], Numbers(2, 5), NOW)) == pks(line_of(waiting, [True], Numbers(2, 5), NOW))


@pytest.mark.parametrize(
    ("policy", "stream"),
    [(Numbers(3, None), "elderly"), (Numbers(None, 30), "elderly"), (Numbers(3, 30), "elderly"), (Numbers(3, 30), "")],
)
def test_no_visitor_waits_for_ever_beside_an_endless_stream_of_the_other_class(policy, stream):
    lonely = One(0, "" if stream else "elderly", NOW)
    waiting, history = [lonely], []

    for minute in range(200):  # each minute one visitor of the stream comes and one visitor is called
        now = NOW + timedelta(minutes=minute)
        waiting.append(One(minute + 1, stream, now))
        called = next_of(waiting, history, policy, now)
        waiting.remove(called)
        history.append(bool(called.priority))
        if called is lonely:
            break

    assert lonely not in waiting
    assert minute <= 30
