"""Put a mail into the outbox for each applicant whose letter was replaced or revoked; one mail for each letter."""

from functools import partial

from django.template.loader import render_to_string

from office.models import Mail, Office
from recommendations.links import page_url
from recommendations.models import Letter
from recommendations.notices import put_notices

AT_ONCE = 100
SUBJECTS = {"replaced": "Surat {} diganti", "revoked": "Surat {} dicabut"}


def tell_ended() -> int:
    """Put every owed mail about a letter that has ended into the outbox. Return the count.

    When there is none, this is one query.
    """
    if not Letter.objects.owing_notice().exists():
        return 0
    rows = Letter.objects.select_related("submission__applicant", "replacement")
    return put_notices(rows, partial(_mail, office=Office.objects.current()), at_once=AT_ONCE)


def _mail(letter: Letter, office: Office) -> Mail:
    facts = {
        "letter": letter,
        "words": letter.content,
        "submission": letter.submission,
        "replacement": letter.replaced_by,
        "page_url": page_url(letter.submission, office),
        "office": office,
    }
    return Mail(
        key=f"ended:{letter.pk}",
        to=letter.submission.applicant.email,
        subject=SUBJECTS[letter.status].format(letter.number),
        body=render_to_string("recommendations/letter/mail_ended.txt", facts),
    )
