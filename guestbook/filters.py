"""Filter visits for the guestbook. The address of the page contains its filters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from guestbook.models import Visit
from guestbook.models.visits import VisitQuerySet
from guestbook.periods import period_around

FILTERS: dict[str, Callable[[VisitQuerySet, Any], VisitQuerySet]] = {
    # field of the address: its filter
    "cari": lambda found, words: found.matching(words),
    "dari": lambda found, day: found.filter(day__gte=day),
    "sampai": lambda found, day: found.filter(day__lte=day),
    "layanan": lambda found, service: found.filter(service=service),
    "keadaan": lambda found, status: found.filter(status=status),
    "instansi": lambda found, words: found.filter(visitor__agency__icontains=words),
}


def filtered_visits(wanted: Mapping[str, Any]) -> VisitQuerySet:
    """Return the visits that fit all fields of `wanted`, newest first."""
    found = Visit.objects.newest_first()
    for name, value in wanted.items():
        found = FILTERS[name](found, value)
    return found


@dataclass(frozen=True)
class DaysLink:
    """A quick filter: some days that end today."""

    words: str
    first: date
    last: date


def days_links(today: date) -> list[DaysLink]:
    """Return today, the last seven days and the month until today."""
    month = period_around(today, 1).first
    spans = [("Hari ini", today), ("7 hari terakhir", today - timedelta(days=6)), ("Bulan ini", month)]
    return [DaysLink(words, first, today) for words, first in spans]
