"""Read what happened at the counters on one day: the "Rekap hari ini" with which an officer closes the desk.

Ratings are one number: how many of the served visits are not rated. No ticket says whether its visitor rated. Officers
see only totals of five own ratings and more (ratings/models.py); a list by ticket would say who is in such a total, and
would invite to press a visitor, although rating is free.
"""

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from guestbook.models import Visit
from guestbook.models.visits import RATED_WITHIN
from guestbook.skd import CLASSES
from guestbook.workflow import Status


class Ending(Enum):
    """How a visit ended, in the order of the page; the value is its word there."""

    SERVED = "Selesai"
    MISSED = "Tidak hadir"
    LEFT = "Batal"
    OPEN = "Masih terbuka"
    UNCLOSED = "Tidak ditutup"


ENDINGS = {
    Status.SERVED: Ending.SERVED,
    Status.NO_SHOW: Ending.MISSED,
    Status.LEFT: Ending.LEFT,
    Status.UNCLOSED: Ending.UNCLOSED,
}


@dataclass(frozen=True)
class ServiceDay:
    """The visits of one service on the day: all, and by their ending in the order of Ending."""

    name: str
    visits: int
    endings: list[int]

    @property
    def ended(self) -> list[tuple[str, int]]:
        """The endings with their words."""
        return [(one.value, count) for one, count in zip(Ending, self.endings, strict=True)]


@dataclass(frozen=True)
class DayRecap:
    """The visits of one local day, in order of arrival.

    `unclassified` were served and have no SKD class; `partly` have some. `unrated` counts those of the `served` visits
    whose visitor has not answered the SKM; they can until `rate_until`.
    """

    day: date
    services: list[ServiceDay]
    whole: ServiceDay
    missed: list[Visit]
    left: list[Visit]
    open: list[Visit]
    unclassified: list[Visit]
    partly: list[Visit]
    served: int
    unrated: int
    rate_until: date


def read_day(day: date) -> DayRecap:
    """Return the recap of the local `day`. One query for any number of visits."""
    visits = Visit.objects.on(day).select_related("service", "visitor", "counter", "officer").order_by("taken_at", "pk")
    return day_recap_of(day, [(visit, ENDINGS.get(Status(visit.status), Ending.OPEN)) for visit in visits])


def day_recap_of(day: date, ended: Iterable[tuple[Visit, Ending]]) -> DayRecap:
    """Return the recap of these visits with their endings, in the order given."""
    pairs = list(ended)
    by_ending = {one: [visit for visit, ending in pairs if ending is one] for one in Ending}
    served = by_ending[Ending.SERVED]
    sat = [visit for visit, _ in pairs if visit.counter_id and (visit.serving_at or visit.status == Status.SERVED)]
    return DayRecap(
        day=day,
        services=_services(pairs),
        whole=_counted("Jumlah", pairs),
        missed=by_ending[Ending.MISSED],
        left=by_ending[Ending.LEFT],
        open=by_ending[Ending.OPEN],
        unclassified=[visit for visit in sat if not _filled(visit) and visit.visitor.classified_at is None],
        partly=[visit for visit in sat if 0 < _filled(visit) < len(CLASSES)],
        served=len(served),
        unrated=sum(visit.rated_at is None for visit in served),
        rate_until=day + RATED_WITHIN,
    )


def _filled(visit: Visit) -> int:
    return sum(bool(getattr(visit.visitor, name)) for name in CLASSES)


def _services(pairs: list[tuple[Visit, Ending]]) -> list[ServiceDay]:
    """Return the services with a visit, in the office's order."""
    services = {visit.service_id: visit.service for visit, _ in pairs}
    ordered = sorted(services.values(), key=lambda one: (one.position, one.prefix))
    return [_counted(one.name, [pair for pair in pairs if pair[0].service_id == one.pk]) for one in ordered]


def _counted(name: str, pairs: list[tuple[Visit, Ending]]) -> ServiceDay:
    counts = Tally(ending for _, ending in pairs)
    return ServiceDay(name, len(pairs), [counts[one] for one in Ending])
