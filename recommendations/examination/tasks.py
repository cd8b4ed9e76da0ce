"""The task of the worker for the opinions of the walidata."""

from celery import shared_task

from recommendations.attachments import previews
from recommendations.models import Opinion


@shared_task(name="recommendations.tasks.draw_opinion")
def draw_opinion(opinion_id: int) -> None:
    """Draw the pages of an opinion's file. Do nothing when they are drawn or stuck, or the file is gone."""
    opinion = Opinion.objects.filter(pk=opinion_id).first()
    if opinion:
        previews.draw_previews(opinion)
