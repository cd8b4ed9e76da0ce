"""Putting a mail into the outbox: part of the action that owes it, in the same transaction."""

from django.core.files.base import ContentFile
from django.utils import timezone

from office.models import Mail
from office.tasks import send_mail, send_owed_mails


def put_mail(*, key: str, to: str, subject: str, body: str, file: bytes = b"", file_name: str = "") -> Mail:
    """Owe `to` a mail; the worker sends it once the transaction is done. The same `key` always gives the same mail."""
    mail, is_new = Mail.objects.get_or_create(
        key=key, defaults={"to": to, "subject": subject, "body": body, "file_name": file_name}
    )
    if is_new and file:
        mail.file.save(file_name, ContentFile(file))
    if is_new:
        send_mail.delay_on_commit(mail.pk)
    return mail


def put_mails(mails: list[Mail]) -> None:
    """Owe many mails in one statement, e.g. those of a night. What is owed or sent under its key already stays so."""
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    send_owed_mails.delay_on_commit()


def repeat(mail: Mail) -> bool:
    """Owe a mail that failed once more, from its first try on; False when it did not fail."""
    failed = Mail.objects.filter(pk=mail.pk, status=Mail.Status.FAILED)
    again = failed.update(status=Mail.Status.WAITING, attempts=0, next_try_at=timezone.now(), error="")
    if again:
        send_mail.delay_on_commit(mail.pk)
    return bool(again)
