"""The worker's tasks of the office: small, safe to repeat, given only the id of a row."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from office import mailing
from office.models import Mail
from office.owed_tasks import Owed, ask_for


@shared_task
def send_mail(mail_id: int) -> None:
    """Send one owed mail. Do nothing when another worker has claimed it or it has been sent."""
    mailing.deliver(mail_id)


@shared_task
def send_owed_mails() -> None:
    """Start `send_mail` for every owed mail, the oldest first."""
    now = timezone.now()
    ask_for([owed_mails(now)], now=now)


def owed_mails(now: datetime) -> Owed:
    """Return the mails that the worker has to send now."""
    return Owed(send_mail, Mail.objects.owed(now), "wanted_at")
