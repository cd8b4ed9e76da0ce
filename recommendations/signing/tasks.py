"""The task of the worker for signed copies."""

from celery import shared_task

from recommendations.attachments import previews
from recommendations.models import SignedCopy


@shared_task(name="recommendations.tasks.draw_copy")
def draw_copy(copy_id: int) -> None:
    """Draw the pages of a signed copy. Do nothing when they are drawn or stuck."""
    copy = SignedCopy.objects.filter(pk=copy_id).first()
    if copy:
        previews.draw_previews(copy)
