"""Save the answers of a form while an officer types them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from office.models import User
from office.texts import tidy_paragraphs
from recommendations.archive.activity_index import keep_submission
from recommendations.instruments.values import BadAnswer, clean
from recommendations.models import Round, Submission
from recommendations.moves import being_recorded
from recommendations.recording.actions.conflicts import (
    NO_PAGE,
    ChangedMeanwhile,
    Page,
    conflicts_with,
    is_late,
    note_of,
)
from recommendations.recording.actions.recorders import note_recorder
from recommendations.recording.actions.unlocking import must_be_open

LONGEST_KEPT = 20_000
"""At most this many characters of an impossible answer are saved, so that the officer can correct it."""


@transaction.atomic
def save_answers(
    submission: Submission,
    typed: Mapping[str, Any],
    *,
    shown: Mapping[str, str] | None = None,
    page: Page = NO_PAGE,
    by: User,
) -> Round:
    """Save what was typed, item by item, into the open round, and return the round.

    An impossible answer is saved as typed, and appears in the round's `findings`. `shown` maps item ids to the
    fingerprints of the answers that the officer saw: when the stored answer is another one now, nothing is saved. An
    item that is not in `shown` is overwritten.

    Raise UnknownItem, ItemLocked, ChangedMeanwhile, or MoveNotAllowed when the submission is not being recorded.
    """
    submission = being_recorded(submission)
    current = submission.rounds.select_for_update().get(recorded_at=None)
    current.submission = submission
    kept = {item_id: _kept(submission, item_id, raw) for item_id, raw in typed.items()}
    must_be_open(current, kept)
    found = conflicts_with(current, kept, shown=shown or {}, page=page, by=by)
    if found:
        raise ChangedMeanwhile(found)
    _keep(current, {item_id: value for item_id, value in kept.items() if not is_late(current, item_id, page)}, page, by)
    return current


def _keep(current: Round, kept: Mapping[str, Any], page: Page, by: User) -> None:
    current.answers |= kept
    current.typed_by |= {item_id: note_of(by, page) for item_id in kept}
    current.saved_at = timezone.now()
    current.save(update_fields=["answers", "typed_by", "saved_at"])
    note_recorder(current, by=by)
    title = current.title[:500]
    if current.submission.title != title:
        current.submission.title = title
        current.submission.save(update_fields=["title"])
    if kept.keys() & {current.submission.instrument.title_item, current.submission.instrument.variables_item}:
        keep_submission(current)


def _kept(submission: Submission, item_id: str, raw: Any) -> Any:
    item = submission.instrument.item(item_id)
    try:
        return clean(item, raw)
    except BadAnswer:
        return _storable(raw)


def _storable(raw: Any) -> Any:
    """Return what was typed without characters that a database cannot store (NUL, lone surrogates), texts shortened."""
    if isinstance(raw, str):
        return tidy_paragraphs(raw)[:LONGEST_KEPT]
    if isinstance(raw, Mapping):
        return {str(key): _storable(value) for key, value in raw.items()}
    if isinstance(raw, list | tuple):
        return [_storable(value) for value in raw]
    return raw if isinstance(raw, int | float | bool | None) else tidy_paragraphs(str(raw))
