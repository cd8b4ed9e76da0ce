"""The worker's part: small, repeatable, told only which row it is about. The row says what is owed."""

from celery import shared_task
from django.utils import timezone

from recommendations import delivery, drawing
from recommendations.models import Dispatch
from recommendations.promise.tasks import tell_later_dues
from recommendations.slip.tasks import draw_slip, send_slip


@shared_task
def draw_letter(letter_id: int) -> None:
    """Draw the PDF of an issued letter unless it is there, then send the mails that waited for it."""
    drawing.draw(letter_id)
    for dispatch in Dispatch.objects.owed(timezone.now()).filter(letter=letter_id):
        send_dispatch.delay(dispatch.pk)


@shared_task
def send_dispatch(dispatch_id: int) -> None:
    """Mail a dispatch that is owed; does nothing when another worker has it or it has been sent."""
    dispatch = delivery.claim(dispatch_id, at=timezone.now())
    if dispatch:
        delivery.send(dispatch)


__all__ = ["draw_slip", "send_slip", "tell_later_dues"]
