"""Getting a letter to the applicant, step by step as rows: claimed, sent or failed. Used by the worker and by actions.

A mail that the server did not take is FAILED at once, with words that say whether to try again or to correct the
address: the officer decides, and the office's own mail server does the queueing. A worker that dies while it sends
leaves SENDING behind; after SENDING_TAKES_AT_MOST the mail is owed again, under the same Message-ID.
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
    """Take a mail that is owed, so that no other worker sends it too; None when it is not owed (any longer)."""
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
    """Mail a claimed dispatch and write down how it ended. A repeated mail keeps its Message-ID."""
    try:
        letter_mail(dispatch).send()
    except (FileDamaged, smtplib.SMTPException, OSError, ValueError) as problem:  # ValueError: not an address
        log.warning("Dispatch %s was not sent: %r", dispatch.pk, problem)
        mark_failed(dispatch, reason=str(problem) if isinstance(problem, FileDamaged) else reason_words(problem))
    else:
        mark_delivered(dispatch, at=timezone.now(), by=None)


def letter_mail(dispatch: Dispatch) -> EmailMessage:
    """The message with the letter's own bytes attached. Raises FileDamaged."""
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
    """The applicant has been told: dispatch, submission and the round's promise say so.

    That it happened is written down in any case, also when the submission was closed while the mail was on its way:
    then the status stays, and the timeline tells it.
    """
    submission = locked(dispatch.letter.submission)
    dispatch.status, dispatch.sent_at, dispatch.error = Dispatch.Status.SENT, at, ""
    dispatch.save()
    record = move if Move.DELIVER in submission.possible_moves else note_event
    record(submission, Move.DELIVER, by=by, note=str(dispatch))
    submission.rounds.recorded().filter(told_at=None).update(told_at=at)


@transaction.atomic
def mark_failed(dispatch: Dispatch, *, reason: str) -> None:
    """The mail server refused or did not answer: seen by the officer, who can repeat it.

    Not when another worker has taken the mail up meanwhile: then that one writes down how it ended.
    """
    mine = Dispatch.objects.filter(pk=dispatch.pk, status=Dispatch.Status.SENDING, attempts=dispatch.attempts)
    if mine.update(status=Dispatch.Status.FAILED, error=reason[:300]):
        note_event(dispatch.letter.submission, Move.FAIL, by=None, note=f"{dispatch}: {reason}")
