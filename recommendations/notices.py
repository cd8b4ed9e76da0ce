"""Mails that tell an applicant or an officer something of a submission: each is owed through the outbox, once."""

from django.template.loader import render_to_string
from django.utils import timezone

from office.models import Office
from office.outbox import put_mail
from recommendations.models import Round
from recommendations.models.dues import DueChangeQuerySet


def tell_later(changes: DueChangeQuerySet) -> None:
    """The result comes later than was promised: the old day, the new day, and why."""
    office = Office.objects.current()
    for change in changes.select_related("round__submission__applicant").iterator():
        submission = change.round.submission
        put_mail(
            key=f"due:{change.pk}",
            to=submission.applicant.email,
            subject=f"Perubahan jatuh tempo permohonan {submission.register}",
            body=render_to_string(
                "recommendations/mail_later.txt", {"change": change, "submission": submission, "office": office}
            ),
        )


def tell_answered(returned: Round, *, words: str) -> None:
    """The responsible officer hears that the applicant has answered, once a day and round however often it is sent."""
    submission, officer = returned.submission, returned.submission.officer
    if not officer.email:
        return
    facts = {"submission": submission, "round": returned, "words": words, "office": Office.objects.current()}
    put_mail(
        key=f"answer:{returned.pk}:{timezone.localdate().isoformat()}",
        to=officer.email,
        subject=f"Jawaban pemohon masuk: permohonan {submission.register}",
        body=render_to_string("recommendations/mail_answered.txt", facts),
    )
