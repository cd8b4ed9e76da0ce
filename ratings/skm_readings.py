"""The index of earlier quarters and the remarks of visitors, which the SKM report shows beside its figures."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.timezone import localdate

from guestbook.periods import SPANS, Period, period_around, period_of
from office.formats import short_date
from office.models import TOLD_FROM
from ratings.ikm import Mutu, ikm, mutu
from ratings.models import Rating, RatingQuerySet, rated_day, rated_service
from ratings.open_periods import takes_ratings
from ratings.report_models import FrozenReport

QUARTER, QUARTERS_SHOWN, LONGEST = 3, 8, 12
"""The months of a quarter, the quarters of the trend, and the months of the longest span of a remark."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
_Span = date | Period
"""What a remark names instead of its minute: its day, or a period that contains it."""
Served = tuple[date, str]
"""A day and the name of a service."""


@dataclass(frozen=True)
class QuarterIndex:
    """The index of one quarter and its class; None below the minimum of respondents."""

    period: Period
    n: int
    ikm: Decimal | None
    mutu: Mutu | None
    is_frozen: bool = False


@dataclass(frozen=True)
class ShownRemark:
    """A visitor's remark. It has no ticket, no time and no name: they would lead to the person.

    `span` is its day, when at least TOLD_FROM visitors rated its service on that day; else the shortest period in
    which so many did on such quiet days. It is over: a remark that came into sight at once would show who left it.
    """

    span: _Span
    service: str
    text: str

    @property
    def when(self) -> str:
        """Its day or its period in words."""
        return self.span.words if isinstance(self.span, Period) else short_date(self.span)

    @property
    def last(self) -> date:
        """The last day of the span."""
        return _last(self.span)


def read_trend(period: Period, minimum: int) -> list[QuarterIndex]:
    """Return the eight quarters that end with the last quarter of `period`, oldest first.

    A frozen quarter has its frozen index. At most five queries a quarter, and one more.
    """
    quarters = [period_around(period.last, QUARTER)]
    while len(quarters) < QUARTERS_SHOWN:
        quarters.insert(0, quarters[0].former)
    rows = FrozenReport.objects.filter(period__in=[quarter.code for quarter in quarters])
    frozen = {row.period: row.figures for row in rows}
    return [_index(quarter, minimum, frozen.get(quarter.code)) for quarter in quarters]


def read_index(quarter: Period, minimum: int) -> QuarterIndex:
    """Return the index of a quarter, the frozen one if there is one. Six queries at most; no answer is read alone."""
    frozen = FrozenReport.objects.filter(period=quarter.code).values_list("figures", flat=True).first()
    return _index(quarter, minimum, frozen)


def last_frozen_index() -> QuarterIndex | None:
    """Return the index of the latest quarter whose report is frozen; None before the first one. One query."""
    quarters = FrozenReport.objects.filter(period__contains="-T").order_by("-period")
    found = quarters.values_list("period", "figures").first()
    return _frozen_index(period_of(found[0]), found[1]) if found else None


def _index(quarter: Period, minimum: int, frozen: Mapping[str, Any] | None) -> QuarterIndex:
    if frozen:
        return _frozen_index(quarter, frozen)
    given = Rating.objects.of_skm().of_days(quarter.first, quarter.last)
    tally = (given.in_steps() if takes_ratings(quarter, localdate()) else given).tally()
    index = ikm(tally) if tally.n >= minimum else None
    if index is None:
        return QuarterIndex(quarter, given.count(), None, None)
    return QuarterIndex(quarter, tally.n, index, mutu(index))


def _frozen_index(quarter: Period, frozen: Mapping[str, Any]) -> QuarterIndex:
    kept = Decimal(frozen["ikm"])
    return QuarterIndex(quarter, frozen["n"], kept, mutu(kept), is_frozen=True)


def read_remarks(period: Period, until: datetime | None = None) -> list[ShownRemark]:
    """Return the remarks of `period` by service and then by their words: an order that tells nothing about time.

    With `until`, remarks that came later are left out: a frozen report has the remarks of its answers only. So are
    those that would need a longer span than the period.
    """
    given = Rating.objects.of_skm().of_days(period.first, period.last)
    given = given.filter(rated_at__lte=until) if until else given
    found = _shown_remarks(given, months=period.months)
    return sorted(found, key=lambda one: (one.service, one.text.casefold(), one.last))


def latest_remarks() -> list[ShownRemark]:
    """Return all remarks that may be shown, those of the latest spans first, within a span in no order of time."""
    found = _shown_remarks(Rating.objects.of_skm(), months=LONGEST)
    return sorted(found, key=lambda one: (one.last, one.when), reverse=True)


def _shown_remarks(given: RatingQuerySet, *, months: int) -> list[ShownRemark]:
    """Return those remarks of `given` that may be shown today, in no order of time. Two queries.

    No span is longer than `months`. Ratings without a remark count too: also a reader who knows who rated finds at
    least TOLD_FROM visitors behind each remark.
    """
    spans = _shown_spans(_rated_in(given), months, localdate())
    rows = given.remarks().values_list(rated_day(), rated_service(), "remark")
    return [ShownRemark(spans[day, service], service, text) for day, service, text in rows if (day, service) in spans]


def _rated_in(given: RatingQuerySet) -> dict[Served, int]:
    """Return how many rated each service on each day. One query."""
    rows = given.order_by().values_list(rated_day(), rated_service()).annotate(Count("pk"))
    return {(day, service): count for day, service, count in rows}


def _shown_spans(rated: Mapping[Served, int], months: int, today: date) -> dict[Served, _Span]:
    """Return under which span the remarks of a day and service are shown; those that wait are not in it.

    The days that are shown by themselves do not count for their month, and so on: who knows this rule must not find
    that a remark of a month is from its one quiet day.
    """
    spans: dict[Served, _Span] = {}
    for length in (0, *(length for _, length in SPANS if length <= months)):
        for span, group in _groups(rated.keys() - spans.keys(), length).items():
            if _last(span[0]) < today and sum(rated[one] for one in group) >= TOLD_FROM:
                spans |= dict.fromkeys(group, span[0])
    return spans


def _groups(found: Iterable[Served], length: int) -> dict[tuple[_Span, str], list[Served]]:
    """Return days and services by their span of `length` months and service; 0 is the day itself."""
    groups: dict[tuple[_Span, str], list[Served]] = {}
    for day, service in found:
        groups.setdefault((period_around(day, length) if length else day, service), []).append((day, service))
    return groups


def _last(span: _Span) -> date:
    return span.last if isinstance(span, Period) else span


def frozen_remarks(remarks: list[ShownRemark]) -> list[list[str]]:
    """Return remarks as plain values for JSON; `remarks_of` reads them again."""
    return [[_code(one.span), one.service, one.text] for one in remarks]


def _code(span: _Span) -> str:
    return span.code if isinstance(span, Period) else span.isoformat()


def remarks_of(period: Period, frozen: FrozenReport | None) -> list[ShownRemark]:
    """Return the remarks of a report: those frozen with it, so that no later correction of a visit moves one.

    A report that is not frozen, or was frozen before its remarks were, has those of the ratings as they are now.
    """
    if frozen and frozen.remarks is not None:
        return [_from_frozen(*row) for row in frozen.remarks]
    return read_remarks(period, frozen.frozen_at if frozen else None)


def _from_frozen(code: str, service: str, text: str, is_month: bool = False) -> ShownRemark:
    """Return a frozen remark. Older reports have the first day of the month, and that the month is meant."""
    if is_month:
        return ShownRemark(period_around(date.fromisoformat(code), 1), service, text)
    return ShownRemark(date.fromisoformat(code) if DAY.fullmatch(code) else period_of(code), service, text)
