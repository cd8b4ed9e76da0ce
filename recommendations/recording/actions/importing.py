"""Taking over answers from a file, as an officer chose them; nothing else is overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from office.models import User
from recommendations.instruments.fingerprints import fingerprint
from recommendations.instruments.values import is_empty
from recommendations.models import Submission
from recommendations.moves import locked
from recommendations.recording.actions.saving import save_answers


@dataclass(frozen=True)
class Imported:
    """Ids of the items that were saved, and of those left alone."""

    saved: list[str]
    left: list[str]


@transaction.atomic
def import_answers(
    submission: Submission, values: Mapping[str, Any], *, seen: Mapping[str, str] | None, by: User
) -> Imported:
    """Save `values` into the open round where the item is open and its recorded answer is still the one that was seen.

    `seen` holds a fingerprint of the answer of every item as the officer saw it; None: only empty items are filled.
    Raises UnknownItem, MoveNotAllowed (the submission is not being recorded).
    """
    locked(submission)
    current = submission.rounds.filter(recorded_at=None).first()
    opened, answers = (current.open_items, current.answers) if current else ((), {})
    chosen = {
        item_id: value
        for item_id, value in values.items()
        if item_id in opened and _may_take(submission, item_id, answers, seen)
    }
    save_answers(submission, chosen, by=by)
    return Imported(list(chosen), [item_id for item_id in values if item_id not in chosen])


def _may_take(submission: Submission, item_id: str, answers: Mapping[str, Any], seen: Mapping[str, str] | None) -> bool:
    item, now = submission.instrument.item(item_id), answers.get(item_id)
    return is_empty(item, now) if seen is None else fingerprint(item, now) == seen.get(item_id)
