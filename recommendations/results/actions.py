"""Note that an agency was asked for its results and metadata, or that they were received."""

from datetime import date
from uuid import UUID

from django.db import transaction

from office import clock
from office.models import User
from office.refusals import Refused
from recommendations.models import Letter, ResultNote, Submission
from recommendations.moves import locked, note_event
from recommendations.workflow import LetterStatus, Move

MOVES = {ResultNote.Kind.ASKED: Move.ASK_RESULT, ResultNote.Kind.RECEIVED: Move.RESULT}


class NothingOwed(Refused):
    """Raised when the submission has no letter in force, which alone obliges the agency."""

    def __init__(self) -> None:
        super().__init__("Permohonan ini belum mempunyai surat yang berlaku, jadi hasilnya belum diminta.")


class NoteOfOtherForm(Refused):
    """Raised when the form made a note before, of another submission or of another kind."""

    def __init__(self) -> None:
        super().__init__("Isian ini sudah dipakai untuk catatan lain. Buka lagi halaman ini, lalu isi yang baru.")


class ResultsReceived(Refused):
    """Raised when the results were received already."""

    def __init__(self) -> None:
        super().__init__("Hasil dan metadata permohonan ini sudah tercatat diterima.")


def note_asked(submission: Submission, *, happened_on: date, note: str, form_token: UUID, by: User) -> ResultNote:
    """Note that the agency was asked on this day, and return the note: one for each `form_token`.

    The desk sends no mail by itself. Raise NothingOwed, ResultsReceived, NoteOfOtherForm, ClockWentBack.
    """
    return _note(submission, ResultNote.Kind.ASKED, happened_on, note, form_token, by)


def note_received(submission: Submission, *, happened_on: date, note: str, form_token: UUID, by: User) -> ResultNote:
    """Note that results and metadata were received on this day, and return the note: one for each `form_token`.

    Raise NothingOwed, ResultsReceived, NoteOfOtherForm, ClockWentBack.
    """
    return _note(submission, ResultNote.Kind.RECEIVED, happened_on, note, form_token, by)


@transaction.atomic
def _note(
    submission: Submission, kind: ResultNote.Kind, day: date, note: str, form_token: UUID, by: User
) -> ResultNote:
    submission = locked(submission)
    same = ResultNote.objects.filter(form_token=form_token).first()
    if same and (same.submission_id, same.kind) != (submission.pk, kind):
        raise NoteOfOtherForm
    if same:
        return same
    _must_be_owed(submission)
    noted = ResultNote.objects.create(
        submission=submission, kind=kind, happened_on=day, note=note, form_token=form_token, at=clock.now(), by=by
    )
    words = f"{noted.happened_on:%d/%m/%Y} {noted.note}".strip()
    note_event(submission, MOVES[kind], by=by, note=words, at=noted.at)
    return noted


def _must_be_owed(submission: Submission) -> None:
    """Raise NothingOwed, ResultsReceived. The caller has locked the submission."""
    if not Letter.objects.filter(submission=submission, status=LetterStatus.VALID).exists():
        raise NothingOwed
    if submission.result_notes.filter(kind=ResultNote.Kind.RECEIVED).exists():
        raise ResultsReceived
