"""The code of a complaint that came with a rating, in the session of the browser that sent it, for the thanks.

It is shown for a time, not once: a HEAD, a reload or a link preview must not take it from the visitor. On the counter's
tablet the time is short, and the page between two visitors forgets it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from complaints.models import Complaint
from complaints.receipts import kept_receipt
from office.devices import device_behind
from office.models import Device
from ratings.models import Rated

CODE = "complaint_code"
ON_TABLET, ON_OWN_DEVICE = timedelta(seconds=75), timedelta(minutes=15)
"""How long the thanks show the code. The tablet returns to its first page after a minute without a touch."""
PAST = "2000-01-01T00:00:00+00:00"
"""The end of a receipt that an earlier version kept, which was shown once."""


def keep_code(request: HttpRequest, rated: Rated, complaint: Complaint | None) -> None:
    """Keep the code for the thanks of this rating, and forget that of any earlier one."""
    span = ON_TABLET if device_behind(request, Device.Kind.TABLET) else ON_OWN_DEVICE
    until = (timezone.now() + span).isoformat()
    request.session[CODE] = {rated.token: kept_receipt(complaint) | {"until": until}} if complaint else {}


def code_for(request: HttpRequest, rated: Rated) -> dict[str, Any] | None:
    """Return the kept receipt of the complaint that came with this rating; None without one, or after its time."""
    kept: dict[str, Any] | None = request.session.get(CODE, {}).get(rated.token)
    return kept if kept and timezone.now() <= datetime.fromisoformat(kept.get("until", PAST)) else None


def forget_code(request: HttpRequest) -> None:
    """Forget the code: another visitor stands at the tablet."""
    request.session.pop(CODE, None)
