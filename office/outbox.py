"""Put a mail into the outbox, in the transaction of the action that owes it, and save what an officer decided."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from django.utils import timezone

from office.batches import all_at_once
from office.formats import short_date
from office.models import Mail, User
from office.nudges import nudge
from office.refusals import Refused
from office.tasks import send_mail, send_owed_mails
from office.texts import with_full_stop

_Row = TypeVar("_Row")


class AddressBounced(Refused):
    """Raised when mail to this address came back before: the page asks whether to mail there again."""


def must_not_bounce(to: str) -> None:
    """Raise AddressBounced when the last mail to this address came back."""
    if words := bounce_words(to):
        raise AddressBounced(words)


def bounce_words(to: str, *, at: datetime | None = None) -> str:
    """Return that mail to this address came back, since when and why; "" when it did not.

    With `at` it is what the desk knew at that time.
    """
    mail = Mail.objects.bounced_to(to, at or timezone.now())
    if mail is None or mail.decided_at is None:
        return ""
    return with_full_stop(f"E-mail ke {mail.to} pernah kembali, dicatat {short_date(mail.decided_at)}: {mail.error}")


def put_mail(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    file: str = "",
    sha256: str = "",
    file_name: str = "",
    starts: bool = True,
) -> Mail:
    """Save a mail for `to`; the worker sends it after the commit. Return the mail.

    When a mail with this `key` exists, return that one and change nothing. `file` is the name of a stored paper: it is
    read when the mail is sent, and must then have this `sha256`. With `starts` False the caller starts its own task.
    """
    facts = {"to": to, "subject": subject, "body": body, "file": file, "sha256": sha256, "file_name": file_name}
    mail, is_new = Mail.objects.get_or_create(key=key, defaults=facts)
    if is_new and starts:
        nudge(send_mail, mail.pk)
    return mail


def put_mails(mails: list[Mail]) -> None:
    """Save many mails in one statement, e.g. those of a night. A mail whose `key` already exists is skipped."""
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    nudge(send_owed_mails)


def put_mails_of(rows: Sequence[_Row], mail_of: Callable[[_Row], Mail]) -> list[_Row]:
    """Put the mail of every row into the outbox, and return the rows whose mail could not be written.

    Call it in a transaction.
    """
    failed = all_at_once(rows, lambda some: put_mails([mail_of(row) for row in some])) if rows else []
    return [row for row, _ in failed]


def repeat(mail: Mail, *, starts: bool = True) -> bool:
    """Send a mail again with the same Message-ID, and count its tries from zero. Return whether it will be sent.

    Return False and change nothing when the mail was sent, is being sent, or its body was deleted.
    """
    repeatable = Mail.objects.filter(pk=mail.pk, status__in=Mail.REPEATABLE, blanked_at=None)
    again = repeatable.update(
        status=Mail.Status.WAITING, attempts=0, next_try_at=timezone.now(), error="", claimed_at=None, asked_at=None
    )
    if again and starts:
        nudge(send_mail, mail.pk)
    return bool(again)


class MailResultKnown(Refused):
    """Raised when a mail is not in a state about which an officer can say this."""

    def __init__(self) -> None:
        super().__init__("Keadaan e-mail ini sudah berubah. Lihat hasilnya pada halaman ini.")


def withdraw(mail: Mail, *, why: str) -> bool:
    """Stop a mail: it is not sent any more, and its text is deleted, unless it was sent. Return whether it had waited.

    One that waited counts as failed, with the words `why`. One that is being sent now is not tried a second time.
    """
    now, mine = timezone.now(), Mail.objects.filter(pk=mail.pk)
    unsent = mine.filter(status__in=(Mail.Status.WAITING, Mail.Status.PUT_OFF))
    has_waited = unsent.update(status=Mail.Status.FAILED, error=why[:300], claimed_at=now)
    mine.exclude(status__in=(Mail.Status.SENT, Mail.Status.BOUNCED)).update(body="", blanked_at=now)
    return bool(has_waited)


def take_as_arrived(mail: Mail, *, by: User) -> bool:
    """Mark a mail with an unknown result as sent, on the word of an officer. Return False when it has another state."""
    now = timezone.now()
    unknown = Mail.objects.filter(pk=mail.pk, status=Mail.Status.UNKNOWN)
    words = "Dianggap sampai oleh petugas."
    return bool(
        unknown.update(status=Mail.Status.SENT, sent_at=now, answer=words, error="", decided_at=now, decided_by=by)
    )


def take_as_bounced(mail: Mail, *, reason: str, by: User) -> bool:
    """Mark a mail that came back as bounced. Return False when it was neither sent nor has an unknown result."""
    gone = Mail.objects.filter(pk=mail.pk, status__in=(Mail.Status.SENT, Mail.Status.UNKNOWN))
    return bool(gone.update(status=Mail.Status.BOUNCED, error=reason[:300], decided_at=timezone.now(), decided_by=by))
