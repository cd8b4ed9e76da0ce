"""The locked items of a returned form: refused, or opened one at a time with a reason."""

from collections.abc import Iterable

from django.db import transaction

from office.models import User
from office.refusals import Refused
from recommendations.instruments.structure import Item
from recommendations.models import Round, Submission, Unlock
from recommendations.moves import being_recorded, note_event
from recommendations.workflow import Move


class ItemLocked(Refused):
    """Raised when the item of a returned form has no remark and was not opened."""

    def __init__(self, item: Item):
        self.item = item
        super().__init__(f"{item_name(item)} terkunci karena tidak diberi catatan. Buka dahulu dengan alasan.")


def item_name(item: Item) -> str:
    """How an item is called where only one of its line is meant: "R.2.1 Jabatan"."""
    return item.label if item.on_cover else f"{item.reference} {item.label}"


def must_be_open(current: Round, item_ids: Iterable[str]) -> None:
    """Raises ItemLocked when one of the items may not be changed in this round."""
    if current.number == 1:
        return  # nothing was examined yet
    opened = current.open_items
    for item_id in item_ids:
        if item_id not in opened:
            raise ItemLocked(current.submission.instrument.item(item_id))


@transaction.atomic
def unlock_item(submission: Submission, *, item_id: str, reason: str, by: User) -> Unlock | None:
    """Open one more item of a returned form; nothing happens to one that is open.

    Raises UnknownItem, MoveNotAllowed.
    """
    submission = being_recorded(submission)
    item = submission.instrument.item(item_id)
    current = submission.rounds.select_for_update().get(recorded_at=None)
    if item_id in current.open_items:
        return None
    note_event(submission, Move.UNLOCK, by=by, note=f"{item_name(item)}: {reason}")
    return Unlock.objects.create(round=current, item=item_id, reason=reason, by=by)
