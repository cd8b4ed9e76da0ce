"""`make test`: check the style, then run the suite on SQLite, and on PostgreSQL and Redis. Exit 0 only if all passed.

On SQLite every test runs; on PostgreSQL and Redis every test that uses a database or a queue (`--stores`). One run more
than there are cores goes at a time, and the output of each is printed when it ends. The servers are those of
TEST_DATABASE_URL and TEST_BROKER_URL, or those on the standard ports, or temporary ones started here. SERVICES=required
fails when there are none; SERVICES=none leaves them out.
"""

import argparse
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import servers  # noqa: E402 - importable only after the root is on the path

BIN = Path(sys.executable).parent
JOURNEYS, SUBMISSIONS = "tests/journeys", "tests/recommendations"
ORDER = (JOURNEYS, SUBMISSIONS, "tests")
"""The longest runs begin first. The pages of a journey ask and draw as long as it takes, so these go early."""
LONGEST = 60 * 60
"""Seconds after which a run is ended. One test alone may take `faulthandler_timeout`, see pyproject.toml."""
LINES_OF_A_FAILURE = 40
DEPLOYED = {"HTTPS": "1", "BEHIND_PROXY": "1", "DEBUG": "0", "ALLOWED_HOSTS": "pst.example"}
STYLE = [
    # (name in the report, command)
    ("Format of Python", [BIN / "ruff", "format", "--check", "--quiet", "."]),
    ("Style of Python", [BIN / "ruff", "check", "--quiet", "."]),
    ("Format of templates", [BIN / "djlint", "templates", "--check", "--quiet"]),
    ("Style of templates", [BIN / "djlint", "templates", "--lint", "--quiet"]),
    ("Which way imports point", [BIN / "lint-imports", "--no-cache"]),
    ("Types", [BIN / "mypy", "--cache-dir", os.devnull]),
    ("Models and migrations agree", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("Fit to be deployed", [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]),
]


def main() -> int:
    options = argparse.ArgumentParser(description="Run the tests of pst-desk.")
    options.add_argument("--style", action="store_true", help="only the style, no test")
    options.add_argument("rest", nargs="*", help="passed on to pytest, e.g. tests/guestbook")
    given = options.parse_args()
    os.chdir(ROOT)
    began = time.monotonic()
    failures = style()
    if given.style:
        return _close([f"Style: {'held' if not failures else ', '.join(failures)}"], failures, began)
    outcomes = []
    with ExitStack() as running:
        wanted = [(told, running.enter_context(environment)) for told, environment in places(failures)]
        for outcome, held, reasons in suites(wanted, given.rest):
            outcomes.append(outcome)
            failures += [] if held else [outcome, *reasons]
    return _close(outcomes, failures, began)


def style() -> list[str]:
    """Run the style checks. Return the names of those that failed; the tools print the places."""
    failures = []
    with tempfile.TemporaryDirectory(prefix="pst-desk-style-") as scratch:
        environment = os.environ | DEPLOYED | {"SECRET_KEY": secrets.token_urlsafe(50), "VAR_DIR": scratch}
        for words, command in STYLE:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            _say(f"{'ok   ' if done.returncode == 0 else 'FAILS'} {words}")
            if done.returncode:
                _say(done.stdout + done.stderr)
                failures.append(words)
    return failures


def places(failures: list[str]):
    """Yield each place to run the suite: its name for the report, and its environment."""
    yield "SQLite + filesystem", _embedded()
    wanted = os.environ.get("SERVICES") or "optional"
    if wanted == "none":
        return
    problem = servers.what_is_missing()
    if not problem:
        yield "", _services()
    elif wanted == "required":
        failures.append(f"PostgreSQL + Redis: {problem}")
    else:
        _say(f"Not run on PostgreSQL + Redis: {problem}")


@contextmanager
def _embedded() -> Iterator[dict[str, str]]:
    yield {"TEST_DATABASE_URL": "", "TEST_BROKER_URL": ""}


@contextmanager
def _services() -> Iterator[dict[str, str]]:
    with ExitStack() as running:
        yield {
            "TEST_DATABASE_URL": running.enter_context(servers.postgresql()),
            "TEST_BROKER_URL": running.enter_context(servers.redis_server()),
        }


def suites(wanted: list[tuple[str, dict[str, str]]], rest: list[str]) -> Iterator[tuple[str, bool, list[str]]]:
    """Run all tests at each place, or only `rest`. Yield what `Run.end` returns."""
    told = [(words or servers.told(*variables.values()), variables) for words, variables in wanted]
    if rest:
        yield from (Run(words, variables, rest).end() for words, variables in told)
        return
    parts = [part for at, place in enumerate(told) for part in _parts(*place, again=at > 0)]
    parts.sort(key=lambda part: ORDER.index(part[2][0]))
    with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as side_by_side:  # a journey also waits for its browser
        yield from side_by_side.map(lambda part: Run(*part, aside=True).end(), parts)


def _parts(words: str, variables: dict[str, str], *, again: bool) -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """Yield the runs at a place: its name, environment and arguments. `again` leaves out what needs no second place."""
    once_only = ["--stores"] if again else []
    yield words, variables, ["tests", f"--ignore={JOURNEYS}", f"--ignore={SUBMISSIONS}", *once_only]
    yield f"{words}, submissions", variables, [SUBMISSIONS, *once_only]
    yield f"{words}, journeys", variables, [JOURNEYS, *once_only]


class Run:
    """One run of pytest, started at once. With `aside`, its output is printed only when it ends."""

    def __init__(self, told: str, variables: dict[str, str], chosen: list[str], *, aside: bool = False):
        self.told = told
        self.folder = tempfile.TemporaryDirectory(prefix="pst-desk-report-")
        self.report, self.printed = Path(self.folder.name) / "report.xml", Path(self.folder.name) / "printed"
        command = [sys.executable, "-X", "faulthandler", "-m", "pytest", "--durations=5", f"--junitxml={self.report}"]
        _say(f"\n=== {told}{' has begun' if aside else ''} ===")
        with self.printed.open("wb") as kept:
            self.process = subprocess.Popen(
                [*command, "-p", "no:cacheprovider", *chosen],
                env=os.environ | variables,
                stdout=kept if aside else None,
                stderr=subprocess.STDOUT if aside else None,
            )

    def end(self) -> tuple[str, bool, list[str]]:
        """Wait until the run has ended, or end it. Return the report, whether the run passed, and why tests failed."""
        try:
            code = self.process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)  # prints what each thread was doing
            code = self.process.wait()
        if printed := self.printed.read_text(encoding="utf-8", errors="replace"):
            _say(f"\n=== {self.told} ===\n{printed}")
        counted, reasons = _counted(self.report), list(_reasons(self.report))
        self.folder.cleanup()
        if code and not any(word in counted for word in ("failed", "errors")):
            counted += f", pytest ended with {code}"
        return f"{self.told}: {counted}", code == 0, reasons


def _counted(report: Path) -> str:
    """Return e.g. `312 passed, 1 skipped`, from pytest's report file."""
    if not report.exists():
        return "nothing ran"
    counts = {"passed": 0, "failed": 0, "errors": 0, "skipped": 0}
    for found in ElementTree.parse(report).iter("testsuite"):  # noqa: S314 - written by our own pytest a moment ago
        counts["failed"] += int(found.get("failures", 0))
        counts["errors"] += int(found.get("errors", 0))
        counts["skipped"] += int(found.get("skipped", 0))
        counts["passed"] += int(found.get("tests", 0))
    counts["passed"] -= counts["failed"] + counts["errors"] + counts["skipped"]
    return ", ".join(f"{count} {words}" for words, count in counts.items() if count) or "0 passed"


def _reasons(report: Path) -> Iterator[str]:
    """Yield each failed test with the end of what it printed: a long output is often cut in its middle."""
    cases = ElementTree.parse(report).iter("testcase") if report.exists() else []  # noqa: S314 - as above
    for case in cases:
        for found in (*case.findall("failure"), *case.findall("error")):
            last = "\n".join((found.text or "").splitlines()[-LINES_OF_A_FAILURE:])
            yield f"{case.get('classname')}::{case.get('name')}\n{last}"


def _close(outcomes: list[str], failures: list[str], began: float) -> int:
    """Print the outcome of each run, as the last line. Return the exit code."""
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    for failure in failures:
        if failure not in outcomes:
            _say(f"FAILS {failure}")
    _say(f"\n{'FAILED' if failures else 'OK'} in {minutes} min {seconds} s. " + "; ".join(outcomes))
    return 1 if failures else 0


def _say(words: str) -> None:
    sys.stdout.write(words.rstrip("\n") + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
