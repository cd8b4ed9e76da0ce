"""Mail a letter to the applicant, and save each step in its dispatch: claimed, sent or failed.

A mail that the server does not accept is FAILED at once. The error says whether to try again or to correct the address,
and the officer decides; only the office's mail server has a queue. When a worker stops while it sends, the dispatch
remains SENDING. After SENDING_TAKES_AT_MOST another worker sends it, with the same Message-ID.
"""

import logging
import smtplib
from datetime import datetime
from email.utils import make_msgid

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from office.mailing import reason_words
from office.models import Office, User
from recommendations.letter.pdf import file_name, pdf_of
from recommendations.models import Dispatch
from recommendations.moves import locked, move, note_event
from recommendations.papers import FileDamaged
from recommendations.workflow import Move

log = logging.getLogger(__name__)


@transaction.atomic
def claim_dispatch(dispatch_id: int, *, at: datetime) -> Dispatch | None:
    """Mark a mail as being sent by this worker and return it. Return None when it need not be sent or is claimed."""
    owed = Dispatch.objects.owed(at).filter(pk=dispatch_id, channel=Dispatch.Channel.EMAIL)
    dispatch = (
        owed.select_for_update(of=("self",), skip_locked=True).select_related("letter__submission__applicant").first()
    )
    if dispatch is None:
        return None
    dispatch.status = Dispatch.Status.SENDING
    dispatch.claimed_at = at
    dispatch.attempts += 1
    dispatch.message_id = dispatch.message_id or make_msgid(domain="pst-desk")
    dispatch.save()
    return dispatch


def send(dispatch: Dispatch) -> None:
    """Mail a claimed dispatch, and mark it as delivered or failed. A repeated mail has the same Message-ID."""
    try:
        letter_mail(dispatch).send()
    except (FileDamaged, smtplib.SMTPException, OSError, ValueError) as problem:  # ValueError: not an address
        log.warning("Dispatch %s was not sent: %r", dispatch.pk, problem)
        mark_failed(dispatch, reason=str(problem) if isinstance(problem, FileDamaged) else reason_words(problem))
    else:
        mark_delivered(dispatch, at=timezone.now(), by=None)


def letter_mail(dispatch: Dispatch) -> EmailMessage:
    """Return the message with the letter's PDF attached. Raise FileDamaged when the PDF is missing or changed."""
    letter, office = dispatch.letter, Office.objects.current()
    mail = EmailMessage(
        subject=f"Surat Rekomendasi Kegiatan Statistik {letter.identity_number}",
        body=render_to_string(
            "recommendations/letter/mail_letter.txt", {"letter": letter, "words": letter.content, "office": office}
        ),
        to=[dispatch.to],
        reply_to=[office.email],
        headers={"Message-ID": dispatch.message_id},
    )
    mail.attach(file_name(letter), pdf_of(letter), "application/pdf")
    return mail


@transaction.atomic
def mark_delivered(dispatch: Dispatch, *, at: datetime, by: User | None) -> None:
    """Mark the dispatch as sent, move the submission, and mark its recorded rounds as told.

    When the submission was closed while the mail was being sent, its status is not changed; only an event is written.
    """
    submission = locked(dispatch.letter.submission)
    dispatch.status, dispatch.sent_at, dispatch.error = Dispatch.Status.SENT, at, ""
    dispatch.save()
    record = move if Move.DELIVER in submission.possible_moves else note_event
    record(submission, Move.DELIVER, by=by, note=str(dispatch))
    submission.rounds.recorded().filter(told_at=None).update(told_at=at)


@transaction.atomic
def mark_failed(dispatch: Dispatch, *, reason: str) -> None:
    """Mark the dispatch as failed, so that the officer sees the reason and can repeat the mail.

    Do nothing when another worker has claimed the mail since: that worker marks the result.
    """
    mine = Dispatch.objects.filter(pk=dispatch.pk, status=Dispatch.Status.SENDING, attempts=dispatch.attempts)
    if mine.update(status=Dispatch.Status.FAILED, error=reason[:300]):
        note_event(dispatch.letter.submission, Move.FAIL, by=None, note=f"{dispatch}: {reason}")
