"""The worker's part: small, repeatable, told only which row it is about. The row says what is owed."""

from celery import shared_task
from django.utils import timezone

from office import mailing
from recommendations import delivery, drawing, telling
from recommendations.models import Dispatch, Slip
from recommendations.promise.tasks import tell_later_dues


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


@shared_task
def draw_slip(slip_id: int) -> None:
    """Draw the PDF of a slip unless it is there, owe the applicant its mail, and send that."""
    drawing.draw_slip(slip_id)
    telling.owe_mail(slip_id)
    send_slip(slip_id)


@shared_task
def send_slip(slip_id: int) -> None:
    """Mail a slip that is owed, and write down at once that the applicant was told.

    The outbox sends it too, if it is quicker; then `catch_up` notes it within a minute.
    """
    mail_id = Slip.objects.filter(pk=slip_id).values_list("mail", flat=True).first()
    if mail_id and mailing.deliver(mail_id):
        telling.note_told()


__all__ = ["tell_later_dues"]
