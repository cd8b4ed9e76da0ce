"""Build the rows of a list of submissions: badge, due meter, next act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Prefetch, When
from django.utils import timezone

from office.models import DayOff, Mail, Office, User
from recommendations.badges import STATE_BADGES
from recommendations.models import Dispatch, Round, Submission
from recommendations.models.letters import NOT_ENDED
from recommendations.models.submissions import SubmissionQuerySet
from recommendations.promise.due_meter import clock_of, meter, told
from recommendations.submissions.service_steps import next_act
from recommendations.workflow import ENDED, Move, Status

TOLD = (Status.SENT, *ENDED)
"""In these statuses no result is owed any more, so lists show them last."""
WITH_OTHERS = (Status.VERIFIED, *TOLD)
"""In these statuses the officer has nothing to do; the words of the status name the next person, if any."""


@dataclass(frozen=True)
class CalendarFacts:
    """The facts that are the same for every row of a page."""

    today: date
    days_off: Collection[date]
    promise_days: int
    two_readers: bool


def in_order(found: SubmissionQuerySet) -> SubmissionQuerySet:
    """Return the submissions by due date, those with a TOLD status last. Prefetch what a row shows."""
    rounds = Prefetch("rounds", Round.objects.without_answers())
    is_told = Case(When(status__in=TOLD, then=1), default=0)
    due_first = F("due_on").asc(nulls_last=True)
    return found.with_people().prefetch_related(rounds).order_by(is_told, due_first, "-year", "-number")


def rows_of(submissions: Iterable[Submission], user: User, facts: CalendarFacts) -> list[dict[str, Any]]:
    """Return a row for each submission; their rounds must be prefetched. `facts` come from `calendar_facts`."""
    submissions = list(submissions)
    mails = last_mails(submissions)
    acts = [next_act(one, user, last_mail=mails.get(one.pk, "")) for one in submissions]
    return [{"submission": one, "act": act} | standing(one, facts) for one, act in zip(submissions, acts, strict=True)]


def last_mails(submissions: Iterable[Submission]) -> dict[int, str]:
    """Return the status of the last mail with the letter in force, by the key of its submission.

    Only submissions whose letter can still be sent are asked for, in one query; without any there is no query.
    """
    to_send = [one.pk for one in submissions if Move.DELIVER in one.possible_moves]
    if not to_send:
        return {}
    by_mail = Dispatch.objects.filter(
        channel=Dispatch.Channel.EMAIL, letter__submission__in=to_send, letter__status__in=NOT_ENDED
    )
    found = by_mail.order_by("pk").values_list("letter__submission_id", "mail__status")
    return {pk: status or Mail.Status.WAITING for pk, status in found}


def calendar_facts() -> CalendarFacts:
    """Return the facts of today."""
    office, days_off = Office.objects.current(), DayOff.objects.names().keys()
    return CalendarFacts(timezone.localdate(), days_off, office.promise_days, office.two_readers)


def standing(submission: Submission, facts: CalendarFacts) -> dict[str, Any]:
    """Return the badge, the due meter and the last recorded round of one submission with prefetched rounds."""
    rounds = submission.rounds.all()
    recorded = next((one for one in reversed(rounds) if one.is_frozen), None)
    clock = clock_of(recorded)
    kind, icon = STATE_BADGES[Status(submission.status)]
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
    """Return the words of the status; they say when only a second reader is missing."""
    is_read_once = two_readers and submission.status == Status.CHECKING and recorded and recorded.first_reader_id
    return "Menunggu pemeriksa kedua" if is_read_once else submission.get_status_display()
