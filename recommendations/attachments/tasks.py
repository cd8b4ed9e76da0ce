"""The task of the worker for attachments."""

from celery import shared_task

from recommendations.attachments import previews
from recommendations.models import Attachment


@shared_task(name="recommendations.tasks.draw_attachment")
def draw_attachment(attachment_id: int) -> None:
    """Draw the pages of an attachment. Do nothing when they are drawn or stuck, or the file is gone."""
    attachment = Attachment.objects.filter(pk=attachment_id).first()
    if attachment:
        previews.draw_previews(attachment)
