"""Mail the officer about answers on the applicant's page."""

from django.template.loader import render_to_string
from django.utils import timezone

from office.models import Office
from office.outbox import put_mail
from recommendations.models import Round


def tell_answered(returned: Round, *, words: str) -> None:
    """Mail the officer that the applicant has answered, once a day and round. Do nothing without a mail address."""
    submission, officer = returned.submission, returned.submission.officer
    if not officer.email:
        return
    facts = {"submission": submission, "round": returned, "words": words, "office": Office.objects.current()}
    put_mail(
        key=f"answer:{returned.pk}:{timezone.localdate().isoformat()}",
        to=officer.email,
        subject=f"Jawaban pemohon masuk: permohonan {submission.register}",
        body=render_to_string("recommendations/tracking/mail_answered.txt", facts),
    )
