"""The tasks of the worker for promises."""

from celery import shared_task

from recommendations.promise import notices


@shared_task(name="recommendations.tasks.tell_later_dues")
def tell_later_dues() -> None:
    """Put every owed mail about a later due date into the outbox."""
    notices.tell_later()
