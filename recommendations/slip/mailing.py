"""Put the slip's mail into the outbox, and mark the round as told when the mail server accepted it.

A returned round counts as told when the officer handed the slip over or the mail server accepted its mail. An answer
on the applicant's page, or the corrected form recorded complete, marks it too (promise/telling.py).
"""

import logging

from django.db import transaction
from django.template.loader import render_to_string

from office.models import Mail
from office.outbox import put_mail
from recommendations.models import Round, Slip
from recommendations.moves import locked
from recommendations.papers import FileDamaged
from recommendations.promise.telling import tell_round
from recommendations.slip.pdf import slip_file_name, slip_pdf

log = logging.getLogger(__name__)


def note_told() -> int:
    """Mark as told every round whose slip was mailed but not yet marked. Return the count.

    When there is none, this is one query, however many slips were mailed before.
    """
    taken = Slip.objects.filter(mail__in=Mail.objects.sent(), round__in=Round.objects.promised())
    found = taken.select_related("round__submission", "mail")
    return sum(tell_by_mail(slip) for slip in found)


def tell_by_mail(slip: Slip) -> bool:
    """Mark the slip's round as told when the mail server accepted the slip's mail.

    Return False when it did not, or when the promise of the round no longer runs.
    """
    mail = slip.mail
    if mail is None or mail.sent_at is None:
        return False
    return tell_round(slip, at=mail.sent_at, by=None, note=f"e-mail diterima server e-mail, {mail.to}")


@transaction.atomic
def owe_mail(slip_id: int) -> Mail | None:
    """Put the mail of a slip into the outbox, and return it.

    Return None when the slip is not drawn, has a mail already, or is no longer needed (the submission is not returned,
    or a later round was recorded complete), and when its PDF is missing or changed.
    """
    slip = Slip.objects.select_related("round__submission__applicant").get(pk=slip_id)
    locked(slip.round.submission)
    if not Slip.objects.unmailed().filter(pk=slip_id).exists():
        return None
    return mail_slip(slip, key=f"slip:{slip.pk}", to=slip.round.submission.applicant.email)


def mail_slip(slip: Slip, *, key: str, to: str) -> Mail | None:
    """Put a mail with the slip's PDF for `to` into the outbox, link it to the slip, and return it.

    When a mail with this `key` exists, link and return that one. Return None when the stored PDF is missing or changed.
    """
    try:
        pdf = slip_pdf(slip)
    except FileDamaged:
        log.exception("The slip %s was not mailed.", slip.pk)
        return None
    facts = {"slip": slip, "words": slip.content, "submission": slip.round.submission}
    slip.mail = put_mail(
        key=key,
        to=to,
        subject=f"Catatan perbaikan permohonan {slip.content['register']}",
        body=render_to_string("recommendations/slip/mail_slip.txt", facts),
        file=pdf,
        file_name=slip_file_name(slip),
    )
    slip.save(update_fields=["mail"])
    return slip.mail
