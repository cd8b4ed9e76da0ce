"""Saves the decision about an examined round: no duplicate, or a duplicate of which activity."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from office.models import User
from office.refusals import Refused
from recommendations.archive.similar import Similar, activity_named, similar_to, undecided
from recommendations.models import DuplicateCheck, Round, Submission
from recommendations.moves import being_checked, note_event
from recommendations.workflow import Move

Conclusion = DuplicateCheck.Conclusion


class DuplicateUndecided(Refused):
    """Raised when the examiner has not decided about a very similar activity yet."""

    def __init__(self, other: Similar):
        super().__init__(
            f"“{other.title}” ({other.agency}, {other.year}) sangat serupa."
            " Putuskan dahulu: bukan duplikasi, atau duplikasi."
        )


class IsDuplicate(Refused):
    """Raised when the examiner found the activity to be a duplicate."""

    def __init__(self, other: str):
        super().__init__(
            f"Kegiatan ini dinyatakan duplikasi dari {other}. Kembalikan kepada pemohon, atau batalkan permohonannya."
        )


class DuplicateOfItself(Refused):
    """Raised when the activity named is the submission itself."""

    def __init__(self) -> None:
        super().__init__("Nomor itu milik permohonan ini sendiri. Tulis nomor kegiatan yang lain.")


@transaction.atomic
def confirm_no_duplicate(
    submission: Submission, *, reason: str = "", seen: Collection[str] | None = None, by: User
) -> DuplicateCheck:
    """Save that the activity duplicates none of the similar ones. Return the check.

    `seen` has the keys of the activities on the examiner's screen; None when there was no screen. Raise MoveNotAllowed
    when the submission is not being examined, DuplicateUndecided for a very similar activity that is not in `seen`.
    """
    submission, examined = being_checked(submission, Move.COMPARE)
    found = similar_to(examined)
    new = [one for one in undecided(found, None) if seen is not None and one.key not in seen]
    if new:
        raise DuplicateUndecided(new[0])
    check = _write(examined, found, {"outcome": Conclusion.NOT_DUPLICATE, "reason": reason}, by=by)
    note_event(submission, Move.COMPARE, by=by, note=_note(examined, "bukan duplikasi", reason))
    return check


@transaction.atomic
def name_duplicate(submission: Submission, *, other: str, reason: str, by: User) -> DuplicateCheck:
    """Save that the activity duplicates `other`: a key, an identity number, a register number or a title.

    Return the check. Raise MoveNotAllowed when the submission is not being examined, DuplicateOfItself when `other` is
    the submission itself.
    """
    submission, examined = being_checked(submission, Move.COMPARE)
    named = activity_named(other)
    if named and named.submission == submission:
        raise DuplicateOfItself
    facts: dict[str, Any] = {"outcome": Conclusion.DUPLICATE, "other": other, "reason": reason}
    if named:
        facts |= {"submission": named.submission, "archived": named.archived, "other": str(named)}
    check = _write(examined, similar_to(examined), facts, by=by)
    note_event(submission, Move.COMPARE, by=by, note=_note(examined, f"duplikasi dari {check.other}", reason))
    return check


def must_not_be_duplicate(examined: Round, *, by: User) -> None:
    """Check a round for duplicates before it is verified. When no decision is needed, keep what was found.

    Raise IsDuplicate when the examiner decided so, DuplicateUndecided when a very similar activity has no decision yet.
    """
    check = DuplicateCheck.objects.filter(round=examined).first()
    if check and check.is_duplicate:
        raise IsDuplicate(check.other)
    found = similar_to(examined)
    new = undecided(found, check)
    if new:
        raise DuplicateUndecided(new[0])
    if check is None or not check.is_decision:
        _write(examined, found, {"outcome": Conclusion.NONE}, by=by)


def _write(examined: Round, found: Sequence[Similar], facts: dict[str, Any], *, by: User) -> DuplicateCheck:
    blank = {"submission": None, "archived": None, "other": "", "reason": ""}
    kept = {"found": [asdict(one) for one in found], "by": by, "at": timezone.now()}
    return DuplicateCheck.objects.update_or_create(round=examined, defaults=blank | facts | kept)[0]


def _note(examined: Round, words: str, reason: str) -> str:
    """Return the note for the event, at most 500 characters: a long title is cut, the reason is not."""
    told = f"putaran {examined.number}: {words}"
    return f"{told[: 500 - len(reason) - 2]}; {reason}" if reason else told
