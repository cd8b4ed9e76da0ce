"""How well every part of the desk is: for the page of machines, the page of admin and Kepala, and its badge."""

from datetime import datetime

from django.utils import timezone

from office.cache import cached
from reports.health_rows import check_refusals, row_checks
from reports.health_words import Check, Health
from reports.probes import FULL_DISK, PROBES, SILENT, problems_of

PATIENCE, SHORT_PATIENCE = 3.0, 1.0
"""Seconds to wait for the parts that are asked. A page that only has the badge waits less."""
BADGE, BADGE_HOLDS = "health-badge", 60
"""The key in the cache, and the seconds for which a process does not look again whether the badge is needed."""


def checks(now: datetime, *, patience: float = PATIENCE) -> list[Check]:
    """Return how well each part is. When the database is away, only the parts that need none."""
    problems = problems_of(PROBES, seconds=patience)
    asked = [_asked(name, problem) for name, problem in problems.items()]
    if problems["database"]:
        return asked
    refusals = [] if problems["broker"] else [check_refusals(now)]
    told = {one.name for one in refusals}
    return [*(one for one in asked if one.name not in told), *refusals, *row_checks(now)]


def _asked(name: str, problem: str) -> Check:
    if not problem:
        return Check(name, Health.GOOD, "Cukup." if name == "disk" else "Menjawab.")
    if problem == SILENT:
        return Check(name, Health.BAD, "Tidak menjawab dalam waktunya.")
    return Check(name, Health.BAD, "Hampir penuh." if problem == FULL_DISK else "Tidak dapat dihubungi.")


def worst(found: list[Check]) -> Health:
    """Return the worst of them."""
    return max((one.health for one in found), key=list(Health).index)


def is_ill() -> bool:
    """Return whether a part is bad. The answer holds for BADGE_HOLDS seconds."""
    return cached(BADGE, _is_ill_now, seconds=BADGE_HOLDS)


def _is_ill_now() -> bool:
    return worst(checks(timezone.now(), patience=SHORT_PATIENCE)) == Health.BAD
