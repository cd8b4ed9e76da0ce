"""Send the mails of the outbox: claim a row, hand it to the server, save the result with words for the officer.

After a temporary refusal (greylisting, 4xx, no connection) the worker tries again later. A mail that the server may
have taken is never sent again without an officer: its answer was lost, or the worker stopped while it was sending.
"""

import hashlib
import logging
import traceback
from datetime import datetime, timedelta
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from office.mail_problems import (
    PAUSES,
    WORKER_STOPPED,
    AttachmentChanged,
    is_foreseen,
    outcome_of,
    reason_words,
    server_said,
)
from office.mail_server import send_message
from office.mail_silence import SILENT_FOR, count_as_silent, is_silent_after, why_silent
from office.models import Mail, Office
from office.models.mails import MailQuerySet
from office.sender import domain_of, sender

log = logging.getLogger(__name__)


def deliver(mail_id: int) -> Mail | None:
    """Claim and send one mail. Return its row afterwards, or None when it is not owed (any longer).

    While the server is silent, put the mail off instead.
    """
    if reason := why_silent():
        _put_off(Mail.objects.filter(pk=mail_id), SILENT_FOR, reason)
    mail = claim(mail_id, at=timezone.now())
    if mail:
        _send(mail)
    return mail


@transaction.atomic
def claim(mail_id: int, *, at: datetime) -> Mail | None:
    """Mark an owed mail as SENDING, so that no other worker sends it. Return it, or None when it is not owed."""
    mail = Mail.objects.owed(at).filter(pk=mail_id).select_for_update(of=("self",), skip_locked=True).first()
    if mail is None:
        return None
    mail.status, mail.claimed_at = Mail.Status.SENDING, at
    mail.attempts += 1
    mail.message_id = mail.message_id or make_msgid(domain=domain_of(sender(Office.objects.current())))
    mail.save()
    return mail


def _send(mail: Mail) -> None:
    """Send a claimed mail. Save the result before the connection is closed, so that little time lies between."""
    connection = get_connection()
    try:
        answer = send_message(message_of(mail), connection)
    except Exception as problem:  # noqa: BLE001 - a mail whose sending raises anything must not be tried without end
        _log(mail, problem)
        _mark_problem(mail, problem)
    else:
        _mark(mail, status=Mail.Status.SENT, sent_at=timezone.now(), answer=answer, error="")
        is_silent_after(mail, None)
    finally:
        connection.close()


def message_of(mail: Mail) -> EmailMessage:
    """Return the message to send, with its file attached. Raise AttachmentChanged."""
    office = Office.objects.current()
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=sender(office),
        to=[mail.to],
        reply_to=[office.email],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.file:
        message.attach(mail.file_name, _unchanged_file(mail))
    return message


def _unchanged_file(mail: Mail) -> bytes:
    """Return the paper that the mail carries. Raise AttachmentChanged when it is not the one that was put in."""
    try:
        with mail.file.open("rb") as file:
            content: bytes = file.read()
    except FileNotFoundError as gone:
        raise AttachmentChanged(mail.file_name) from gone
    if mail.sha256 and hashlib.sha256(content).hexdigest() != mail.sha256:
        raise AttachmentChanged(mail.file_name)
    return content


def _log(mail: Mail, problem: Exception) -> None:
    """Log the problem without its text, which may contain the address of a person."""
    where = "" if is_foreseen(problem) else "".join(traceback.format_tb(problem.__traceback__))
    log.warning("Mail %s was not sent: %s %s. %s", mail.pk, type(problem).__name__, server_said(problem)[0], where)


def _mark_problem(mail: Mail, problem: Exception) -> None:
    status = outcome_of(problem, mail.attempts)
    later = {"next_try_at": timezone.now() + PAUSES[mail.attempts - 1]} if status == Mail.Status.PUT_OFF else {}
    _mark(mail, status=status, error=reason_words(problem, status)[:300], **later)
    put_off = Mail.objects.filter(pk=mail.pk, status=Mail.Status.PUT_OFF)
    put_off.exclude(blanked_at=None).update(status=Mail.Status.FAILED)  # withdrawn while it was being sent
    if is_silent_after(mail, problem):
        reason = reason_words(problem, Mail.Status.PUT_OFF)[:300]
        count_as_silent(reason)
        _put_off(Mail.objects.all(), PAUSES[0], reason)


def _put_off(mails: MailQuerySet, pause: timedelta, reason: str) -> None:
    """Put off those that are owed, so that the worker does not wait for a silent server but does its other work."""
    now = timezone.now()
    facts = {"status": Mail.Status.PUT_OFF, "next_try_at": now + pause, "claimed_at": None, "error": reason}
    mails.owed(now).update(**facts)


def _mark(mail: Mail, **facts: object) -> None:
    """Save the result of this try, also when the worker comes so late that the result was taken as unknown.

    Do nothing when an officer has decided, or another worker has claimed the mail meanwhile.
    """
    open_still = (Mail.Status.SENDING, Mail.Status.UNKNOWN)
    mine = Mail.objects.filter(pk=mail.pk, status__in=open_still, claimed_at=mail.claimed_at)
    if mine.update(**facts):
        for name, value in facts.items():
            setattr(mail, name, value)


def tidy_outbox(now: datetime) -> None:
    """Mark the mails whose worker stopped while sending, and delete the text of old ones. The clock calls this."""
    Mail.objects.abandoned(now).update(status=Mail.Status.UNKNOWN, error=WORKER_STOPPED)
    blank_mails(before=now - timedelta(days=settings.MAIL_TEXT_DAYS))


def blank_mails(*, before: datetime) -> int:
    """Delete the body of every mail that was last tried before `before` and is not under way. Return the count.

    The body may contain a code, a private link or personal data. The paper that a mail carried stays where it is kept.
    """
    old = Mail.objects.to_blank(before)
    for mail in old.filter(file__startswith="mails/"):  # copies that an earlier version made for the mail alone
        mail.file.delete(save=False)
    return old.update(body="", file="", sha256="", blanked_at=timezone.now())
