"""The worker's part of the office: small, repeatable, told only which row it is about."""

from celery import shared_task

from office import mailing


@shared_task
def send_mail(mail_id: int) -> None:
    """Mail a row of the outbox that is owed; does nothing when another worker has it or it has been sent."""
    mailing.deliver(mail_id)
