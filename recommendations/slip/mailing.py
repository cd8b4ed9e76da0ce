"""When the promise of a returned round is kept: once the applicant has been told, not when the officer returned it.

Told means the slip in somebody's hands, or its mail taken by the mail server; whichever comes first is written down
once. An answer on the own page, or the form recorded complete again, shows that the applicant knew.
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
    """Write down every slip whose mail a server took, and which nobody has noted yet; how many there were.

    One query when there is none, however many slips were sent.
    """
    taken = Slip.objects.filter(mail__in=Mail.objects.sent(), round__in=Round.objects.promised())
    found = taken.select_related("round__submission", "mail")
    return sum(tell_by_mail(slip) for slip in found)


def tell_by_mail(slip: Slip) -> bool:
    """A server has taken the slip's mail; False when it has not, or when the applicant is known to be told."""
    mail = slip.mail
    if mail is None or mail.sent_at is None:
        return False
    return tell_round(slip, at=mail.sent_at, by=None, note=f"e-mail diterima server e-mail, {mail.to}")


@transaction.atomic
def owe_mail(slip_id: int) -> Mail | None:
    """Put the slip's mail into the outbox unless it is there; None while it is not drawn, or nobody waits for it."""
    slip = Slip.objects.select_related("round__submission__applicant").get(pk=slip_id)
    locked(slip.round.submission)
    if not Slip.objects.unmailed().filter(pk=slip_id).exists():
        return None
    return mail_slip(slip, key=f"slip:{slip.pk}", to=slip.round.submission.applicant.email)


def mail_slip(slip: Slip, *, key: str, to: str) -> Mail | None:
    """Owe `to` the drawn slip; the same `key` always gives the same mail. None when the kept PDF is damaged."""
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
