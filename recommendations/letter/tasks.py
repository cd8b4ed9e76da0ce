"""What the worker does for letters."""

from celery import shared_task
from django.utils import timezone

from recommendations.letter import delivery, pdf
from recommendations.models import Dispatch


@shared_task(name="recommendations.tasks.draw_letter")
def draw_letter(letter_id: int) -> None:
    """Draw the PDF of an issued letter unless it is there, then send the mails that waited for it."""
    pdf.draw(letter_id)
    for dispatch in Dispatch.objects.owed(timezone.now()).filter(letter=letter_id):
        send_dispatch.delay(dispatch.pk)


@shared_task(name="recommendations.tasks.send_dispatch")
def send_dispatch(dispatch_id: int) -> None:
    """Mail a dispatch that is owed; does nothing when another worker has it or it has been sent."""
    dispatch = delivery.claim_dispatch(dispatch_id, at=timezone.now())
    if dispatch:
        delivery.send(dispatch)
