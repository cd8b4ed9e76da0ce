"""Change how the office words and lays out its letters."""

from collections.abc import Sequence

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from office.models import LetterStyle, User


@transaction.atomic
def change_style(style: LetterStyle, *, changed: Sequence[str], by: User) -> None:
    """Save the style, and note in the admin's history who changed which fields. Letters that are issued stay."""
    style.save()
    LogEntry.objects.log_actions(by.pk, [style], CHANGE, [{"changed": {"fields": list(changed)}}], single_object=True)
