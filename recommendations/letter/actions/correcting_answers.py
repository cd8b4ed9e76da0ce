"""Correct one answer of the frozen round, while the head wants to replace the letter that was made from it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from office import clock
from office.models import User
from office.refusals import Refused
from office.seals import MovedOn
from recommendations.archive.activity_index import keep_submission
from recommendations.instruments.completeness import findings
from recommendations.instruments.fingerprints import fingerprint
from recommendations.instruments.structure import Item
from recommendations.instruments.values import BadAnswer, clean
from recommendations.instruments.words import answer_lines
from recommendations.letter.numbers import letter_to_replace
from recommendations.models import AnswerCorrection, Round, Submission
from recommendations.moves import locked, note_event
from recommendations.recording.actions.unlocking import item_name
from recommendations.workflow import Move


class NothingToReplace(Refused):
    """Raised when no letter of the submission is to be replaced."""

    def __init__(self) -> None:
        super().__init__("Isian yang terekam lengkap hanya diperbaiki selama Kepala mengganti suratnya.")


class AnswerNotFit(Refused):
    """Raised when the corrected answer is the old one, cannot be read, or leaves another answer missing."""


@transaction.atomic
def correct_answer(
    submission: Submission, *, item_id: str, answer: Any, shown: str | None = None, reason: str, by: User
) -> AnswerCorrection:
    """Correct one answer of the examined round, and return the correction. The issued letter keeps its words.

    `shown` is the fingerprint of the answer that the page showed; None without a page. The promise does not change.
    Raise UnknownItem, NothingToReplace, MovedOn, AnswerNotFit, ClockWentBack.
    """
    submission = locked(submission)
    wrong = letter_to_replace(submission)
    if wrong is None:
        raise NothingToReplace
    item = submission.instrument.item(item_id)
    examined = submission.rounds.recorded().select_for_update().latest("number")
    examined.submission = submission
    old = examined.answers.get(item_id)
    if shown not in (None, fingerprint(item, old)):
        raise MovedOn([f"{item_name(item)} kini “{_words(item, old)}”. Baca lagi, lalu perbaiki."])
    new = _fit(examined, item, answer)
    now = clock.now()
    _keep_answer(examined, item, new)
    correction = AnswerCorrection.objects.create(
        letter=wrong,
        round=examined,
        item=item_id,
        name=item_name(item)[:300],
        old=old,
        new=new,
        old_words=_words(item, old),
        new_words=_words(item, new),
        reason=reason,
        by=by,
        at=now,
    )
    note_event(submission, Move.MEND, by=by, note=f"{correction}: {reason}", at=now)
    return correction


def _fit(examined: Round, item: Item, answer: Any) -> Any:
    """Return the cleaned answer. Raise AnswerNotFit."""
    try:
        new = clean(item, answer)
    except BadAnswer as problem:
        raise AnswerNotFit(f"{item_name(item)}: {problem}") from None
    if new == examined.answers.get(item.id):
        raise AnswerNotFit("Isian ini tidak berubah.")
    lacking = _lacking(examined, examined.answers | {item.id: new}) - _lacking(examined, examined.answers)
    if lacking:
        raise AnswerNotFit(f"Dengan isian itu formulir tidak lengkap lagi: {' '.join(sorted(lacking))}")
    return new


def _lacking(examined: Round, answers: Mapping[str, Any]) -> set[str]:
    return {finding.message for finding in findings(examined.submission.instrument, answers)}


def _keep_answer(examined: Round, item: Item, new: Any) -> None:
    """Save the answer. Title and variables of the activity follow, also in the archive."""
    instrument, submission = examined.submission.instrument, examined.submission
    examined.answers[item.id] = new
    examined.save(update_fields=["answers"])
    if item.id == instrument.title_item:
        submission.title = examined.title[:500]
        submission.save(update_fields=["title"])
    if item.id in (instrument.title_item, instrument.variables_item):
        keep_submission(examined)


def _words(item: Item, value: Any) -> str:
    return "; ".join(answer_lines(item, value)) or "kosong"
