"""A row whose paper or pages the worker draws: when it owes them, and when they are stuck.

A row counts its `tries` (`recommendations/tries.py`). Each begins with `tried_at` and an empty `problem`; a try that
fails writes its problem. A try whose worker was killed leaves no problem, but has begun long ago.
"""

from datetime import datetime, timedelta
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

STUCK_AFTER = 3
"""Tries. After these the screen says that the paper or the pages cannot be drawn."""
STUCK_RESTS = timedelta(hours=1)
"""A stuck paper is tried by itself once in this time."""
DRAWING_TAKES_AT_MOST = timedelta(minutes=5)
"""The worker ends a task after CELERY_TASK_TIME_LIMIT, which is as long."""
KILLED = "Programnya terhenti di tengah jalan, misalnya karena memori komputer habis."


def _tried_before(now: datetime, time: timedelta) -> Q:
    """Return the condition that the last try began that long ago, or while the clock was set forward."""
    return Q(tried_at__lte=now - time) | Q(tried_at__gt=now)


Row_co = TypeVar("Row_co", bound="DrawnOnce", covariant=True)


class DrawnOnceQuerySet(models.QuerySet[Row_co]):
    def undrawn(self) -> Self:
        """Return the rows that have to be drawn and are not drawn yet."""
        return self.filter(self.model.UNDRAWN)

    def to_try(self, now: datetime) -> Self:
        """Return the undrawn rows that the worker may draw now: not stuck, or stuck and rested."""
        may_be_tried = Q(tries__lt=STUCK_AFTER)
        if self.model.IS_TRIED_HOURLY:
            may_be_tried |= _tried_before(now, STUCK_RESTS)
        return self.undrawn().filter(may_be_tried)

    def stuck(self) -> Self:
        """Return the undrawn rows whose tries have all failed."""
        has_ended = ~Q(problem="") | _tried_before(timezone.now(), DRAWING_TAKES_AT_MOST)
        return self.undrawn().filter(has_ended, tries__gte=STUCK_AFTER)


class DrawnOnce(models.Model):
    """What the worker notes of its tries to draw a row."""

    asked_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField("percobaan", default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField("sebab", max_length=300, blank=True)

    UNDRAWN: ClassVar[Q] = Q(pdf="")
    IS_TRIED_HOURLY: ClassVar[bool] = True
    """Whether a stuck row is tried by itself, because what was wrong may be over."""

    class Meta:
        abstract = True

    @property
    def is_drawn(self) -> bool:
        """Return whether there is nothing to draw any more."""
        raise NotImplementedError

    @property
    def why_stuck(self) -> str:
        """Return in words why it cannot be drawn; "" when it is drawn or still tried."""
        if self.is_drawn or self.tries < STUCK_AFTER or self.tried_at is None:
            return ""
        is_under_way = timedelta() <= timezone.now() - self.tried_at < DRAWING_TAKES_AT_MOST
        return self.problem or ("" if is_under_way else KILLED)
