"""Reminding an applicant, once a round, that a returned form was not answered within the months the office waits.

Set-based: a handful of statements for each `AT_ONCE` rounds, however many there are. The row says that it was reminded,
so a stopped machine catches up and nobody is reminded twice.
"""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from office.calendar import add_months
from office.models import Mail, Office
from office.outbox import put_mails
from recommendations.links import page_url
from recommendations.models import Round, SubmissionEvent
from recommendations.workflow import Move, Status

AT_ONCE = 500


def waiting(today: date, months: int) -> QuerySet[Round]:
    """Returned rounds that were told more than `months` ago, and neither answered nor reminded."""
    first_in_time = timezone.make_aware(datetime.combine(add_months(today, -months), time.min))
    later = Round.objects.recorded().filter(submission=OuterRef("submission"), number__gt=OuterRef("number"))
    told = Round.objects.recorded().filter(told_at__lt=first_in_time, answered_at=None, reminded_at=None)
    return told.filter(submission__status=Status.RETURNED).exclude(Exists(later)).order_by("pk")


def remind_waiting(today: date) -> int:
    """Owe a reminder to everybody who is waited for too long; returns how many."""
    office, count = Office.objects.current(), 0
    while reminded := _remind_some(office, today):
        count += reminded
    return count


@transaction.atomic
def _remind_some(office: Office, today: date) -> int:
    """Some of them, locked: two clocks that ring together remind each round once."""
    rows = waiting(today, office.answer_months).select_for_update(of=("self",), skip_locked=True)
    rounds = list(rows.select_related("submission__applicant").defer("answers", "typed_by")[:AT_ONCE])
    now = timezone.now()
    Round.objects.filter(pk__in=[one.pk for one in rounds]).update(reminded_at=now)
    SubmissionEvent.objects.bulk_create(_event(one, now) for one in rounds)
    if rounds:
        put_mails([_mail(one, office) for one in rounds])
    return len(rounds)


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
