"""The mails that an anonymous reporter causes: written in the morning after, all together.

A mail of the same minute would tell who stood at the kiosk, or which visitor had just left. In the morning the day is
over, and the mail says no more than the page, which shows the day (decision 0019).
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from complaints.models import ComplaintEvent
from complaints.notices import tell_assigned, tell_not_satisfied, tell_received, tell_reopened, tell_replied
from complaints.workflow import Move, Status
from office.batches import each_alone

LOOKS_BACK = timedelta(days=30)
"""A desk that was off for longer does not write the mails of the days before."""


def _received(event: ComplaintEvent) -> None:
    if event.complaint.status == Status.RECEIVED:
        tell_received(event.complaint)


def _given_at_once(event: ComplaintEvent) -> None:
    if event.by is None and event.complaint.status == Status.ASSIGNED:
        tell_assigned(event.complaint, at=event.at)


def _replied(event: ComplaintEvent) -> None:
    if event.complaint.awaits_answer:
        tell_replied(event.complaint, on=localdate(event.at))


def _reopened(event: ComplaintEvent) -> None:
    if event.complaint.status == Status.REOPENED:
        tell_reopened(event.complaint)


def _rated(event: ComplaintEvent) -> None:
    if event.complaint.is_satisfied is False:
        tell_not_satisfied(event.complaint)


MORNING: dict[str, Callable[[ComplaintEvent], None]] = {
    Move.RECEIVE: _received,
    Move.ASSIGN: _given_at_once,
    Move.REPLY: _replied,
    Move.REOPEN: _reopened,
    Move.SATISFY: _rated,
}
"""What an anonymous reporter does, with the mail about it, as long as its words are still true."""


def tell_of_anonymous(today: date) -> int:
    """Write the mails about what anonymous reporters did before `today`, and return how many acts that were.

    Each mail is written once, because its key is known. They are in no order of time, as the lists of a day are.
    Raise RowsFailed at the end.
    """
    days = (today - LOOKS_BACK, today - timedelta(days=1))
    found = ComplaintEvent.objects.filter(complaint__is_anonymous=True, move__in=MORNING, at__date__range=days)
    events = found.select_related("by", "complaint__assigned_to").order_by("complaint__code", "at")
    return len(each_alone(events, _tell))


@transaction.atomic
def _tell(event: ComplaintEvent) -> None:
    MORNING[event.move](event)
