"""Mail each officer, once a working day, the complaints that are due; the heads of the office also those of others.

It does not use `recommendations/promise/alerts.py`: those levels are stored in rounds, and count thirty working days.
A complaint is due within days, so it is named on each working day from the last one before its due date on.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from complaints.models import Complaint
from office.batches import must_be_none
from office.calendar import add_working_days, is_working_day
from office.formats import long_date
from office.heads import heads_today
from office.models import DayOff, Mail, Office, User
from office.outbox import put_mails_of

NAMED = 20
"""A mail names at most this many complaints, and counts the rest."""


def alert_complaints(today: date) -> int:
    """Write the mails of `today`, and return how many people get one. The same day again writes none: one key a day.

    Return 0 on a day off. Raise RowsFailed at the end when the mail to a person could not be written.
    """
    count, failed = _alert_people(today)
    must_be_none(failed)
    return count


@transaction.atomic
def _alert_people(today: date) -> tuple[int, int]:
    """Return how many people get a mail, and how many mails could not be written."""
    days_off = DayOff.objects.names().keys()
    if not is_working_day(today, days_off):
        return 0, 0
    due = list(Complaint.objects.due_by(add_working_days(today, 1, days_off)).with_staff().order_by("due_on", "code"))
    office = Office.objects.current()
    lists = _by_reader(due)
    known = set(Mail.objects.filter(key__in=[_key(user, today) for user in lists]).values_list("key", flat=True))
    new = [user for user in lists if _key(user, today) not in known]
    failed = put_mails_of(new, lambda user: _mail(user, lists[user], office, today))
    return len(new) - len(failed), len(failed)


def _by_reader(due: Iterable[Complaint]) -> dict[User, list[Complaint]]:
    """Return the complaints that each person has to know of: their own, and for a head of the office those of others.

    A complaint about the head is not named to the head.
    """
    readers: dict[User, list[Complaint]] = {}
    heads = heads_today()
    for complaint in due:
        mine = [complaint.assigned_to] if complaint.assigned_to else []
        for user in {*heads, *mine}:
            if user.email and user.is_active and user.pk != complaint.about_id:
                readers.setdefault(user, []).append(complaint)
    return readers


def _key(user: User, today: date) -> str:
    return f"complaint-alert:{user.pk}:{today.isoformat()}"


def _mail(user: User, rows: list[Complaint], office: Office, today: date) -> Mail:
    facts = {
        "user": user,
        "rows": rows[:NAMED],
        "unnamed": max(0, len(rows) - NAMED),
        "office": office,
        "today": today,
        "address": office.full_address(reverse("complaints:complaint_list")),
    }
    return Mail(
        key=_key(user, today),
        to=user.email,
        subject=f"Jatuh tempo: {len(rows)} pengaduan perlu perhatian, {long_date(today)}",
        body=render_to_string("complaints/mail_due.txt", facts),
    )
