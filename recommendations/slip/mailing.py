"""Put the slip's mail into the outbox, and mark the round as told when the mail server accepted it.

A returned round counts as told when the officer handed the slip over or the mail server accepted its mail. An answer
on the applicant's page, or the corrected form recorded complete, marks it too (promise/telling.py).
"""

from django.db import transaction
from django.template.loader import render_to_string

from office.batches import each_alone
from office.models import Mail
from office.outbox import put_mail
from recommendations.models import Round, Slip
from recommendations.moves import locked
from recommendations.promise.telling import tell_round
from recommendations.slip.pdf import slip_file_name


def note_told() -> int:
    """Mark as told every round whose slip was mailed but not yet marked. Return the count.

    When there is none, this is one query, however many slips were mailed before. Raise RowsFailed at the end.
    """
    taken = Slip.objects.filter(mail__in=Mail.objects.sent(), round__in=Round.objects.promised())
    found = taken.select_related("round__submission", "mail__decided_by")
    return sum(each_alone(found, tell_by_mail))


def tell_by_mail(slip: Slip) -> bool:
    """Mark the slip's round as told when the mail server accepted the slip's mail, or an officer takes it as arrived.

    Return False when neither happened, or when the promise of the round no longer runs.
    """
    mail = slip.mail
    if mail is None or mail.sent_at is None or mail.status != Mail.Status.SENT:
        return False
    words = "e-mail dianggap sampai" if mail.decided_by else "e-mail diterima server e-mail"
    return tell_round(slip, at=mail.sent_at, by=mail.decided_by, note=f"{words}, {mail.to}")


@transaction.atomic
def owe_mail(slip_id: int) -> Mail | None:
    """Put the mail of a slip into the outbox, and return it.

    Return None when the slip is not drawn, has a mail already, or is no longer needed (the submission is not returned,
    or a later round was recorded complete).
    """
    slip = Slip.objects.select_related("round__submission__applicant").get(pk=slip_id)
    locked(slip.round.submission)
    if not Slip.objects.unmailed().filter(pk=slip_id).exists():
        return None
    return mail_slip(slip, key=f"slip:{slip.pk}", to=slip.round.submission.applicant.email)


def mail_slip(slip: Slip, *, key: str, to: str) -> Mail:
    """Put a mail with the slip's PDF for `to` into the outbox, link it to the slip, and return it.

    When a mail with this `key` exists, link and return that one. The caller starts the sending. The PDF is read when
    the mail is sent, and only sent when it is unchanged.
    """
    facts = {"slip": slip, "words": slip.content, "submission": slip.round.submission}
    slip.mail = put_mail(
        key=key,
        to=to,
        subject=f"Catatan perbaikan permohonan {slip.content['register']}",
        body=render_to_string("recommendations/slip/mail_slip.txt", facts),
        file=slip.pdf.name,
        sha256=slip.sha256,
        file_name=slip_file_name(slip),
        starts=False,
    )
    slip.save(update_fields=["mail"])
    return slip.mail
