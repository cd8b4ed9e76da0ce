"""Refuse changes of locked items in a returned form, and unlock one item with a reason."""

from collections.abc import Iterable

from django.db import transaction

from office.models import User
from office.refusals import Refused
from recommendations.instruments.structure import Item
from recommendations.models import Round, Submission, Unlock
from recommendations.moves import being_recorded, note_event
from recommendations.workflow import Move


class ItemLocked(Refused):
    """Raised when an item of a returned form is locked: it has no remark and was not unlocked."""

    def __init__(self, item: Item):
        self.item = item
        super().__init__(f"{item_name(item)} terkunci karena tidak diberi catatan. Buka dahulu dengan alasan.")


def item_name(item: Item) -> str:
    """Return the name of one item of a line, e.g. "R.2.1 Jabatan"; on the cover its label."""
    return item.label if item.on_cover else f"{item.reference} {item.label}"


def must_be_open(current: Round, item_ids: Iterable[str]) -> None:
    """Raise ItemLocked when one of the items is locked in this round."""
    if current.number == 1:
        return  # in the first round every item is open
    opened = current.open_items
    for item_id in item_ids:
        if item_id not in opened:
            raise ItemLocked(current.submission.instrument.item(item_id))


@transaction.atomic
def unlock_item(submission: Submission, *, item_id: str, reason: str, by: User) -> Unlock | None:
    """Unlock one more item of a returned form, and return the unlock. Return None when the item is open already.

    Raise UnknownItem, MoveNotAllowed.
    """
    submission = being_recorded(submission)
    item = submission.instrument.item(item_id)
    current = submission.rounds.select_for_update().get(recorded_at=None)
    if item_id in current.open_items:
        return None
    note_event(submission, Move.UNLOCK, by=by, note=f"{item_name(item)}: {reason}")
    return Unlock.objects.create(round=current, item=item_id, reason=reason, by=by)
