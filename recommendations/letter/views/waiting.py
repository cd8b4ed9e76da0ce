"""The submissions that wait for their letter, as the pages of the Kepala show them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from office.calendar import working_days_between
from office.heads import NotTheHead
from office.models import DayOff, Head, Office
from office.public_address import address_problem
from office.requests import StaffRequest
from recommendations.examination.remarks import annex_advice
from recommendations.models import Letter, Round, Submission, SubmissionEvent
from recommendations.models.submissions import SubmissionQuerySet
from recommendations.promise.due_meter import clock_of, meter
from recommendations.workflow import Move


def waiting_for(request: StaffRequest, *, with_answers: bool = False) -> SubmissionQuerySet:
    """Return the visible submissions that wait, with the rows that `loaded` and `wrong_letter_of` read.

    The answers are long: only a page that needs the words of all letters asks for them, and for the examination.
    """
    verified = SubmissionEvent.objects.filter(move=Move.VERIFY).select_related("by")
    recorded = Round.objects.without_answers().recorded().prefetch_related("remarks", "decisions")
    if with_answers:
        recorded = Round.objects.defer("typed_by").recorded().select_related("first_reader")
        recorded = recorded.prefetch_related("remarks", "decisions__by", "duplicate_check__by")
    wrong = Letter.objects.being_corrected().select_related("correction_by").defer("content")
    return (
        Submission.objects.visible_to(request.user)
        .with_people()
        .awaiting_issue()
        .prefetch_related(
            Prefetch("rounds", recorded, to_attr="recorded_rounds"),
            Prefetch("events", verified, to_attr="verifications"),
            Prefetch("letters", wrong, to_attr="wrong_letters"),
        )
    )


def loaded(submission: Submission) -> tuple[list[Round], SubmissionEvent]:
    """Return the recorded rounds and the last verification of a submission that comes from `waiting_for`."""
    rows = vars(submission)
    return rows["recorded_rounds"], rows["verifications"][-1]


def wrong_letter_of(submission: Submission) -> Letter | None:
    """Return the letter that is to be replaced of a submission that comes from `waiting_for`; None without one."""
    return next(iter(vars(submission)["wrong_letters"]), None)


def cards_of(submissions: Iterable[Submission], today: date) -> list[dict[str, Any]]:
    """Return what the Kepala's list says of each submission that comes from `waiting_for`."""
    days_off, total = DayOff.objects.names().keys(), Office.objects.current().promise_days
    return [_card(one, {"today": today, "days_off": days_off, "total": total}) for one in submissions]


def _card(submission: Submission, facts: dict[str, Any]) -> dict[str, Any]:
    recorded, verification = loaded(submission)
    since = timezone.localdate(verification.at)
    return {
        "submission": submission,
        "due": meter(submission.status, clock_of(recorded[-1]), **facts),
        "is_last_day": submission.due_on is not None and submission.due_on <= facts["today"],
        "wrong": wrong_letter_of(submission),
        "remark_count": len(annex_advice(recorded)),
        "decision_count": len(recorded[-1].decisions.all()),
        "verification": verification,
        "days_here": working_days_between(since, facts["today"], facts["days_off"]),
    }


def why_closed(request: StaffRequest) -> str:
    """Return why this person cannot issue a letter today; "" when nothing is in the way."""
    if not Head.objects.on(timezone.localdate()).filter(user=request.user).exists():
        return str(NotTheHead())
    return address_problem(Office.objects.current())
