"""Where submissions stand, for the rows of a list: badge, traffic light, next act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Prefetch, When
from django.utils import timezone

from office.models import DayOff, Office, User
from recommendations.badges import STATE_SIGNS
from recommendations.models import Round, Submission
from recommendations.models.submissions import SubmissionQuerySet
from recommendations.promise.due_meter import clock_of, meter, told
from recommendations.submissions.service_steps import next_act
from recommendations.workflow import Status

TOLD = (Status.SENT, Status.CLOSED, Status.CANCELLED)
"""Their due date is history."""
WITH_OTHERS = (Status.VERIFIED, *TOLD)
"""Where the officer has nothing in hand: the status says with whom it lies."""


@dataclass(frozen=True)
class CalendarFacts:
    """What every row of a page is reckoned with."""

    today: date
    days_off: Collection[date]
    promise_days: int
    two_readers: bool


def in_order(found: SubmissionQuerySet) -> SubmissionQuerySet:
    """What is due first first, what was told already after that, with everything that a row shows."""
    rounds = Prefetch("rounds", Round.objects.without_answers())
    is_told = Case(When(status__in=TOLD, then=1), default=0)
    due_first = F("due_on").asc(nulls_last=True)
    return found.with_people().prefetch_related(rounds).order_by(is_told, due_first, "-year", "-number")


def rows_of(submissions: Iterable[Submission], user: User, facts: CalendarFacts) -> list[dict[str, Any]]:
    """A row each, for submissions whose rounds are at hand; `facts` are `calendar_facts()`."""
    return [{"submission": one, "act": next_act(one, user)} | standing(one, facts) for one in submissions]


def calendar_facts() -> CalendarFacts:
    """Those of today."""
    office, days_off = Office.objects.current(), DayOff.objects.names().keys()
    return CalendarFacts(timezone.localdate(), days_off, office.promise_days, office.two_readers)


def standing(submission: Submission, facts: CalendarFacts) -> dict[str, Any]:
    """The badge and the light of one submission whose rounds are at hand."""
    rounds = submission.rounds.all()
    recorded = next((one for one in reversed(rounds) if one.is_frozen), None)
    clock = clock_of(recorded)
    kind, icon = STATE_SIGNS[Status(submission.status)]
    words = status_words(submission, recorded, two_readers=facts.two_readers)
    is_returned = submission.status == Status.RETURNED
    return {
        "due": meter(submission.status, clock, today=facts.today, total=facts.promise_days, days_off=facts.days_off),
        "told": told(clock, clock.told_on, days_off=facts.days_off) if clock and clock.told_on else None,
        "round": recorded,
        "round_count": len(rounds),
        "is_untold": is_returned and recorded and not recorded.told_at,
        "has_answer": is_returned and recorded and recorded.answered_at,
        "state": {"kind": kind, "icon": icon, "text": words},
        "with_whom": words if submission.status in WITH_OTHERS else submission.officer,
    }


def status_words(submission: Submission, recorded: Round | None, *, two_readers: bool) -> str:
    """The status, and whose turn it is among two examiners."""
    is_read_once = two_readers and submission.status == Status.CHECKING and recorded and recorded.first_reader_id
    return "Menunggu pemeriksa kedua" if is_read_once else submission.get_status_display()
