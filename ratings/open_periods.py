"""Whether a period can still get ratings: then no figure of it counts the last ones alone."""

from datetime import date

from django.db.models import Max

from guestbook.models import Visit
from guestbook.models.visits import RATED_WITHIN
from guestbook.periods import Period
from guestbook.workflow import ACTIVE, Status
from recommendations.models import RatingLink
from recommendations.models.rating_links import RATED_AFTER_DELIVERY

RATABLE = (Status.WAITING, *ACTIVE, Status.SERVED)
"""A visit in these statuses can be rated, now or when it is finished."""


def rated_until(period: Period, today: date) -> date | None:
    """Return the last day on which an unrated visit or letter of `period` can still be rated; None when none can.

    A visit that is still open counts too: it can be finished now, and rated after that.
    """
    days = (period.first, period.last)
    visits = Visit.objects.filter(day__range=days, status__in=RATABLE, rated_at=None)
    letters = RatingLink.objects.filter(delivered_on__range=days, rated_at=None)
    last_visit, last_letter = (
        visits.aggregate(last=Max("day"))["last"],
        letters.aggregate(last=Max("delivered_on"))["last"],
    )
    ends = [last_visit + RATED_WITHIN] if last_visit else []
    ends += [last_letter + RATED_AFTER_DELIVERY] if last_letter else []
    return max((end for end in ends if end >= today), default=None)


def takes_ratings(period: Period, today: date) -> bool:
    """Return whether the period runs, or a visit or letter of it can still be rated."""
    return today <= period.last or rated_until(period, today) is not None
