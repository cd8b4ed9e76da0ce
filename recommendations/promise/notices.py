"""Put a mail into the outbox for each applicant whose due date became later; at most one mail for each change."""

from django.template.loader import render_to_string

from office.models import Office
from office.outbox import put_mail
from recommendations.models.dues import DueChangeQuerySet


def tell_later(changes: DueChangeQuerySet) -> None:
    """Put one mail for each of `changes` into the outbox: the old due date, the new one, and the cause."""
    office = Office.objects.current()
    for change in changes.select_related("round__submission__applicant").iterator():
        submission = change.round.submission
        put_mail(
            key=f"due:{change.pk}",
            to=submission.applicant.email,
            subject=f"Perubahan jatuh tempo permohonan {submission.register}",
            body=render_to_string(
                "recommendations/promise/mail_later.txt", {"change": change, "submission": submission, "office": office}
            ),
        )
