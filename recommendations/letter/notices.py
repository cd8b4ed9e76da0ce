"""Put a mail into the outbox for each applicant whose letter was replaced or revoked; one mail for each letter."""

from django.db import transaction
from django.template.loader import render_to_string

from office.models import Mail, Office
from office.outbox import put_mails
from recommendations.links import page_url
from recommendations.models import Letter

AT_ONCE = 100
SUBJECTS = {"replaced": "Surat {} diganti", "revoked": "Surat {} dicabut"}


def tell_ended() -> int:
    """Put every owed mail about a letter that has ended into the outbox. Return the count.

    When there is none, this is one query.
    """
    if not Letter.objects.owing_notice().exists():
        return 0
    office, count = Office.objects.current(), 0
    while told := _tell_some_ended(office):
        count += told
    return count


@transaction.atomic
def _tell_some_ended(office: Office) -> int:
    """Put at most `AT_ONCE` mails into the outbox, and return the count; 0 when none is owed.

    The letters are locked, so that two workers never mail about one end twice.
    """
    rows = Letter.objects.owing_notice().select_for_update(of=("self",), skip_locked=True)
    letters = list(rows.select_related("submission__applicant", "replacement")[:AT_ONCE])
    Letter.objects.filter(pk__in=[one.pk for one in letters]).update(is_notice_owed=False)
    if letters:
        put_mails([_mail(one, office) for one in letters])
    return len(letters)


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
