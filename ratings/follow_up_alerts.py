"""Mail the person responsible for a measure of the follow-up plan before it is due, and once when it is overdue.

The heads of the office get the second mail too, and the first one in place of a person who gets no mail. The mail is
the row that says that it was sent: its key names the measure, its due date, which mail it is, and the reader.
"""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from office.batches import must_be_none
from office.calendar import add_working_days, is_working_day
from office.heads import heads_today
from office.models import DayOff, Mail, Office, User
from office.outbox import put_mails_of
from ratings.follow_up_models import FollowUp

AHEAD = 5
"""Working days before the due date, as the alerts of promises count them."""
SOON, LATE = "mendekati batas waktu", "lewat batas waktu"


def alert_follow_ups(today: date) -> int:
    """Write the mails that are owed `today`, each once. Return how many are new; 0 on a day off.

    Raise RowsFailed at the end when a mail could not be written.
    """
    count, failed = _alert_readers(today)
    must_be_none(failed)
    return count


@transaction.atomic
def _alert_readers(today: date) -> tuple[int, int]:
    """Return how many mails are new, and how many could not be written."""
    days_off = DayOff.objects.names().keys()
    if not is_working_day(today, days_off):
        return 0, 0
    due = FollowUp.objects.unfinished().filter(due_on__lte=add_working_days(today, AHEAD, days_off))
    office, heads = Office.objects.current(), heads_today()
    rows = due.select_related("responsible").order_by("due_on", "pk")
    owed = {_key(row, user, today): (row, user) for row in rows for user in _readers(row, heads, today)}
    there = set(Mail.objects.filter(key__in=owed).values_list("key", flat=True))
    new = [pair for key, pair in owed.items() if key not in there]
    failed = put_mails_of(new, lambda pair: _mail(*pair, office, today))
    return len(new) - len(failed), len(failed)


def _readers(follow_up: FollowUp, heads: list[User], today: date) -> Iterator[User]:
    """Yield who gets the mail about a measure, each once."""
    user = follow_up.responsible
    is_reachable = user is not None and user.is_active and bool(user.email)
    if user and is_reachable:
        yield user
    if follow_up.is_overdue(today) or not is_reachable:
        yield from (head for head in heads if head.email and head != user)


def _key(follow_up: FollowUp, user: User, today: date) -> str:
    level = "late" if follow_up.is_overdue(today) else "soon"
    return f"follow-up-due:{follow_up.pk}:{follow_up.due_on}:{level}:{user.pk}"


def _mail(follow_up: FollowUp, user: User, office: Office, today: date) -> Mail:
    words = LATE if follow_up.is_overdue(today) else SOON
    address = office.full_address(reverse("ratings:follow_up_detail", args=[follow_up.pk]))
    facts = {"user": user, "follow_up": follow_up, "office": office, "address": address, "words": words}
    return Mail(
        key=_key(follow_up, user, today),
        to=user.email,
        subject=f"Tindak lanjut SKM: {follow_up.get_aspect_display()} {words}",
        body=render_to_string("ratings/mail_follow_up_due.txt", facts),
    )
