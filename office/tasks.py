"""The worker's part of the office: small, repeatable, told only which row it is about."""

from celery import shared_task
from django.utils import timezone

from office import mailing
from office.models import Mail


@shared_task
def send_mail(mail_id: int) -> None:
    """Mail a row of the outbox that is owed; does nothing when another worker has it or it has been sent."""
    mailing.deliver(mail_id)


@shared_task
def send_owed_mails() -> None:
    """Ask for every mail whose time has come."""
    for pk in Mail.objects.owed(timezone.now()).values_list("pk", flat=True):
        send_mail.delay(pk)
