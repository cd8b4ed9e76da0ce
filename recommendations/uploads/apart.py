"""Look at the files of strangers in a child process with limits, which is killed when it exceeds one.

The child has no settings, no database and no secret: only the code and the files.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from recommendations.uploads.refusal import BadFile, DiskNotReady, NotCheckedNow, TooComplex
from recommendations.uploads.slots import slot

ROOT = Path(__file__).resolve().parent.parent.parent
CHILD = "recommendations.uploads.child"
log = logging.getLogger(__name__)


HALF = max(1, (os.cpu_count() or 1) // 2)
"""Half of the processors are for files of strangers, the others for pages."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: CPU seconds, megabytes of memory and of its answer, seconds on the clock."""

    pool: str
    at_once: int
    cpu: float
    memory: int
    answer: int
    seconds: int
    threads: int | None = None
    """How many threads of one process may wait for the child; None for any number."""


CHECK = Limits(pool="check", at_once=HALF, cpu=1.7, memory=240, answer=4, seconds=20, threads=2)
"""A refused file costs less than 2 CPU seconds and 300 MB. A scan of 10 MB is checked in half a second."""
DRAW = Limits(pool="draw", at_once=HALF, cpu=5, memory=340, answer=48, seconds=40)
"""The largest PNG that CHECK takes needs 300 MB to be drawn."""
JOIN = Limits(pool="join", at_once=HALF, cpu=5, memory=340, answer=48, seconds=40, threads=2)
"""Photos are joined while the telephone waits: by a web process, which keeps threads for pages."""
OUR_PAPER = Limits(pool="paper", at_once=2, cpu=5, memory=240, answer=48, seconds=40)
"""A draft of our own does not wait behind files of strangers."""
READ_SIGNED = Limits(pool="signed", at_once=1, cpu=5, memory=240, answer=1, seconds=30, threads=2)
"""A signed letter of 15 pages needs 0.9 CPU seconds and 100 MB; one with pages full of tables 3, signed twice 4."""
READ_FOR_VISITOR = replace(READ_SIGNED, pool="signed-visitors", cpu=1.9)
"""Strangers send many files to the check page. They wait for each other, and staff do not wait for them.

A file costs less than 2 CPU seconds, whatever is in it. A letter of 15 pages needs 0.9, signed twice 1.1.
"""
READ_OUR_LETTER = replace(READ_FOR_VISITOR, cpu=READ_SIGNED.cpu)
"""A visitor's file that begins with the bytes of our letter: one whose pages are full of tables needs up to 4."""
DESCRIBE = replace(READ_SIGNED, cpu=1.7)
"""The description of a letter of 15 pages is read in 0.3 CPU seconds."""


@dataclass(frozen=True, slots=True)
class ChildAnswer:
    """What the job returned: a value, or the pictures or papers it made."""

    value: Any
    made: list[bytes]


def ask(job: str, *files: bytes, limits: Limits, **facts: Any) -> ChildAnswer:
    """Do the job, `module:function`, with the files and the facts in a child process, and return its answer.

    Raise BadFile in the words of the job, TooComplex when the child exceeded a limit of CPU, memory or answer or
    crashed, NotCheckedNow when too many files are looked at or the child had too little of the processors to end in
    its seconds, and DiskNotReady when the disk is full.
    """
    try:
        with slot(limits.pool, size=limits.at_once, threads=limits.threads), tempfile.TemporaryFile() as answer:
            ended = _run(job, files, facts, limits, answer)
            answer.seek(0)
            return _read(answer) if ended == 0 else _crashed(job, ended)
    except OSError as problem:
        log.exception("A file could not be passed to a child process.")
        raise DiskNotReady(problem) from problem


def _run(job: str, files: Sequence[bytes], facts: dict[str, Any], limits: Limits, answer: IO[bytes]) -> int:
    """Run the child, and return its exit code: negative when a signal ended it. Raise NotCheckedNow when it is late."""
    command = [sys.executable, "-m", CHILD, job, str(limits.cpu), str(limits.memory), str(limits.answer)]
    with tempfile.TemporaryFile() as given:
        given.write(json.dumps({"sizes": [len(file) for file in files], "facts": facts}).encode() + b"\n")
        given.writelines(files)
        given.seek(0)
        child = subprocess.Popen(
            command,
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "OPENPYXL_LXML": "False"},
            process_group=0,  # not a session of its own: Linux gives sessions the same share, however nice they are
        )
    try:
        return child.wait(timeout=limits.seconds)
    except subprocess.TimeoutExpired:  # says how busy the machine is, and nothing of the file
        log.warning("A child process did not end in %s seconds: %s.", limits.seconds, job)
        raise NotCheckedNow from None
    finally:
        _end(child)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Kill the child and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _crashed(job: str, code: int) -> ChildAnswer:
    log.warning("A child process exceeded its limits or crashed: %s ended with %s.", job, code)
    raise TooComplex


def _read(answer: IO[bytes]) -> ChildAnswer:
    """Return the answer. Raise BadFile when the job refused the file, TooComplex when the answer is no answer."""
    try:
        told = json.loads(answer.readline())
        made = [answer.read(size) for size in told["sizes"]]
        refused, failed = told.get("refused"), told.get("failed")
    except (ValueError, TypeError, KeyError, AttributeError) as garbage:
        raise TooComplex from garbage
    if refused:
        raise BadFile(str(refused))
    if failed:
        log.warning("A child process could not read a file: %s.", str(failed)[:100])
        raise TooComplex
    return ChildAnswer(told.get("value"), made)
