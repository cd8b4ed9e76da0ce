"""Save and send what the applicant enters on the own page while the form is returned: answers and files."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet, Sum

from office import clock
from office.refusals import Refused
from office.texts import tidy_paragraphs
from recommendations.attachments.actions.attaching import attach
from recommendations.models import Attachment, Remark, Round, Submission
from recommendations.moves import locked, note_event
from recommendations.promise.telling import tell_by_reply
from recommendations.tracking.notices import tell_answered
from recommendations.uploads import shown_size
from recommendations.workflow import Move, MoveNotAllowed, Status

LONGEST = 2000
"""The most characters of one answer."""
MOST_FILES = 20
MOST_BYTES = 60 * 1024 * 1024
"""The limits of the files of one returned round. The applicant brings further files to the office."""


class TooManyFiles(Refused):
    """Raised when a file exceeds MOST_FILES or MOST_BYTES."""

    def __init__(self) -> None:
        super().__init__(
            f"Lewat halaman ini paling banyak {MOST_FILES} berkas, seluruhnya {shown_size(MOST_BYTES)}. "
            "Bawa selebihnya ke PST."
        )


class NothingToSend(Refused):
    """Raised when the applicant sends neither an answer nor a file."""

    def __init__(self) -> None:
        super().__init__("Jawab sedikitnya satu catatan, atau unggah berkas perbaikan, lalu kirim.")


@dataclass(frozen=True)
class Typed:
    """One answer as posted. `shown` is the fingerprint of the answer that the applicant's page showed."""

    text: str
    shown: str


@dataclass(frozen=True)
class Refusal:
    """The reason (`words`) why an answer was not saved. `theirs` is the answer saved from another screen, or ""."""

    typed: str
    words: str
    theirs: str = ""


Refusals = dict[int, Refusal]


def answer_mark(answer: str) -> str:
    """Return the fingerprint of an answer, 16 characters."""
    return hashlib.sha256(answer.encode()).hexdigest()[:16]


@transaction.atomic
def save_replies(submission: Submission, typed: Mapping[int, Typed]) -> Refusals:
    """Save the answers by remark. Return a refusal for each answer that was not saved; the others are saved.

    An answer that was changed since the page showed it is not overwritten. Raise MoveNotAllowed when the form is not
    returned.
    """
    _, returned = being_answered(submission)
    return _save(returned, typed)


def _save(returned: Round, typed: Mapping[int, Typed]) -> Refusals:
    refused = {}
    for remark in returned.remarks.asking().select_for_update().filter(pk__in=typed):
        told = _keep(remark, typed[remark.pk])
        if told:
            refused[remark.pk] = told
    return refused


def _keep(remark: Remark, typed: Typed) -> Refusal | None:
    text = tidy_paragraphs(typed.text)
    if text == remark.answer:
        return None
    if len(text) > LONGEST:
        return Refusal(text[: 5 * LONGEST], f"Terlalu panjang: paling banyak 2.000 huruf, kini {len(text)}.")
    if typed.shown != answer_mark(remark.answer):
        return Refusal(text, "Sudah dijawab dari layar lain.", theirs=remark.answer)
    remark.answer, remark.answered_at = text, clock.now() if text else None
    if remark.state == Remark.State.ANSWERED and not text:
        remark.state = Remark.State.OPEN
    remark.save(update_fields=["answer", "answered_at", "state"])
    return None


def attach_answer(submission: Submission, *, kind: str, file: "File[bytes]", **facts: Any) -> Attachment:
    """Save a corrected file of the applicant. Raise TooManyFiles, MoveNotAllowed, and the exceptions of `attach`."""
    with transaction.atomic():
        _, returned = being_answered(submission)
        here = files_since(returned).aggregate(size=Sum("size"))["size"] or 0
        if files_since(returned).count() >= MOST_FILES or here + file.size > MOST_BYTES:
            raise TooManyFiles
        return attach(submission, kind=kind, file=file, by=None, **facts)


def files_since(returned: Round) -> QuerySet[Attachment]:
    """Return the files sent on the applicant's page since the round was recorded complete, oldest first."""
    sent = returned.submission.attachments.filter(uploaded_by=None, link=None)
    return sent.filter(uploaded_at__gt=returned.recorded_at)


@transaction.atomic
def send_answers(submission: Submission, typed: Mapping[int, Typed]) -> Refusals:
    """Save the answers, then send all answers and files to the officer. Return the refusals; with one, nothing is sent.

    Nothing is sent again without a new answer or file. Raise NothingToSend, MoveNotAllowed.
    """
    submission, returned = being_answered(submission)
    refused = _save(returned, typed)
    if not refused:
        _send(submission, returned)
    return refused


def _send(submission: Submission, returned: Round) -> None:
    answered = returned.remarks.asking().exclude(answer="")
    counts = answered.count(), returned.remarks.asking().count(), files_since(returned).count()
    if not (counts[0] or counts[2]):
        raise NothingToSend
    if not _has_news(returned):
        return
    answered.filter(state=Remark.State.OPEN).update(state=Remark.State.ANSWERED)
    returned.answered_at = clock.now()
    returned.save(update_fields=["answered_at"])
    tell_by_reply(submission, at=returned.answered_at, by=None, note="pemohon menjawab lewat halamannya")
    words = f"{counts[0]} dari {counts[1]} catatan dijawab, {counts[2]} berkas"
    note_event(submission, Move.ANSWER, by=None, note=f"putaran {returned.number}, lewat halaman pemohon: {words}")
    tell_answered(returned, words=words)


def _has_news(returned: Round) -> bool:
    last: datetime | None = returned.answered_at
    if last is None:
        return True
    return (
        returned.remarks.filter(answered_at__gt=last).exists()
        or files_since(returned).filter(uploaded_at__gt=last).exists()
    )


def being_answered(submission: Submission) -> tuple[Submission, Round]:
    """Return the locked submission and its returned round, without its answers. Raise MoveNotAllowed."""
    submission = locked(submission)
    if submission.status != Status.RETURNED:
        raise MoveNotAllowed(Move.ANSWER, Status(submission.status))
    returned = submission.rounds.recorded().defer("answers", "typed_by").latest("number")
    returned.submission = submission
    return submission, returned
