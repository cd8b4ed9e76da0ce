"""Examine a recorded round: write and accept remarks on its items, then return it to the applicant or verify it."""

from django.db import transaction
from django.db.models import Prefetch

from office import clock
from office.models import Office, User
from office.refusals import Refused
from office.seals import MovedOn
from recommendations.archive.actions.duplicates import must_not_be_duplicate
from recommendations.examination.page_seal import ShownRound, changes_of_round
from recommendations.examination.remarks import annex_advice
from recommendations.models import Remark, Round, Submission
from recommendations.moves import being_checked, move, note_event
from recommendations.promise.actions.lateness import must_be_explained
from recommendations.slip.actions import write_slip
from recommendations.workflow import Move

_State = Remark.State
ASKED_ANEW = {"state": _State.OPEN, "answer": "", "answered_at": None, "accepted_at": None, "accepted_by": None}


class NothingToCorrect(Refused):
    """Raised when an officer returns a form without an open correction."""

    def __init__(self) -> None:
        super().__init__("Tulis sedikitnya satu catatan perbaikan sebelum mengembalikan.")


class CorrectionsOpen(Refused):
    """Raised when an officer verifies a form that has an open correction."""

    def __init__(self, count: int):
        super().__init__(
            f"Masih ada {count} catatan perbaikan. Terima, ubah menjadi saran, hapus, atau kembalikan permohonan."
        )


class SecondReaderNeeded(Refused):
    """Raised when the first reader verifies a second time, although the office requires two readers."""

    def __init__(self) -> None:
        super().__init__("Anda sudah menyatakannya sesuai. Petugas lain memeriksanya sekali lagi, lalu memverifikasi.")


class RemarkGone(Refused):
    """Raised when the remark has been deleted in the meantime."""

    def __init__(self) -> None:
        super().__init__("Catatan itu sudah dicabut di tempat lain.")


@transaction.atomic
def write_remark(submission: Submission, *, item_id: str, kind: str, text: str, by: User) -> Remark | None:
    """Write or change the remark on one item, or delete it when `text` is empty. A written remark is open again.

    Return the remark, or None when the item has none. An open remark with the same text and kind is not changed.
    Raise UnknownItem when the form has no such item, and NotBeingChecked when the submission is not being examined.
    """
    submission, examined = being_checked(submission)
    submission.instrument.item(item_id)
    found = examined.remarks.filter(item=item_id).first()
    if (found.text, found.kind, found.state) == (text, kind, _State.OPEN) if found else not text:
        return found
    forget_first_reading(examined)
    if found and not text:
        found.delete()
        return None
    written = {"kind": kind, "text": text, "by": by, "at": clock.now()}
    return Remark.objects.update_or_create(round=examined, item=item_id, defaults=written | ASKED_ANEW)[0]


@transaction.atomic
def accept_remark(submission: Submission, remark: Remark, *, by: User) -> Remark:
    """Accept a remark of any round of the submission. Accepted advice is not printed in the letter's annex.

    An accepted remark is not changed, so it keeps the name of the user who accepted it first.
    Raise RemarkGone when it was deleted, and NotBeingChecked when the submission is not being examined.
    """
    submission, _ = being_checked(submission)
    remark = _of(submission, remark)
    if remark.state != _State.ACCEPTED:
        remark.state, remark.accepted_at, remark.accepted_by = _State.ACCEPTED, clock.now(), by
        remark.save(update_fields=["state", "accepted_at", "accepted_by"])
    return remark


@transaction.atomic
def unaccept(submission: Submission, remark: Remark, *, by: User) -> Remark:
    """Undo the acceptance: the remark is answered again if it has an answer, otherwise open.

    Raise RemarkGone when it was deleted, and NotBeingChecked when the submission is not being examined.
    """
    submission, examined = being_checked(submission)
    remark = _of(submission, remark)
    if remark.state == _State.ACCEPTED:
        remark.state = _State.ANSWERED if remark.answered_at else _State.OPEN
        remark.accepted_at = remark.accepted_by = None
        remark.save(update_fields=["state", "accepted_at", "accepted_by"])
        forget_first_reading(examined)
    return remark


def _of(submission: Submission, remark: Remark) -> Remark:
    found = Remark.objects.filter(round__submission=submission, pk=remark.pk).first()
    if found is None:
        raise RemarkGone
    return found


@transaction.atomic
def return_to_applicant(
    submission: Submission, *, late_reason: str = "", shown: ShownRound | None = None, by: User
) -> Round:
    """Return the form with a slip of its remarks. Return the next round, which begins with the same answers.

    `shown` is what the page showed; None without a page. The promise of the examined round runs until the applicant
    knows the result (promise/telling.py). Raise MovedOn, NothingToCorrect, MoveNotAllowed, and LateUnexplained when the
    promise is past due and has no reason.
    """
    submission, examined = being_checked(submission, Move.RETURN)
    _must_be_as_shown(submission, shown, Move.RETURN)
    corrections = open_corrections(examined)
    if not corrections:
        raise NothingToCorrect
    must_be_explained(examined, late_reason, by=by)
    write_slip(examined, by=by)
    move(submission, Move.RETURN, by=by, note=f"putaran {examined.number}, {corrections} catatan perbaikan")
    return Round.objects.create(submission=submission, number=examined.number + 1, answers=examined.answers)


def _must_be_as_shown(submission: Submission, shown: ShownRound | None, decision: Move) -> None:
    """Raise MovedOn when the page showed something else than there is now."""
    if shown is None:
        return
    recorded = submission.rounds.without_answers().recorded().select_related("first_reader")
    rounds = recorded.prefetch_related(Prefetch("remarks", Remark.objects.select_related("by")))
    changes = changes_of_round(shown, submission, list(rounds), office=Office.objects.current(), move=decision)
    if changes:
        raise MovedOn(changes)


def open_corrections(examined: Round) -> int:
    """Return the number of open corrections of the round."""
    return examined.remarks.filter(kind=Remark.Kind.CORRECTION, state=_State.OPEN).count()


@transaction.atomic
def verify(submission: Submission, *, late_reason: str = "", shown: ShownRound | None = None, by: User) -> Submission:
    """Verify the form, so that the Kepala can issue the letter. Advice that is not accepted goes into its annex.

    `shown` is what the page showed; None without a page. When the office requires two readers, the first call only
    records the first reader. The second call, by another user, verifies. Answered corrections are accepted with it.
    Raise MovedOn, CorrectionsOpen, DuplicateUndecided, IsDuplicate, LateUnexplained, SecondReaderNeeded,
    MoveNotAllowed.
    """
    submission, examined = being_checked(submission, Move.VERIFY)
    _must_be_as_shown(submission, shown, Move.VERIFY)
    corrections = open_corrections(examined)
    if corrections:
        raise CorrectionsOpen(corrections)
    must_not_be_duplicate(examined, by=by)
    must_be_explained(examined, late_reason, by=by)
    if Office.objects.current().two_readers and not _is_second_reader(examined, by):
        return _note_first_reading(submission, examined, by=by)
    _accept_answered(submission, by=by)
    advice = len(annex_advice(submission.rounds.recorded().prefetch_related("remarks")))
    return move(submission, Move.VERIFY, by=by, note=f"putaran {examined.number}, {advice} saran")


def _is_second_reader(examined: Round, by: User) -> bool:
    if examined.first_reader_id == by.pk:
        raise SecondReaderNeeded
    return examined.first_reader_id is not None


def _note_first_reading(submission: Submission, examined: Round, *, by: User) -> Submission:
    examined.first_reader, examined.first_read_at = by, clock.now()
    examined.save(update_fields=["first_reader", "first_read_at"])
    note_event(submission, Move.READ, by=by, note=f"putaran {examined.number}")
    return submission


def forget_first_reading(examined: Round) -> None:
    """Remove the first reader, because the round has changed since. Call with the submission locked."""
    if examined.first_reader_id:
        examined.first_reader = examined.first_read_at = None
        examined.save(update_fields=["first_reader", "first_read_at"])


def _accept_answered(submission: Submission, *, by: User) -> None:
    """Accept the corrections of all rounds: the examined round has no open one, and it shows the earlier ones."""
    asked = Remark.objects.filter(round__submission=submission, kind=Remark.Kind.CORRECTION)
    asked.exclude(state=_State.ACCEPTED).update(state=_State.ACCEPTED, accepted_at=clock.now(), accepted_by=by)
