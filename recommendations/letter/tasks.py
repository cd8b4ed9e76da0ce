"""The tasks of the worker for letters."""

from celery import shared_task

from office import mailing
from recommendations.letter import delivery, notices, pdf
from recommendations.models import Dispatch


@shared_task(name="recommendations.tasks.draw_letter")
def draw_letter(letter_id: int) -> None:
    """Draw the PDF of an issued letter unless it is there."""
    pdf.draw(letter_id)


@shared_task(name="recommendations.tasks.send_dispatch")
def send_dispatch(dispatch_id: int) -> None:
    """Put the mail of a dispatch into the outbox, send it when it is owed, and note the results that are not noted.

    The outbox may send the mail first. Then the next `catch_up`, within a minute, notes the result.
    """
    delivery.owe_letter_mail(dispatch_id)
    mail_id = Dispatch.objects.filter(pk=dispatch_id).values_list("mail", flat=True).first()
    if mail_id:
        mailing.deliver(mail_id)
        delivery.note_results()


@shared_task(name="recommendations.tasks.tell_ended_letters")
def tell_ended_letters() -> None:
    """Put every owed mail about a replaced or revoked letter into the outbox."""
    notices.tell_ended()
