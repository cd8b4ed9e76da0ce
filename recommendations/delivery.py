"""Getting a letter to the applicant, step by step as rows: claimed, sent or failed. Used by the worker and by actions."""

import logging
import smtplib
from datetime import datetime
from email.utils import make_msgid

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from office.models import Office, User
from recommendations.models import Dispatch
from recommendations.moves import locked, move, tell
from recommendations.workflow import Move

log = logging.getLogger(__name__)


@transaction.atomic
def claim(dispatch_id: int, *, at: datetime) -> Dispatch | None:
    """Take a mail that is owed, so that no other worker sends it too; None when it is not owed (any longer)."""
    owed = Dispatch.objects.owed(at).filter(pk=dispatch_id, channel=Dispatch.Channel.EMAIL)
    dispatch = owed.select_for_update(of=("self",), skip_locked=True).select_related("letter__submission__applicant").first()
    if dispatch is None:
        return None
    dispatch.status = Dispatch.Status.SENDING
    dispatch.claimed_at = at
    dispatch.attempts += 1
    dispatch.message_id = dispatch.message_id or make_msgid(domain="pst-desk")
    dispatch.save()
    return dispatch


def send(dispatch: Dispatch) -> None:
    """Mail a claimed dispatch and write down how it ended. A repeated mail keeps its Message-ID."""
    try:
        letter_mail(dispatch).send()
    except (smtplib.SMTPException, OSError) as reason:
        log.warning("Dispatch %s was not sent: %s", dispatch.pk, reason)
        mark_failed(dispatch, reason=str(reason))
    else:
        mark_delivered(dispatch, at=timezone.now(), by=None)


def letter_mail(dispatch: Dispatch) -> EmailMessage:
    """The message with the letter's own bytes attached."""
    letter = dispatch.letter
    context = {"letter": letter, "submission": letter.submission, "office": Office.objects.current()}
    mail = EmailMessage(
        subject=f"Surat Rekomendasi Kegiatan Statistik {letter.identity_number}",
        body=render_to_string("recommendations/mail_letter.txt", context),
        to=[dispatch.to],
        headers={"Message-ID": dispatch.message_id},
    )
    with letter.pdf.open("rb") as pdf:
        mail.attach(f"Surat Rekomendasi {letter.identity_number}.pdf", pdf.read(), "application/pdf")
    return mail


@transaction.atomic
def mark_delivered(dispatch: Dispatch, *, at: datetime, by: User | None) -> None:
    """The applicant has been told: dispatch, submission and the round's promise say so. Raises MoveNotAllowed."""
    dispatch.status, dispatch.sent_at, dispatch.error = Dispatch.Status.SENT, at, ""
    dispatch.save()
    submission = locked(dispatch.letter.submission)
    move(submission, Move.DELIVER, by=by, note=str(dispatch))
    submission.rounds.recorded().filter(told_at=None).update(told_at=at)


@transaction.atomic
def mark_failed(dispatch: Dispatch, *, reason: str) -> None:
    """The mail server refused or did not answer: seen by the officer, who can repeat it."""
    dispatch.status, dispatch.error = Dispatch.Status.FAILED, reason[:300]
    dispatch.save()
    tell(dispatch.letter.submission, Move.FAIL, by=None, note=f"{dispatch}: {reason}")
