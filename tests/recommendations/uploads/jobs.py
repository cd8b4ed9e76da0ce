"""Jobs for the child process that go wrong, each in another way."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from office.refusals import Refused
from recommendations.uploads import PDF, PICTURES, XLSX
from recommendations.uploads.child import drawing
from recommendations.uploads.child.kinds import kind_of
from recommendations.uploads.child.signed_files import read_signed_file
from recommendations.workbook.reading import read_workbook


def uses_time(_: bytes) -> None:
    while True:
        pass


def uses_memory(_: bytes) -> None:
    os._exit(len(bytearray(2_000_000_000)) and 0)


def writes_much(_: bytes) -> list[bytes]:
    return [bytes(1024 * 1024)] * 100


def crashes(*_: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def says_nothing(_: bytes) -> None:
    os._exit(0)


def says_rubbish(_: bytes) -> None:
    sys.stdout.buffer.write(b"[1, 2]\n")
    sys.stdout.flush()
    os._exit(0)


def starts_another(_: bytes) -> None:
    subprocess.run([sys.executable, "-c", "while True: pass"], check=True)


def waits(_: bytes) -> None:
    signal.pause()


def waits_for_ever(_: bytes, *, folder: str) -> None:
    """Leave the number of this process in the folder, and wait without a limit."""
    signal.alarm(0)
    (Path(folder) / str(os.getpid())).touch()
    signal.pause()


def fails(_: bytes) -> float:
    return 1 / 0


def surroundings(_: bytes) -> dict[str, Any]:
    """Return what the child sees of the machine."""
    return {
        "environment": list(os.environ),
        "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
        "nice": os.nice(0),
        "ends_in": signal.getitimer(signal.ITIMER_REAL)[0],
        "session": os.getsid(0),
        "is_own_group": os.getpgrp() == os.getpid(),
        "modules": [name for name in sys.modules if "." not in name],
    }


def counts(_: bytes, *, folder: str) -> int:
    """Return how many children were here at the same time."""
    mine = Path(folder) / str(os.getpid())
    mine.touch()
    begun = time.process_time()
    while time.process_time() - begun < 0.1:
        pass
    seen = len(list(Path(folder).iterdir()))
    mine.unlink()
    return seen


def ends(*files: bytes) -> list[str]:
    """Return what becomes of each file: what the desk would do with it, up to the picture of its first page."""
    return [_end(file) for file in files]


def _end(file: bytes) -> str:
    try:
        kind = kind_of(file)
        if kind == PDF:
            return "preview" if drawing.draw_pages(file, first=1, last=1) else "no page"
        if kind in PICTURES:
            return "preview" if drawing.scale_picture(file) else "no picture"
        return "answers" if kind == XLSX and read_workbook(file) else "download"
    except Refused:
        return "refused"


def readings(drawn: bytes, root: bytes, *files: bytes) -> list[str]:
    """Return for each file whether it is our signed letter: signed, changed or refused."""
    return [_reading(file, drawn, root) for file in files]


def _reading(file: bytes, drawn: bytes, root: bytes) -> str:
    try:
        told = read_signed_file(file, drawn, root)
    except Refused:
        return "refused"
    return "changed" if told.change or told.problem else "signed"
