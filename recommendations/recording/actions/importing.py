"""Save the answers of a file that an officer chose; no other answer is overwritten."""

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
    """The ids of the items that were saved, and of those that were left unchanged."""

    saved: list[str]
    left: list[str]


@transaction.atomic
def import_answers(
    submission: Submission, values: Mapping[str, Any], *, seen: Mapping[str, str] | None, by: User
) -> Imported:
    """Save each of `values` whose item is open and whose recorded answer is still the one that the officer saw.

    `seen` maps the id of every item to the fingerprint of the answer that the officer saw; when it is None, only empty
    items are filled. Return the ids of the saved and of the other items; an unknown id is among the others. Raise
    MoveNotAllowed when the submission is not being recorded.
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
