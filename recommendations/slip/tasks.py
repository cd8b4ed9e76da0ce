"""What the worker does for slips."""

from celery import shared_task

from office import mailing
from recommendations.models import Slip
from recommendations.slip import pdf
from recommendations.slip.mailing import note_told, owe_mail


@shared_task(name="recommendations.tasks.draw_slip")
def draw_slip(slip_id: int) -> None:
    """Draw the PDF of a slip unless it is there, owe the applicant its mail, and send that."""
    pdf.draw_slip(slip_id)
    owe_mail(slip_id)
    send_slip(slip_id)


@shared_task(name="recommendations.tasks.send_slip")
def send_slip(slip_id: int) -> None:
    """Mail a slip that is owed, and write down at once that the applicant was told.

    The outbox sends it too, if it is quicker; then `catch_up` notes it within a minute.
    """
    mail_id = Slip.objects.filter(pk=slip_id).values_list("mail", flat=True).first()
    if mail_id and mailing.deliver(mail_id):
        note_told()
