"""Change how the office words and lays out its letters."""

from collections.abc import Sequence

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from office.models import LetterStyle, User
from office.seals import MovedOn
from recommendations.letter.style_seal import ShownStyle, style_changes


@transaction.atomic
def change_style(style: LetterStyle, *, changed: Sequence[str], shown: ShownStyle, by: User) -> None:
    """Save the style, and note in the admin's history who changed which fields. Letters that are issued stay.

    Raise MovedOn when the stored style is not any more the one that the page has `shown`.
    """
    now, _ = LetterStyle.objects.select_for_update().get_or_create(pk=LetterStyle.ONLY)
    if changes := style_changes(shown, now):
        raise MovedOn(changes)
    style.save()
    LogEntry.objects.log_actions(by.pk, [style], CHANGE, [{"changed": {"fields": list(changed)}}], single_object=True)
