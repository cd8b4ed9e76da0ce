"""The tasks of the worker for letters."""

from celery import shared_task
from django.utils import timezone

from recommendations.letter import delivery, pdf
from recommendations.models import Dispatch


@shared_task(name="recommendations.tasks.draw_letter")
def draw_letter(letter_id: int) -> None:
    """Draw the PDF of an issued letter unless it is there, then start the mails that wait for it."""
    pdf.draw(letter_id)
    for dispatch in Dispatch.objects.owed(timezone.now()).filter(letter=letter_id):
        send_dispatch.delay(dispatch.pk)


@shared_task(name="recommendations.tasks.send_dispatch")
def send_dispatch(dispatch_id: int) -> None:
    """Mail a dispatch. Do nothing when it has been sent or another worker is sending it."""
    dispatch = delivery.claim_dispatch(dispatch_id, at=timezone.now())
    if dispatch:
        delivery.send(dispatch)
