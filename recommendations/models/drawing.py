"""When the worker owes the PDF of a paper (a letter or a slip), when it is asked for it, and when the PDF is stuck.

A paper counts its `tries`. Each begins with `tried_at` and an empty `problem`; a try that fails writes its problem. A
try whose worker was killed leaves no problem, but has begun long ago.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

STUCK_AFTER = 3
"""Tries. After these the screen says that the PDF cannot be drawn."""
STUCK_RESTS = timedelta(hours=1)
"""A stuck paper is tried by itself once in this time."""
DRAWING_TAKES_AT_MOST = timedelta(minutes=5)
"""The worker ends a task after CELERY_TASK_TIME_LIMIT, which is as long."""
KILLED = "Program pembuat PDF terhenti di tengah jalan, misalnya karena memori komputer habis."


def may_be_tried(now: datetime) -> Q:
    """Return the condition for papers that the worker may draw: not stuck, or stuck and rested."""
    return Q(tries__lt=STUCK_AFTER) | Q(tried_at__lte=now - STUCK_RESTS)


def stuck(now: datetime) -> Q:
    """Return the condition for papers without PDF whose tries have all failed."""
    has_ended = ~Q(problem="") | Q(tried_at__lte=now - DRAWING_TAKES_AT_MOST)
    return Q(pdf="", tries__gte=STUCK_AFTER) & has_ended


def why_stuck(tries: int, tried_at: datetime | None, problem: str) -> str:
    """Return in words why an undrawn paper is stuck; "" when it is not."""
    if tries < STUCK_AFTER or tried_at is None:
        return ""
    was_killed = tried_at <= timezone.now() - DRAWING_TAKES_AT_MOST
    return problem or (KILLED if was_killed else "")
