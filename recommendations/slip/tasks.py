"""The tasks of the worker for slips."""

from celery import shared_task

from office import mailing
from recommendations.models import Slip
from recommendations.slip import pdf
from recommendations.slip.mailing import note_told, owe_mail


@shared_task(name="recommendations.tasks.draw_slip")
def draw_slip(slip_id: int) -> None:
    """Draw the PDF of a slip when it has none, put its mail into the outbox, and send the mail."""
    pdf.draw_slip_pdf(slip_id)
    owe_mail(slip_id)
    send_slip(slip_id)


@shared_task(name="recommendations.tasks.send_slip")
def send_slip(slip_id: int) -> None:
    """Send the slip's mail when it is owed, and then mark as told every round whose slip the mail server accepted.

    The outbox may send the mail first. Then the next `catch_up`, within a minute, marks the round.
    """
    mail_id = Slip.objects.filter(pk=slip_id).values_list("mail", flat=True).first()
    if mail_id:
        mailing.deliver(mail_id)
        note_told()
