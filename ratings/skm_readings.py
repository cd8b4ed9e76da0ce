"""The index of earlier quarters and the remarks of visitors, which the SKM report shows beside its figures."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max

from guestbook.models import Visit
from guestbook.models.visits import RATED_WITHIN
from guestbook.periods import Period, period_around
from guestbook.workflow import Status
from office.calendar import MONTHS
from office.formats import short_date
from ratings.ikm import Mutu, ikm, mutu
from ratings.instruments import SKM_9
from ratings.models import Rating, rated_day, rated_service
from ratings.report_models import FrozenReport
from recommendations.models import RatingLink
from recommendations.models.rating_links import RATED_AFTER_DELIVERY

QUARTER, QUARTERS_SHOWN = 3, 8
DAY_SHOWN_FROM = 3
"""A remark has its day when at least so many came that day for its service; else its month."""


@dataclass(frozen=True)
class QuarterIndex:
    """The index of one quarter and its class; None below the minimum of respondents."""

    period: Period
    n: int
    ikm: Decimal | None
    mutu: Mutu | None


@dataclass(frozen=True)
class ShownRemark:
    """A visitor's remark. It has no ticket, no time and no name: they would lead to the person.

    With `is_month`, `day` is the first of its month: on its day too few came for its service.
    """

    day: date
    service: str
    text: str
    is_month: bool = False

    @property
    def when(self) -> str:
        """Its day, or its month, in words."""
        return f"{MONTHS[self.day.month - 1]} {self.day.year}" if self.is_month else short_date(self.day)


def read_trend(period: Period, minimum: int) -> list[QuarterIndex]:
    """Return the eight quarters that end with the last quarter of `period`, oldest first.

    A frozen quarter has its frozen index. One query a quarter, and one more.
    """
    quarters = [period_around(period.last, QUARTER)]
    while len(quarters) < QUARTERS_SHOWN:
        quarters.insert(0, quarters[0].former)
    rows = FrozenReport.objects.filter(period__in=[quarter.code for quarter in quarters])
    frozen = {row.period: row.figures for row in rows}
    return [_index(quarter, minimum, frozen.get(quarter.code)) for quarter in quarters]


def _index(quarter: Period, minimum: int, frozen: Mapping[str, Any] | None) -> QuarterIndex:
    if frozen:
        kept = Decimal(frozen["ikm"])
        return QuarterIndex(quarter, frozen["n"], kept, mutu(kept))
    tally = Rating.objects.of_days(quarter.first, quarter.last).tally()
    index = ikm(tally) if tally.n >= minimum else None
    return QuarterIndex(quarter, tally.n, index, None if index is None else mutu(index))


def rated_until(period: Period, today: date) -> date | None:
    """Return the last day on which an unrated visit or letter of `period` can still be rated; None when none can."""
    days = (period.first, period.last)
    visits = Visit.objects.filter(day__range=days, status=Status.SERVED, rated_at=None)
    letters = RatingLink.objects.filter(delivered_on__range=days, rated_at=None)
    last_visit, last_letter = (
        visits.aggregate(last=Max("day"))["last"],
        letters.aggregate(last=Max("delivered_on"))["last"],
    )
    ends = [last_visit + RATED_WITHIN] if last_visit else []
    ends += [last_letter + RATED_AFTER_DELIVERY] if last_letter else []
    return max((end for end in ends if end >= today), default=None)


def read_remarks(period: Period, until: datetime | None = None) -> list[ShownRemark]:
    """Return the remarks of `period` by service and then by their words: an order that tells nothing about time.

    With `until`, remarks that came later are left out: a frozen report has the remarks of its answers only.
    """
    given = Rating.objects.of_instrument(SKM_9).of_days(period.first, period.last)
    given = given.filter(rated_at__lte=until) if until else given
    rows = given.exclude(remark="").order_by().values_list(rated_day(), rated_service(), "remark")
    came = _came_on(period)
    found = [_shown(day, service, text, came) for day, service, text in rows]
    return sorted(found, key=lambda one: (one.service, one.text.casefold(), one.day))


def _shown(day: date, service: str, text: str, came: Mapping[tuple[date, str], int]) -> ShownRemark:
    few = came[day, service] < DAY_SHOWN_FROM
    return ShownRemark(day.replace(day=1) if few else day, service, text, is_month=few)


def _came_on(period: Period) -> Counter[tuple[date, str]]:
    """Return how many visits were served, and letters and papers rated, on each day for each service."""
    days = (period.first, period.last)
    visits = Visit.objects.filter(day__range=days, status=Status.SERVED).order_by()
    came = Counter(
        {(day, name): n for day, name, n in visits.values_list("day", "service__name").annotate(Count("pk"))}
    )
    others = Rating.objects.of_days(*days).filter(visit=None).order_by()
    came.update(others.values_list(rated_day(), rated_service()))
    return came


def frozen_remarks(remarks: list[ShownRemark]) -> list[list[Any]]:
    """Return remarks as plain values for JSON; `remarks_of` reads them again."""
    return [[one.day.isoformat(), one.service, one.text, one.is_month] for one in remarks]


def remarks_of(period: Period, frozen: FrozenReport | None) -> list[ShownRemark]:
    """Return the remarks of a report: those frozen with it, so that no later correction of a visit moves one.

    A report that is not frozen, or was frozen before its remarks were, has those of the ratings as they are now.
    """
    if frozen and frozen.remarks is not None:
        return [ShownRemark(date.fromisoformat(day), *rest) for day, *rest in frozen.remarks]
    return read_remarks(period, frozen.frozen_at if frozen else None)
