"""A limit counts the acts of one minute, of all workers together."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import time_machine
from django.utils import timezone

from office.limits import may_act_again
from tests.limits import COUNTS
from tests.waiting import PATIENCE

IN_ANOTHER_PROCESS = """
import django, sys, time_machine
django.setup()
from office.limits import may_act_again
with time_machine.travel(float(sys.argv[1]), tick=False):
    print(may_act_again("both", a_minute=2))
"""
MANY_IN_ANOTHER_PROCESS = """
import django, sys, time_machine
django.setup()
from office.limits import may_act_again
with time_machine.travel(float(sys.argv[1]), tick=False):
    print(sum(may_act_again("many", a_minute=1000) for _ in range(400)))
"""


def test_the_acts_of_one_minute_are_counted_by_what_they_are_about():
    with time_machine.travel(timezone.now(), tick=False) as now:
        found = [may_act_again("one", a_minute=2) for _ in range(4)]
        other = may_act_again("other", a_minute=2)
        now.shift(timedelta(minutes=1))
        later = may_act_again("one", a_minute=2)

    assert found == [True, True, False, False]
    assert other
    assert later


def test_all_workers_count_together():
    now = timezone.now().timestamp()
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(now)]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}

    with time_machine.travel(now, tick=False):
        first = may_act_again("both", a_minute=2)
        there = subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=PATIENCE)
        third = may_act_again("both", a_minute=2)

    assert (first, there.stdout.strip(), third) == (True, "True", False)


def test_exactly_the_limit_is_allowed_when_several_processes_count_at_the_same_time():
    now = timezone.now().timestamp()
    command = [sys.executable, "-c", MANY_IN_ANOTHER_PROCESS, str(now)]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}

    running = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    allowed = [int(one.communicate(timeout=PATIENCE)[0]) for one in running]
    assert [one.returncode for one in running] == [0, 0, 0]
    assert sum(allowed) == 1000  # of 1,200 acts


def test_a_count_survives_a_flood_of_other_counts():
    with time_machine.travel(timezone.now(), tick=False) as now:
        before = [may_act_again("one", a_minute=2) for _ in range(2)]
        assert all(may_act_again(f"flood-{number}", a_minute=1) for number in range(5000))
        after = [may_act_again("one", a_minute=2), may_act_again("flood-4999", a_minute=1)]
        files = len(list(COUNTS.glob("*/*")))
        for _ in range(2):
            now.shift(timedelta(minutes=1))
            may_act_again("one", a_minute=2)
        left = len(list(COUNTS.glob("*/*")))

    assert before == [True, True]
    assert after == [False, False]
    assert files == 5001
    assert left == 2  # of this minute and the one before it


def test_an_act_needs_no_database():
    assert may_act_again("one", a_minute=1)  # this test has no database: a query would fail it


def test_any_text_can_be_counted():
    about = "../" * 200 + "ä\0/é"

    assert [may_act_again(about, a_minute=1) for _ in range(2)] == [True, False]


def test_an_act_that_cannot_be_counted_is_allowed(monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", fail)

    assert may_act_again("one", a_minute=0)
