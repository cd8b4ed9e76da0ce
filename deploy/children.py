"""Run the processes of the Procfile side by side: show what they print, start a dead one again, end all together."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from typing import IO, TextIO

ROOT = Path(__file__).resolve().parent.parent
COLOURS = (36, 33, 32, 35, 34, 31)  # of a terminal: cyan, yellow, green, magenta, blue, red
LONGEST_PAUSE = 60
"""Seconds. A process that ran this long has recovered: its next pause is the shortest again."""
PATIENCE_AT_END = 10
"""Seconds in which the processes may finish what they do before they are killed."""


class Terminal:
    """Standard output shared by all processes. It ignores a closed window, so that the desk can still end in order."""

    def __init__(self, stream: TextIO, width: int):
        self.stream, self.width, self.lock = stream, width, Lock()

    def say(self, name: str, words: str, colour: int | None = None) -> None:
        """Print one line with the time and the name of its process."""
        heading = f"{datetime.now().astimezone():%H:%M:%S} {name:<{self.width}} | "
        if colour and self.stream.isatty():
            heading = f"\033[0m\033[{colour}m{heading}\033[0m"
        with self.lock, suppress(OSError):
            self.stream.write(f"{heading}{words}\n")
            self.stream.flush()


class Child:
    """One process of the Procfile, which is started again whenever it ends."""

    def __init__(self, name: str, command: str, environment: dict[str, str], terminal: Terminal, colour: int):
        self.name, self.command, self.environment = name, command, environment
        self.terminal, self.colour = terminal, colour
        self.process: subprocess.Popen[bytes] | None = None
        self.reader: Thread | None = None
        self.began, self.due, self.pause = 0.0, 0.0, 0

    def look_after(self) -> None:
        """Start the process if it is time to. When it has ended, say so and set the time of its next start."""
        if self.process is None:
            if time.monotonic() >= self.due:
                self._start()
        elif (code := self.process.poll()) is not None:
            self._end_group(self.process)
            self.process = None
            self._rest(f"ended (code {code})")

    def _start(self) -> None:
        self.began = time.monotonic()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "office.parents", str(os.getpid()), "/bin/sh", "-c", f"exec {self.command}"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own: Ctrl-C reaches only us, and we can end its own children
            )
        except OSError as problem:  # a machine without memory for one more process
            self._rest(f"could not start ({problem})")
            return
        self.terminal.say("system", f"{self.name} started (pid={self.process.pid})")
        self.reader = Thread(target=self._show, args=(self.process.stdout,), daemon=True)
        self.reader.start()

    def _rest(self, what: str) -> None:
        """Set the time of the next start, and say it."""
        self.pause = next_pause(self.pause, time.monotonic() - self.began)
        self.due = time.monotonic() + self.pause
        self.terminal.say("system", f"{self.name} {what}; it starts again in {self.pause} s")

    def _show(self, printed: IO[bytes]) -> None:
        """Show each line that the process prints, until it has ended."""
        with printed:
            for line in printed:
                self.terminal.say(self.name, line.decode("utf-8", "replace").rstrip("\r\n"), self.colour)

    def is_alive(self) -> bool:
        """Return whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def ask_to_end(self) -> None:
        """Ask the process to finish what it does."""
        if self.process and self.is_alive():
            self.process.send_signal(signal.SIGTERM)

    def end(self) -> None:
        """Kill what is left of the process, and wait for its last words."""
        if self.process and self.reader:
            self._end_group(self.process)
            self.process.wait()
            self.reader.join(timeout=1)

    @staticmethod
    def _end_group(process: subprocess.Popen[bytes]) -> None:
        """Kill the process and those that it started, such as the workers of gunicorn, which hold the port."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def next_pause(last: int, ran: float) -> int:
    """Return the seconds before a process starts again: 1, 2, 4 ... 60, and 1 again after it ran for a minute."""
    return 1 if ran >= LONGEST_PAUSE else min(max(1, 2 * last), LONGEST_PAUSE)


def keep_running(commands: dict[str, str], environment: dict[str, str], stream: TextIO) -> None:
    """Keep all commands running until Ctrl-C, `kill` or a closed window; then end them in order."""
    asked: list[int] = []
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, frame: asked.append(received))
    terminal = Terminal(stream, max(len(name) for name in ("system", *commands)))
    children = [
        Child(name, command, environment, terminal, COLOURS[place % len(COLOURS)])
        for place, (name, command) in enumerate(commands.items())
    ]
    while not asked:
        for child in children:
            child.look_after()
        time.sleep(0.1)
    terminal.say("system", f"{signal.Signals(asked[0]).name} received: the desk ends")
    end_all(children)


def end_all(children: list[Child]) -> None:
    """Ask all processes to end, and kill those that take too long."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + PATIENCE_AT_END
    while any(child.is_alive() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in children:
        child.end()
