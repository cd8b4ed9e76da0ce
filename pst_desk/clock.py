"""The clock (beat). It writes itself that it is alive, because a task for that would wait behind a busy worker."""

import signal
from typing import Any

from celery.beat import Scheduler
from celery.signals import beat_init

from office.pulses import note_clock

ENDING = signal.SIGINT, signal.SIGTERM


class Beat(Scheduler):  # type: ignore[misc]  # Celery brings no types
    """Celery's clock in memory: no file can keep it from starting."""

    ends = False
    """Whether the clock was asked to end."""

    def tick(self, *args: Any, **options: Any) -> float:
        """Note that the clock lives, and send what is due. Return the seconds to wait."""
        note_clock()
        seconds: float = super().tick(*args, **options)
        return 0.0 if self.ends else seconds


@beat_init.connect
def end_when_asked(sender: Any, **facts: object) -> None:
    """Let SIGTERM and SIGINT end the clock at any moment.

    Celery's own handler only raises SystemExit. When the signal comes during a callback of an import or of the garbage
    collector, Python drops that exception, and the clock would go on running.
    """

    def end(number: int, frame: object) -> None:
        for one in ENDING:
            signal.signal(one, signal.SIG_IGN)  # a second one would wait for ever for the lock of the first
        sender.scheduler.ends = True
        sender.stop()
        raise SystemExit

    for one in ENDING:
        signal.signal(one, end)
