"""A small part of `make chaos`, so that the program for it keeps working."""

import json
import os
import subprocess
import sys

from django.conf import settings


def test_a_walk_in_which_the_worker_dies_at_every_act_holds():
    command = [sys.executable, "-m", "tests.chaos.one", "--stack", "embedded", "--faults", "worker"]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TEST_", "CELERY_"))}

    done = subprocess.run(command, cwd=settings.BASE_DIR, env=inherited, capture_output=True, text=True, check=False)

    row = json.loads(done.stdout)
    assert row["wrong"] == [], done.stderr
    assert row["steps"] == list(range(1, 11))
    assert row["restarts"]["worker"] > 10
