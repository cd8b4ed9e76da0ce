"""Put a mail into the outbox for each applicant whose due date became later; at most one mail for each change."""

from django.db import transaction
from django.template.loader import render_to_string

from office.models import Mail, Office
from office.outbox import put_mails
from recommendations.models import DueChange

AT_ONCE = 500


def tell_later() -> int:
    """Put every owed mail into the outbox: the old due date, the new one, and the cause. Return the count."""
    office, count = Office.objects.current(), 0
    while told := _tell_some(office):
        count += told
    return count


@transaction.atomic
def _tell_some(office: Office) -> int:
    """Put at most `AT_ONCE` mails into the outbox, and return the count; 0 when none is owed.

    The changes are locked, so that two workers never mail about one change twice.
    """
    rows = DueChange.objects.owed().select_for_update(of=("self",), skip_locked=True)
    changes = list(rows.select_related("round__submission__applicant").defer("round__answers")[:AT_ONCE])
    DueChange.objects.filter(pk__in=[one.pk for one in changes]).update(is_notice_owed=False)
    if changes:
        put_mails([_mail(one, office) for one in changes])
    return len(changes)


def _mail(change: DueChange, office: Office) -> Mail:
    submission = change.round.submission
    return Mail(
        key=f"due:{change.pk}",
        to=submission.applicant.email,
        subject=f"Perubahan jatuh tempo permohonan {submission.register}",
        body=render_to_string(
            "recommendations/promise/mail_later.txt", {"change": change, "submission": submission, "office": office}
        ),
    )
