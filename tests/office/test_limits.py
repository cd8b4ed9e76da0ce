"""A limit counts the acts of one minute, of all workers together."""

import os
import subprocess
import sys
from datetime import timedelta

import time_machine
from django.core.cache import caches
from django.utils import timezone

from office.limits import may_act_again
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
    for _ in range(400):
        may_act_again("many", a_minute=10_000)
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


def test_no_act_is_lost_when_several_processes_count_at_the_same_time():
    now = timezone.now().timestamp()
    command = [sys.executable, "-c", MANY_IN_ANOTHER_PROCESS, str(now)]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}

    running = [subprocess.Popen(command, env=env) for _ in range(3)]

    assert [one.wait(PATIENCE) for one in running] == [0, 0, 0]
    with time_machine.travel(now, tick=False):
        assert caches["limits"].get(f"many-{timezone.now():%H%M}") == 3 * 400


def test_an_act_that_cannot_be_counted_is_allowed(monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(caches["limits"]), "add", fail)

    assert may_act_again("one", a_minute=0)
