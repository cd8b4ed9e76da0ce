"""Run the faults of one stack: one walk through the ten steps for each fault, which strikes in every step.

Prints one line of JSON for each fault.
"""

import argparse
import json
import sys
import time
import traceback
from random import Random

from tests.chaos.faults import FAULTS, Fault
from tests.chaos.stage import Stage, stage

SEED = 20261128


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--faults", default="")
    wanted = parser.parse_args()
    names = set(wanted.faults.split(",")) - {""}
    with stage(wanted.stack) as ready:
        for number, fault in enumerate(FAULTS, start=1):
            can_be = wanted.stack in fault.stacks and (ready.has_own_disk or not fault.needs_disk)
            if can_be and (not names or fault.name in names):
                sys.stdout.write(json.dumps(_row(ready, fault, number)) + "\n")
                sys.stdout.flush()


def _row(ready: Stage, fault: Fault, number: int) -> dict:
    from tests.chaos.walking import Walking

    began, ends = time.monotonic(), ready.desk.ends.copy()
    chance = Random(SEED + number)  # noqa: S311 - the same moments in every run
    walking = Walking(ready, fault, number, chance)
    try:
        walking.take()
    except Exception as problem:  # noqa: BLE001 - a walk that cannot go on is the result of this fault
        walking.wrong.append(f"the walk stopped: {type(problem).__name__}: {problem}")
        traceback.print_exc(file=sys.stderr)
    row = walking.row() | {"stack": ready.stack, "seconds": round(time.monotonic() - began)}
    return row | {"restarts": dict(ready.desk.ends - ends)}


if __name__ == "__main__":
    main()
