"""The clock (beat). It notes itself that it lives: a task would wait behind the work of a busy worker."""

from typing import Any

from celery.beat import Scheduler

from office.pulses import note_clock


class Beat(Scheduler):  # type: ignore[misc]  # Celery brings no types
    """Celery's clock in memory: no file can keep it from starting."""

    def tick(self, *args: Any, **options: Any) -> float:
        """Note that the clock lives, and send what is due. Return the seconds to wait."""
        note_clock()
        seconds: float = super().tick(*args, **options)
        return seconds
