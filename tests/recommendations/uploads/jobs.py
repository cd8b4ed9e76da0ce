"""Jobs for the child process that go wrong, each in another way."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def uses_time(_: bytes) -> None:
    while True:
        pass


def uses_memory(_: bytes) -> None:
    os._exit(len(bytearray(2_000_000_000)) and 0)


def writes_much(_: bytes) -> list[bytes]:
    return [bytes(1024 * 1024)] * 100


def crashes(_: bytes) -> None:
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


def fails(_: bytes) -> float:
    return 1 / 0


def surroundings(_: bytes) -> dict[str, Any]:
    """Return what the child sees of the machine."""
    return {
        "environment": list(os.environ),
        "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
        "nice": os.nice(0),
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
