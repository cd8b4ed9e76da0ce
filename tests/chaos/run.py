"""`make chaos`: run the desk under faults on both stacks. A whole run writes docs/reliability.md.

`FAULTS=web,worker STACK=embedded` runs a part and writes no document. Exits with 1 when a row does not hold.
"""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.chaos.faults import EMBEDDED, FAULTS, OFFICE  # noqa: E402 - importable only after the root is on the path

DOCUMENT = ROOT / "docs" / "reliability.md"
METHOD = Path(__file__).with_name("method.md")
STACKS = {EMBEDDED: "Embedded: SQLite and a queue of files", OFFICE: "Office: PostgreSQL and Redis"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stack", default="", help="embedded or office; without it both")
    parser.add_argument("--faults", default="", help="names with commas; without it all")
    parser.add_argument("--from-rows", nargs="*", type=Path, help="write the document from kept rows, and run nothing")
    wanted = parser.parse_args()
    stacks = [wanted.stack] if wanted.stack else list(STACKS)
    if wanted.from_rows:
        rows = [json.loads(line) for file in wanted.from_rows for line in file.read_text(encoding="utf-8").splitlines()]
    else:
        with ThreadPoolExecutor() as both:
            rows = [row for found in both.map(lambda stack: _run(stack, wanted.faults), stacks) for row in found]
    if wanted.from_rows or not (wanted.stack or wanted.faults):
        DOCUMENT.write_text(_document(rows), encoding="utf-8")
    return 1 if not rows or any(row["wrong"] for row in rows) else 0


def _run(stack: str, faults: str) -> list[dict]:
    """Run the faults of one stack in a process of its own. Return its rows, and say each at once."""
    command = [sys.executable, "-m", "tests.chaos.one", "--stack", stack, "--faults", faults]
    rows = []
    with subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout or []:
            rows.append(json.loads(line))
            sys.stdout.write(_line(rows[-1]) + "\n")
            sys.stdout.flush()
    if run.returncode:
        sys.exit(f"The run on {stack} ended with {run.returncode}.")
    return rows


def _document(rows: list[dict]) -> str:
    head = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(head, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    said = [METHOD.read_text(encoding="utf-8").format(day=datetime.now(UTC).date(), commit=commit)]
    for stack, title in STACKS.items():
        here = {row["fault"]: row for row in rows if row["stack"] == stack}
        said.append(f"## {title}\n")
        said.append("| fault | steps | outcome | acts | mails of the walk | started again | seconds |")
        said.append("|---|---|---|---|---|---|---|")
        said += [_line(row) for row in here.values()]
        said += [
            f"| {fault.words} | | **not run** | | | | |"
            for fault in FAULTS
            if stack in fault.stacks and fault.name not in here
        ]
        said.append("")
    return "\n".join(said)


def _line(row: dict) -> str:
    outcome = "does not hold: " + "; ".join(row["wrong"]) if row["wrong"] else "holds"
    notes = row["notes"]
    acts = [f"{notes[name]} {name}" for name in ACTS if notes.get(name)]
    mails = [f"{count} {name.removeprefix('mails ')}" for name, count in notes.items() if name.startswith("mails ")]
    ends = [f"{name} {count}x" for name, count in row["restarts"].items()]
    cells = [row["words"], _steps(row["steps"]), outcome, *map(", ".join, (acts, mails, ends)), str(row["seconds"])]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


ACTS = ("struck", "answers lost", "whole", "absent", "torn", "pressed again")


def _steps(steps: list[int]) -> str:
    return f"{steps[0]}-{steps[-1]}" if steps == list(range(1, len(steps) + 1)) else ", ".join(map(str, steps))


if __name__ == "__main__":
    sys.exit(main())
