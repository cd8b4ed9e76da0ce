"""What the applicant does on the own page while a form is returned: answers, files, and sending them in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from office.refusals import Refused
from recommendations.attachments.actions.attaching import attach
from recommendations.instruments.texts import tidy_paragraphs
from recommendations.models import Attachment, Remark, Round, Submission
from recommendations.moves import locked, note_event
from recommendations.promise.telling import tell_by_reply
from recommendations.tracking.notices import tell_answered
from recommendations.uploads import shown_size
from recommendations.workflow import Move, MoveNotAllowed, Status

LONGEST = 2000
"""Signs of one answer."""
MOST_FILES = 20
MOST_BYTES = 60 * 1024 * 1024
"""What one returned round takes from the applicant's page; more is brought to the desk."""


class TooManyFiles(Refused):
    """Raised when the applicant's page has taken as many files as it may."""

    def __init__(self) -> None:
        super().__init__(
            f"Lewat halaman ini paling banyak {MOST_FILES} berkas, seluruhnya {shown_size(MOST_BYTES)}. "
            "Bawa selebihnya ke PST."
        )


class NothingToSend(Refused):
    """Raised when there is neither an answer nor a file."""

    def __init__(self) -> None:
        super().__init__("Jawab sedikitnya satu catatan, atau unggah berkas perbaikan, lalu kirim.")


@dataclass(frozen=True)
class Typed:
    """One answer as posted. `shown` is the fingerprint of the answer that its page had shown."""

    text: str
    shown: str


@dataclass(frozen=True)
class Refusal:
    """Why one answer was not saved: `words` for its place; of another telephone's answer also `theirs`."""

    typed: str
    words: str
    theirs: str = ""


Refusals = dict[int, Refusal]


def answer_mark(answer: str) -> str:
    """Sixteen signs that tell which answer a page showed."""
    return hashlib.sha256(answer.encode()).hexdigest()[:16]


@transaction.atomic
def save_replies(submission: Submission, typed: Mapping[int, Typed]) -> Refusals:
    """Keep the answers by remark; each that cannot be kept is told, and the others are kept all the same.

    An answer that somebody changed since the page showed it is not overwritten. Raises MoveNotAllowed.
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
    remark.answer, remark.answered_at = text, timezone.now() if text else None
    if remark.state == Remark.State.ANSWERED and not text:
        remark.state = Remark.State.OPEN
    remark.save(update_fields=["answer", "answered_at", "state"])
    return None


def attach_answer(submission: Submission, *, kind: str, file: "File[bytes]", **facts: Any) -> Attachment:
    """Keep a corrected file of the applicant. Raises TooManyFiles, MoveNotAllowed, and what `attach` raises."""
    with transaction.atomic():
        _, returned = being_answered(submission)
        here = files_since(returned).aggregate(size=Sum("size"))["size"] or 0
        if files_since(returned).count() >= MOST_FILES or here + file.size > MOST_BYTES:
            raise TooManyFiles
        return attach(submission, kind=kind, file=file, by=None, **facts)


def files_since(returned: Round) -> QuerySet[Attachment]:
    """What the applicant sent by the own page since that round was recorded complete, the first first."""
    sent = returned.submission.attachments.filter(uploaded_by=None, link=None)
    return sent.filter(uploaded_at__gt=returned.recorded_at)


@transaction.atomic
def send_answers(submission: Submission, typed: Mapping[int, Typed]) -> Refusals:
    """Save what is typed, then hand all of it to the officer; with a refusal nothing is sent yet.

    Sent again without anything new, nothing happens. Raises NothingToSend, MoveNotAllowed.
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
    returned.answered_at = timezone.now()
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
    """The locked submission and the round that was returned, without its answers. Raises MoveNotAllowed."""
    submission = locked(submission)
    if submission.status != Status.RETURNED:
        raise MoveNotAllowed(Move.ANSWER, Status(submission.status))
    returned = submission.rounds.recorded().defer("answers", "typed_by").latest("number")
    returned.submission = submission
    return submission, returned
