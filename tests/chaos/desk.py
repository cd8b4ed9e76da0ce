"""The real desk of a run: the processes of the Procfile, each in its own group, started again when they end."""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

from tests.chaos.people import Person
from tests.procfile import ROOT, command, commands
from tests.waiting import PATIENCE


class Desk:
    """Web, worker and clock, with a supervisor as systemd or `make run` is. `ends` counts how often each ended."""

    def __init__(self, port: int, environment: dict[str, str], logs: Path) -> None:
        self.port, self.environment, self.logs = port, environment | {"PORT": str(port)}, logs
        self.commands = commands()
        self.running: dict[str, subprocess.Popen] = {}
        self.ends: Counter[str] = Counter()
        self._is_over, self._lock = threading.Event(), threading.RLock()

    def __enter__(self) -> "Desk":
        for name in self.commands:
            self._start(name)
        self._supervisor = threading.Thread(target=self._supervise, daemon=True)
        self._supervisor.start()
        self.wait_for_web()
        return self

    def __exit__(self, *problem: object) -> None:
        self._is_over.set()
        self._supervisor.join()
        for process in self.running.values():
            _signal(process, signal.SIGCONT)
            _signal(process, signal.SIGKILL)
            process.wait()

    def _start(self, name: str) -> None:
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command(name), cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def _supervise(self) -> None:
        while not self._is_over.wait(0.2):
            with self._lock:
                for name, process in self.running.items():
                    if process.poll() is not None:
                        _signal(process, signal.SIGKILL)  # what is left of its group
                        self.ends[name] += 1
                        self._start(name)

    def kill(self, *names: str) -> None:
        """Kill processes with signal 9, with their children, at once."""
        with self._lock:
            for name in names:
                _signal(self.running[name], signal.SIGKILL)
            for name in names:
                self.running[name].wait()

    def freeze(self, name: str) -> None:
        _signal(self.running[name], signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        _signal(self.running[name], signal.SIGCONT)

    def wait_for_web(self, seconds: float = PATIENCE) -> None:
        """Return when the web server answers. Raise TimeoutError."""
        end = time.monotonic() + seconds
        while Person(self.port).open("/masuk/")[0] != 200:
            if time.monotonic() > end:
                raise TimeoutError("The web server does not come back.")
            time.sleep(0.1)

    def log_of(self, name: str) -> str:
        return re.sub(r"\x1b\[\d+m", "", (self.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace"))


def _signal(process: subprocess.Popen, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
