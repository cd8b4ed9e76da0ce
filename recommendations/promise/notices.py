"""Put a mail into the outbox for each applicant whose due date became later; at most one mail for each change."""

from functools import partial

from django.template.loader import render_to_string

from office.models import Mail, Office
from recommendations.models import DueChange
from recommendations.notices import put_notices

AT_ONCE = 500


def tell_later() -> int:
    """Put every owed mail into the outbox: the old due date, the new one, and the cause. Return the count."""
    rows = DueChange.objects.select_related("round__submission__applicant").defer("round__answers")
    return put_notices(rows, partial(_mail, office=Office.objects.current()), at_once=AT_ONCE)


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
