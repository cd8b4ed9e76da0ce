"""Copy answers from another submission of the same agency into the first round of a new one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from office.models import User
from office.refusals import Refused
from recommendations.archive.activity_index import keep_submission
from recommendations.instruments.fingerprints import fingerprint
from recommendations.instruments.structure import Block, Instrument, Item, Kind
from recommendations.instruments.values import is_empty
from recommendations.models import Round, Submission
from recommendations.moves import being_recorded, note_event
from recommendations.recording.actions.conflicts import NO_PAGE, note_of
from recommendations.recording.actions.recorders import note_recorder
from recommendations.workflow import Move

OWN = "waktu"
"""A choice beside the block ids: title, year and schedule, which are copied only when the officer chooses them."""


class NoSource(Refused):
    """Raised when the round is not the first, or the source is of another agency or on another form."""

    def __init__(self) -> None:
        super().__init__("Hanya putaran pertama yang dapat diisi dari permohonan lama instansi dan formulir yang sama.")


@dataclass(frozen=True)
class Copied:
    """One answer that a copy would change. `stands_in_way` is true when the item already has another answer."""

    item: Item
    old: Any
    new: Any

    @property
    def stands_in_way(self) -> bool:
        return not is_empty(self.item, self.old)


def is_own(instrument: Instrument, item: Item) -> bool:
    """Return whether the item belongs to one year's activity: title, year or schedule."""
    return item.id == instrument.title_item or item.kind in (Kind.YEAR, Kind.DATE, Kind.DATERANGE)


def copied(block: Block, source: Mapping[str, Any], target: Mapping[str, Any]) -> Iterator[Copied]:
    """Yield what a copy of `block` from `source` would change in `target`.

    Items that BPS itself fills in (the identity number) are left out.
    """
    for item in block.items:
        old, new = target.get(item.id), source.get(item.id)
        if item.filled_by_bps or is_empty(item, new) or fingerprint(item, old) == fingerprint(item, new):
            continue
        yield Copied(item, old, new)


@transaction.atomic
def copy_answers(
    submission: Submission, source: Submission, *, blocks: Collection[str], overwrite: Mapping[str, str], by: User
) -> list[Item]:
    """Copy the answers of the latest round of `source`, of the chosen `blocks` (ids, and OWN for title and schedule).

    A typed answer is overwritten only when `overwrite` maps its item id to the fingerprint of that answer, which the
    officer saw and gave up. Files are not copied. Return the items that were filled. Raise NoSource, MoveNotAllowed.
    """
    submission = being_recorded(submission)
    current = submission.rounds.select_for_update().get(recorded_at=None)
    if current.number > 1 or not submission.may_copy_from(source):
        raise NoSource
    last = source.rounds.latest("number")
    filled = [one for one in _chosen(submission.instrument, blocks, last, current) if _may_fill(one, overwrite)]
    current.answers |= {one.item.id: one.new for one in filled}
    current.typed_by |= {one.item.id: note_of(by, NO_PAGE) for one in filled}
    current.saved_at = timezone.now()
    current.save(update_fields=["answers", "typed_by", "saved_at"])
    submission.title = current.title[:500]
    submission.save(update_fields=["title"])
    current.submission = submission
    keep_submission(current)
    note_recorder(current, by=by)
    note_event(submission, Move.COPY, by=by, note=f"{len(filled)} isian dari {source.register}, putaran {last.number}")
    return [one.item for one in filled]


def _chosen(instrument: Instrument, blocks: Collection[str], source: Round, target: Round) -> Iterator[Copied]:
    for block in instrument.blocks:
        for one in copied(block, source.answers, target.answers):
            if (OWN if is_own(instrument, one.item) else block.id) in blocks:
                yield one


def _may_fill(one: Copied, overwrite: Mapping[str, str]) -> bool:
    return not one.stands_in_way or overwrite.get(one.item.id) == fingerprint(one.item, one.old)
