"""Mail the officers about activities whose planned release is over, so that they ask for results and metadata.

Each submission stores the day of its mail (`results_told_on`): it is mailed about once, and a run that comes late has
what was missed.
"""

from datetime import date

from django.db import transaction
from django.template.loader import render_to_string

from office.batches import must_be_none
from office.calendar import is_working_day
from office.formats import long_date
from office.models import DayOff, Head, Mail, Office, User
from office.outbox import put_mails_of
from recommendations.models import Submission
from recommendations.promise.alerts import NAMED
from recommendations.results.obligations import Awaited, awaited

AT_ONCE = 500
"""The most activities of one run; the next run has the rest."""


def remind_of_results(today: date) -> int:
    """Mail about every activity whose release is over and whose results were not asked for since. Return the count.

    The officer gets the mail; the Kepala, when the officer cannot get mail. It is 0 on a day off. An activity for
    which neither has an address waits. The letter obliges the agency: FS3 and FP-KPA 7.6. Raise RowsFailed at the end
    when the mail to a person could not be written; the next run tries it again.
    """
    if not is_working_day(today, DayOff.objects.names().keys()):
        return 0
    count, failed = _remind_all(today)
    must_be_none(failed)
    return count


@transaction.atomic
def _remind_all(today: date) -> tuple[int, int]:
    """Return how many activities were mailed about, and how many mails could not be written."""
    office = Office.objects.locked()  # so that two clocks never mail at once
    rows = [row for row in awaited(Submission.objects.filter(results_told_on=None), today=today) if _is_to_tell(row)]
    lists = _by_receiver(rows[:AT_ONCE], today)
    failed = put_mails_of(list(lists), lambda user: _mail(user, lists[user], office, today))
    told = {row.submission.pk for user, mine in lists.items() if user not in failed for row in mine}
    return Submission.objects.filter(pk__in=told).update(results_told_on=today), len(failed)


def _is_to_tell(row: Awaited) -> bool:
    """Return whether the release is known and the agency was not asked after it."""
    return row.planned_on is not None and not (row.asked_on and row.asked_on > row.planned_on)


def _by_receiver(rows: list[Awaited], today: date) -> dict[User, list[Awaited]]:
    """Return the rows of each user who gets a mail: the own ones, and the Kepala's those of officers without mail."""
    heads = list(filter(_has_mail, User.objects.filter(headships__in=Head.objects.on(today)).distinct()))
    lists: dict[User, list[Awaited]] = {}
    for row in rows:
        officer = row.submission.officer
        for user in [officer] if _has_mail(officer) else heads:
            lists.setdefault(user, []).append(row)
    return lists


def _has_mail(user: User) -> bool:
    return user.is_active and bool(user.email)


def _mail(user: User, rows: list[Awaited], office: Office, today: date) -> Mail:
    facts = {"user": user, "rows": rows[:NAMED], "unnamed": len(rows[NAMED:]), "office": office}
    return Mail(
        key=f"results:{user.pk}:{rows[0].submission.pk}",
        to=user.email,
        subject=f"Hasil kegiatan: {len(rows)} instansi perlu dimintai, {long_date(today)}",
        body=render_to_string("recommendations/results/mail_results.txt", facts),
    )
