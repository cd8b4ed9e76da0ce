"""Remind an applicant, once for each round, who did not answer a returned form within the office's `answer_months`.

A few statements handle `AT_ONCE` rounds. Each round stores when it was reminded: a run that comes late reminds the
missed rounds, and no round is reminded twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from office.batches import all_at_once, must_be_none
from office.calendar import add_months
from office.models import Mail, Office
from office.outbox import put_mails
from recommendations.links import page_url
from recommendations.models import Round, SubmissionEvent
from recommendations.workflow import Move, Status

AT_ONCE = 500


def waiting(today: date, months: int) -> QuerySet[Round]:
    """Return the rounds that were told more than `months` ago, without an answer, a reminder or a later recorded round.

    Only rounds of returned submissions.
    """
    first_in_time = timezone.make_aware(datetime.combine(add_months(today, -months), time.min))
    later = Round.objects.recorded().filter(submission=OuterRef("submission"), number__gt=OuterRef("number"))
    told = Round.objects.recorded().filter(told_at__lt=first_in_time, answered_at=None, reminded_at=None)
    return told.filter(submission__status=Status.RETURNED).exclude(Exists(later)).order_by("pk")


def remind_waiting(today: date) -> int:
    """Mark every round that waits too long as reminded, and put its mail into the outbox. Return the count.

    Raise RowsFailed at the end when a mail could not be written; its round is tried again by the next run.
    """
    office = Office.objects.current()
    count, last, failed = 0, 0, 0
    while some := _remind_some(office, today, after=last):
        last, failed = some.last, failed + some.failed
        count += some.reminded
    must_be_none(failed)
    return count


@dataclass(frozen=True)
class _Some:
    """Rounds of one transaction: how many were reminded, how many not, and the last one's key."""

    reminded: int
    failed: int
    last: int


@transaction.atomic
def _remind_some(office: Office, today: date, *, after: int) -> _Some | None:
    """Remind at most `AT_ONCE` rounds whose key is higher than `after`. Return None when no round is left.

    The rounds are locked, so that two clocks that run at once remind each round once.
    """
    rows = waiting(today, office.answer_months).filter(pk__gt=after).select_for_update(of=("self",), skip_locked=True)
    rounds = list(rows.select_related("submission__applicant").defer("answers", "typed_by")[:AT_ONCE])
    if not rounds:
        return None
    failed = len(all_at_once(rounds, partial(_remind, office=office)))
    return _Some(len(rounds) - failed, failed, rounds[-1].pk)


def _remind(rounds: Sequence[Round], office: Office) -> None:
    now = timezone.now()
    Round.objects.filter(pk__in=[one.pk for one in rounds]).update(reminded_at=now)
    SubmissionEvent.objects.bulk_create(_event(one, now) for one in rounds)
    put_mails([_mail(one, office) for one in rounds])


def _event(returned: Round, at: datetime) -> SubmissionEvent:
    note = f"putaran {returned.number}: belum ada jawaban, e-mail ke {returned.submission.applicant.email}"
    return SubmissionEvent(submission=returned.submission, move=Move.REMIND, at=at, by=None, note=note)


def _mail(returned: Round, office: Office) -> Mail:
    submission = returned.submission
    facts = {"submission": submission, "round": returned, "office": office, "page_url": page_url(submission, office)}
    return Mail(
        key=f"remind:{returned.pk}",
        to=submission.applicant.email,
        subject=f"Pengingat: permohonan {submission.register} menunggu perbaikan Anda",
        body=render_to_string("recommendations/slip/mail_remind.txt", facts),
    )
