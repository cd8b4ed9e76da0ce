"""Put a mail into the outbox, in the transaction of the action that owes it."""

from django.core.files.base import ContentFile
from django.utils import timezone

from office.models import Mail
from office.nudges import nudge
from office.tasks import send_mail, send_owed_mails


def put_mail(*, key: str, to: str, subject: str, body: str, file: bytes = b"", file_name: str = "") -> Mail:
    """Save a mail for `to`; the worker sends it after the commit. Return the mail.

    When a mail with this `key` exists, return that one and change nothing.
    """
    mail, is_new = Mail.objects.get_or_create(
        key=key, defaults={"to": to, "subject": subject, "body": body, "file_name": file_name}
    )
    if is_new and file:
        mail.file.save(file_name, ContentFile(file))
    if is_new:
        nudge(send_mail, mail.pk)
    return mail


def put_mails(mails: list[Mail]) -> None:
    """Save many mails in one statement, e.g. those of a night. A mail whose `key` already exists is skipped."""
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    nudge(send_owed_mails)


def repeat(mail: Mail) -> bool:
    """Send a failed mail again, with its count of tries at zero. Return False when the mail has not failed."""
    failed = Mail.objects.filter(pk=mail.pk, status=Mail.Status.FAILED)
    again = failed.update(status=Mail.Status.WAITING, attempts=0, next_try_at=timezone.now(), error="")
    if again:
        nudge(send_mail, mail.pk)
    return bool(again)
