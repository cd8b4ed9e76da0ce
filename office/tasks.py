"""The worker's tasks of the office: small, safe to repeat, given only the id of a row."""

from celery import shared_task
from django.utils import timezone

from office import mailing
from office.models import Mail
from office.nudges import start


@shared_task
def send_mail(mail_id: int) -> None:
    """Send one owed mail. Do nothing when another worker has claimed it or it has been sent."""
    mailing.deliver(mail_id)


@shared_task
def send_owed_mails() -> None:
    """Start `send_mail` for every owed mail, the oldest first."""
    for pk in Mail.objects.owed(timezone.now()).values_list("pk", flat=True):
        start(send_mail, pk)
