"""Where submissions stand, for the rows of a list: badge, traffic light, next act."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Prefetch
from django.utils import timezone

from office.models import DayOff, Office, User
from recommendations.due_meter import clock_of, meter, told
from recommendations.models import Round, Submission
from recommendations.models.submissions import SubmissionQuerySet
from recommendations.service_steps import next_act
from recommendations.workflow import Status

STATE_SIGNS = {
    # status: kind and icon of its badge
    Status.RECORDING: ("plain", "edit"),
    Status.CHECKING: ("plain", "search"),
    Status.RETURNED: ("warn", "back"),
    Status.VERIFIED: ("act", "seal"),
    Status.ISSUED: ("act", "file"),
    Status.SENT: ("ok", "send"),
    Status.CLOSED: ("ok", "ok"),
    Status.CANCELLED: ("plain", "x"),
}
WITH_OTHERS = (Status.VERIFIED, Status.SENT, Status.CLOSED, Status.CANCELLED)
"""Where the officer has nothing in hand: the status says with whom it lies."""


def in_order(found: SubmissionQuerySet) -> SubmissionQuerySet:
    """What is due first first, with everything that a row shows."""
    rounds = Prefetch("rounds", Round.objects.without_answers())
    return found.with_people().prefetch_related(rounds).order_by(F("due_on").asc(nulls_last=True), "-year", "-number")


def rows_of(submissions: Iterable[Submission], user: User, facts: dict[str, Any]) -> list[dict[str, Any]]:
    """A row each, for submissions whose rounds are at hand; `facts` are `calendar_facts()`."""
    return [{"submission": one, "act": next_act(one, user)} | standing(one, facts) for one in submissions]


def calendar_facts() -> dict[str, Any]:
    """What every traffic light of a page is reckoned with."""
    days_off = DayOff.objects.names().keys()
    return {"today": timezone.localdate(), "total": Office.objects.current().promise_days, "days_off": days_off}


def standing(submission: Submission, facts: dict[str, Any]) -> dict[str, Any]:
    """The badge and the light of one submission whose rounds are at hand."""
    rounds = submission.rounds.all()
    recorded = next((one for one in reversed(rounds) if one.is_frozen), None)
    clock = clock_of(recorded)
    kind, icon = STATE_SIGNS[Status(submission.status)]
    return {
        "due": meter(submission.status, clock, **facts),
        "told": told(clock, days_off=facts["days_off"]) if clock and clock.told_on else None,
        "round": recorded,
        "round_count": len(rounds),
        "state": {"kind": kind, "icon": icon},
        "with_whom": submission.get_status_display() if submission.status in WITH_OTHERS else submission.officer,
    }
