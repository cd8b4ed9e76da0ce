"""The faults as a table. Each strikes an act: it presses the button with the fault in force, then ends the fault."""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.chaos.stage import Stage

Press = Callable[..., int]
EMBEDDED, OFFICE = "embedded", "office"
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Fault:
    """One kind of fault. `mail` is what the mail server does to the first try of each mail.

    `needs_disk`: it is done only where the run may mount a disk of its own.
    `may_refuse`: the desk may refuse the act in words while the fault lasts.
    """

    name: str
    words: str
    strike: Callable[[Stage, Press, Random], int]
    stacks: tuple[str, ...] = (EMBEDDED, OFFICE)
    mail: str = ""
    may_refuse: bool = False
    needs_disk: bool = False


def _after(seconds: float, act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer


def _web(stage: Stage, press: Press, chance: Random) -> int:
    """Kill the web server with half of the form sent, or at a moment within the request."""
    if chance.random() < 0.4:
        return press(halfway=lambda: stage.desk.kill("web"))
    timer = _after(chance.uniform(0.01, 0.25), lambda: stage.desk.kill("web"))
    status = press()
    timer.join()
    return status


def _process(name: str, *others: str) -> Callable[[Stage, Press, Random], int]:
    def strike(stage: Stage, press: Press, chance: Random) -> int:
        timer = _after(chance.uniform(0.02, 0.6), lambda: stage.desk.kill(name, *others))
        status = press()
        timer.join()
        return status

    return strike


def _emptied(stage: Stage, press: Press, chance: Random) -> int:
    """Hold the worker, press, empty the queue: the nudge of the act is lost."""
    stage.desk.freeze("worker")
    try:
        status = press()
        time.sleep(0.2)
        stage.empty_queue()
    finally:
        stage.desk.thaw("worker")
    return status


def _truncated(stage: Stage, press: Press, chance: Random) -> int:
    """Plant a message that its writer did not finish, before the act's own."""
    planted = stage.var / "queue" / f"{time.time_ns():020}_torn.pst-desk.msg"
    planted.write_text('{"body": "W1tdLCB7fSwg', encoding="utf-8")
    return press()


def _server(name: str) -> Callable[[Stage, Press, Random], int]:
    """Kill that server of the stage soon after the press, and start it again."""

    def strike(stage: Stage, press: Press, chance: Random) -> int:
        server = getattr(stage, name)
        timer = _after(chance.uniform(0, 0.2), server.kill)
        status = press()
        timer.join()
        server.start()
        return status

    return strike


def _broker_refused(stage: Stage, press: Press, chance: Random) -> int:
    stage.broker.kill()
    try:
        return press()
    finally:
        time.sleep(1)
        stage.broker.start()


def _broker_frozen(stage: Stage, press: Press, chance: Random) -> int:
    stage.broker.signal(signal.SIGSTOP)
    try:
        return press()
    finally:
        time.sleep(1)
        stage.broker.signal(signal.SIGCONT)


def _clock(seconds: float) -> Callable[[Stage, Press, Random], int]:
    def strike(stage: Stage, press: Press, chance: Random) -> int:
        stage.shift_clock(seconds)
        try:
            if seconds > 0:
                stage.manage("close_day")
                return 0
            return press()
        finally:
            stage.shift_clock(0)

    return strike


def _disk_full(stage: Stage, press: Press, chance: Random) -> int:
    stage.fill_disk()
    try:
        return press()
    finally:
        time.sleep(1)
        stage.free_disk()


def _just(stage: Stage, press: Press, chance: Random) -> int:
    return press()


FAULTS = [
    Fault("web", "web killed (signal 9) in the middle of the request", _web),
    Fault("worker", "worker killed (signal 9) up to 0.6 s after the press", _process("worker")),
    Fault("clock", "clock killed (signal 9) up to 0.6 s after the press", _process("beat")),
    Fault("all", "web, worker and clock killed at once", _process("web", "worker", "beat")),
    Fault("emptied", "broker emptied after the act, before the worker saw it", _emptied),
    Fault("truncated", "a torn message lies in the queue before the act's own", _truncated, (EMBEDDED,)),
    Fault("mail-451", "mail server puts every mail off once (451)", _just, mail="451"),
    Fault("mail-550", "mail server refuses every mail once (550)", _just, mail="550"),
    Fault("mail-silent", "mail server takes each mail and says nothing", _just, mail="silent"),
    Fault("mail-drops", "mail server takes each mail and drops the line", _just, mail="drops"),
    Fault("database", "PostgreSQL killed (signal 9) in the request, started again", _server("database"), (OFFICE,)),
    Fault("broker", "Redis killed (signal 9) in the request, started again", _server("broker"), (OFFICE,)),
    Fault("frozen", "Redis frozen during the act", _broker_frozen, (OFFICE,)),
    Fault("refused", "Redis away (port closed) during the act", _broker_refused, (OFFICE,)),
    Fault(
        "disk",
        "disk of the desk's folder full during the act and 1 s longer",
        _disk_full,
        may_refuse=True,
        needs_disk=True,
    ),
    Fault("clock-back", "clock set back by a day during the act", _clock(-DAY), may_refuse=True),
    Fault("clock-forward", "clock set forward by a day, and `close_day` run, before the act", _clock(DAY)),
]
