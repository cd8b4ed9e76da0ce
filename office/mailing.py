"""Send the mails of the outbox: claim a row, then mark it sent, postponed, or failed with a text for the officer.

After a temporary refusal (greylisting, 4xx, no answer) the desk tries again later by itself; after a permanent refusal
it does not. A worker that dies while sending leaves the row at SENDING; after SENDING_TAKES_AT_MOST the mail is owed
again, under the same Message-ID.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from email.utils import make_msgid

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from office.models import Mail, Office

log = logging.getLogger(__name__)

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
"""How long to wait after each temporary refusal. A try that fails after the last pause marks the mail as failed."""


def deliver(mail_id: int) -> Mail | None:
    """Claim and send one mail. Return its row afterwards, or None when it is not owed (any longer)."""
    mail = claim(mail_id, at=timezone.now())
    if mail:
        _send(mail)
    return mail


@transaction.atomic
def claim(mail_id: int, *, at: datetime) -> Mail | None:
    """Mark an owed mail as SENDING, so that no other worker sends it. Return it, or None when it is not owed."""
    mail = Mail.objects.owed(at).filter(pk=mail_id).select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    mail.status, mail.claimed_at = Mail.Status.SENDING, at
    mail.attempts += 1
    mail.message_id = mail.message_id or make_msgid(domain="pst-desk")
    mail.save()
    return mail


def _send(mail: Mail) -> None:
    try:
        message_of(mail).send()
    except (smtplib.SMTPException, OSError, ValueError) as problem:  # ValueError: an address that no mail can carry
        log.warning("Mail %s was not sent: %r", mail.pk, problem)
        _put_off_or_fail(mail, problem)
    else:
        _mark(mail, status=Mail.Status.SENT, sent_at=timezone.now(), error="")


def message_of(mail: Mail) -> EmailMessage:
    """Return the message to send, with its file attached."""
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        reply_to=[Office.objects.current().email],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.file:
        with mail.file.open("rb") as file:
            message.attach(mail.file_name, file.read())
    return message


def _put_off_or_fail(mail: Mail, problem: Exception) -> None:
    words = reason_words(problem)[:300]
    if is_passing(problem) and mail.attempts <= len(PAUSES):
        later = timezone.now() + PAUSES[mail.attempts - 1]
        _mark(mail, status=Mail.Status.WAITING, next_try_at=later, error=words)
    else:
        _mark(mail, status=Mail.Status.FAILED, error=words)


def _mark(mail: Mail, **facts: object) -> None:
    """Save the result of this try, unless another worker has claimed the mail meanwhile."""
    mine = Mail.objects.filter(pk=mail.pk, status=Mail.Status.SENDING, attempts=mail.attempts)
    if mine.update(**facts):
        for name, value in facts.items():
            setattr(mail, name, value)


def is_passing(problem: Exception) -> bool:
    """Return whether the problem is temporary: the same mail may be accepted later, unchanged."""
    if isinstance(problem, ValueError | smtplib.SMTPAuthenticationError | FileNotFoundError):
        return False
    return _answer(problem)[0] < 500


def reason_words(problem: Exception) -> str:
    """Return, for the screen, why a mail was not sent and what to do next, with the server's answer."""
    code, said = _answer(problem)
    if isinstance(problem, smtplib.SMTPServerDisconnected):  # it may have accepted the mail before that
        return f"Server e-mail memutus sambungan. E-mail mungkin sudah sampai: tanyakan penerima dahulu. ({said})"
    if isinstance(problem, ValueError):
        return f"Alamat e-mail tidak dapat dipakai. Periksa alamatnya, lalu kirim lagi. ({said})"
    if code >= 500 and isinstance(problem, smtplib.SMTPRecipientsRefused):
        return f"Alamat ini ditolak server e-mail. Periksa alamatnya, lalu kirim lagi. ({code} {said})"
    if code >= 500:
        return f"Server e-mail menolak. Beri tahu admin kantor, lalu ulangi kirim. ({code} {said})"
    return f"Server e-mail belum dapat menerima. Ulangi kirim beberapa menit lagi. ({f'{code} ' if code else ''}{said})"


def _answer(problem: Exception) -> tuple[int, str]:
    """Return the server's code and text; code 0 when the server did not answer."""
    said: bytes | str
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(problem.recipients.values()))
    elif isinstance(problem, smtplib.SMTPResponseException):
        code, said = problem.smtp_code, problem.smtp_error
    else:
        code, said = 0, str(problem) or type(problem).__name__
    words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return code, " ".join(words.split())[:120]
