"""Read the code of a period in a request."""

from django.http import Http404
from django.utils import timezone

from guestbook.periods import NotAPeriod, Period, period_around, period_of


def requested_period(code: str | None, *, months: int = 1) -> Period:
    """Return the requested period, or without a code the one of so many months around today. Raise Http404."""
    try:
        return period_of(code) if code else period_around(timezone.localdate(), months)
    except NotAPeriod as problem:
        raise Http404 from problem
