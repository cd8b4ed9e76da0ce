"""The tasks of the worker for promises."""

from celery import shared_task

from recommendations.models import DueChange
from recommendations.promise import notices


@shared_task(name="recommendations.tasks.tell_later_dues")
def tell_later_dues(calendar_change_id: int | None, due_change_id: int | None = None) -> None:
    """Put a mail into the outbox for each applicant whose due date became later; at most one for each DueChange.

    Look at the DueChanges of one calendar change, or at one DueChange. Do nothing when both ids are None.
    """
    later = DueChange.objects.later()
    if calendar_change_id is not None:
        notices.tell_later(later.filter(calendar_change=calendar_change_id))
    elif due_change_id is not None:
        notices.tell_later(later.filter(pk=due_change_id))
