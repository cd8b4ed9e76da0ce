"""What the reporter does with the code: write, give a file, and rate the handling."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from complaints.actions.handling import class_dates
from complaints.models import Complaint, ComplaintFile, ComplaintMessage, ComplaintTerm
from complaints.moves import locked_complaint, must_still_run, note_complaint_event, note_writing, say, step, was_sent
from complaints.neutral_files import CheckedPaper, neutral_name, without_traces
from complaints.notices import tell_not_satisfied, tell_reopened, tell_replied
from complaints.workflow import Move
from office import clock
from office.models import User
from office.refusals import Refused
from recommendations.attachments.actions.storing import kept, sha256_of, storing
from recommendations.uploads import shown_size

MOST_FILES = 10
MOST_BYTES = 30 * 1024 * 1024
"""The limits of the files of one complaint. The reporter brings further files to the office."""
MOST_MESSAGES = 50
"""The most messages of one reporter about one complaint."""


class TooManyComplaintFiles(Refused):
    """Raised when a file exceeds MOST_FILES or MOST_BYTES."""

    def __init__(self) -> None:
        super().__init__(
            f"Untuk satu pengaduan paling banyak {MOST_FILES} berkas, seluruhnya {shown_size(MOST_BYTES)}. "
            "Bawa selebihnya ke PST."
        )


class TooManyMessages(Refused):
    """Raised when the reporter has written MOST_MESSAGES messages."""

    def __init__(self) -> None:
        super().__init__(f"Paling banyak {MOST_MESSAGES} pesan untuk satu pengaduan. Hubungi kami untuk selebihnya.")


class HandlingRated(Refused):
    """Raised when the handling was rated already."""

    def __init__(self) -> None:
        super().__init__("Penanganan pengaduan ini sudah Anda nilai. Terima kasih.")


class WhyNotSatisfied(Refused):
    """Raised when the reporter is not satisfied and does not say why."""

    def __init__(self) -> None:
        super().__init__("Tulis apa yang belum selesai, agar petugas tahu apa yang harus diperbaiki.")


def reply(
    complaint: Complaint, *, text: str = "", papers: Sequence[CheckedPaper] = (), form_token: UUID | None = None
) -> Complaint:
    """Save a message of the reporter with its files, or none of them, and tell the officer. Return the complaint.

    `papers` are checked files with their content types; files alone are a message too. A form that was sent before, by
    its token, and files that are there already, change nothing. Raise MoveNotAllowed, TooManyMessages,
    TooManyComplaintFiles, BadFile, NotStored, ClockWentBack.
    """
    return _reply(complaint, text, [without_traces(complaint, paper) for paper in papers], form_token)


@transaction.atomic
def _reply(complaint: Complaint, text: str, papers: Sequence[CheckedPaper], form_token: UUID | None) -> Complaint:
    complaint = locked_complaint(complaint)
    if was_sent(complaint, form_token):
        return complaint
    must_still_run(complaint, Move.REPLY)
    if text and complaint.messages.filter(by=None).count() >= MOST_MESSAGES:
        raise TooManyMessages
    with ExitStack() as stored:
        added = [_add_file(complaint, paper, stored) for paper in papers]
        names = [given.name for given, is_new in added if is_new]
        if text or names:
            _note_reply(complaint, text, names, form_token)
    return complaint


def _note_reply(complaint: Complaint, text: str, names: list[str], form_token: UUID | None) -> None:
    note = f"berkas {', '.join(names)}" if names else ""
    at = note_complaint_event(complaint, Move.REPLY, by=None, note=note, form_token=form_token)
    if text:
        say(complaint, Move.REPLY, text, at=at, by=None)
    else:
        note_writing(complaint, at)
    if not complaint.is_anonymous:
        tell_replied(complaint, on=timezone.localdate(at))


def give_file(complaint: Complaint, *, file: "File[bytes]", content_type: str, by: User | None = None) -> ComplaintFile:
    """Store a checked file that came with the complaint, and return it. One that is there stays.

    It is kept byte for byte, but for a photo of an anonymous reporter. `by` is the officer who enters it with a
    complaint from another channel; None when the reporter gave it. Later files come with `reply`. Raise MoveNotAllowed,
    TooManyComplaintFiles, BadFile, NotStored, ClockWentBack.
    """
    return _give_file(complaint, without_traces(complaint, (file, content_type)), by)


@transaction.atomic
def _give_file(complaint: Complaint, paper: CheckedPaper, by: User | None) -> ComplaintFile:
    complaint = locked_complaint(complaint)
    must_still_run(complaint, Move.RECEIVE)
    with ExitStack() as stored:
        given, is_new = _add_file(complaint, paper, stored)
        if is_new:
            note_complaint_event(complaint, Move.RECEIVE, by=by, note=f"berkas {given.name}")
        return given


def _add_file(complaint: Complaint, paper: CheckedPaper, stored: ExitStack) -> tuple[ComplaintFile, bool]:
    """Store the file of a locked complaint; `stored` deletes it when it fails. Return it and whether it is new."""
    file, content_type = paper
    sha256 = sha256_of(file)
    if same := complaint.files.filter(sha256=sha256).first():
        return same, False
    _must_fit(complaint, file)
    if complaint.is_anonymous:
        file.name = neutral_name(content_type, complaint.files.count() + 1)
    path = stored.enter_context(storing(file))
    facts: dict[str, Any] = {"sha256": sha256, "content_type": content_type, "uploaded_at": clock.now()}
    return ComplaintFile.objects.create(complaint=complaint, **facts, **kept(file, path)), True


def _must_fit(complaint: Complaint, file: "File[bytes]") -> None:
    there = complaint.files.aggregate(size=Sum("size"))["size"] or 0
    if complaint.files.count() >= MOST_FILES or there + file.size > MOST_BYTES:
        raise TooManyComplaintFiles


@transaction.atomic
def rate_handling(complaint: Complaint, *, is_satisfied: bool, text: str = "") -> Complaint:
    """Save how the reporter finds the handling of a closed complaint. Return the complaint.

    The first time, an unsatisfied reporter opens it again, and must say why; the second time it stays closed.
    Raise HandlingRated, WhyNotSatisfied, MoveNotAllowed, ClockWentBack.
    """
    complaint = locked_complaint(complaint)
    if complaint.is_satisfied is not None:
        raise HandlingRated
    if is_satisfied or complaint.reopened_at:
        return _rate_finally(complaint, is_satisfied, text)
    if not text:
        raise WhyNotSatisfied
    return _reopen(complaint, text)


def _rate_finally(complaint: Complaint, is_satisfied: bool, text: str) -> Complaint:
    """Save the rating of a complaint that stays closed. Its text is a message; "belum puas" is mailed to staff."""
    words = "puas" if is_satisfied else "belum puas"
    at = step(complaint, Move.SATISFY, by=None, note=f"{words}. {text}".strip(), is_satisfied=is_satisfied)
    if text:
        say(complaint, Move.REPLY, text, at=at, by=None)
    if not (is_satisfied or complaint.is_anonymous):
        tell_not_satisfied(complaint)
    return complaint


def _reopen(complaint: Complaint, text: str) -> Complaint:
    """Open a closed complaint again, and count its class again from today. Its outcome stays as a message."""
    _keep_outcome(complaint)
    complaint.reopened_at = clock.now()
    term = complaint.term or ComplaintTerm.objects.ordinary()
    facts: dict[str, Any] = {
        "term": term,
        **class_dates(complaint, term),
        "closed_at": None,
        "outcome": Complaint.Outcome.NONE,
        "outcome_note": "",
    }
    at = step(complaint, Move.REOPEN, by=None, **facts)
    say(complaint, Move.REPLY, text, at=at, by=None)
    if not complaint.is_anonymous:
        tell_reopened(complaint)
    return complaint


def _keep_outcome(complaint: Complaint) -> None:
    """Write the outcome and its explanation as a message of the officer who closed the complaint, at that time.

    It keeps the due day of then, so that the recap still knows a late end after the complaint was closed again.
    """
    closing = complaint.events.filter(move=Move.CLOSE).order_by("at", "pk").last()
    ComplaintMessage.objects.create(
        complaint=complaint,
        kind=ComplaintMessage.Kind.CLOSE,
        text=f"{complaint.get_outcome_display()}\n{complaint.outcome_note}".strip(),
        at=complaint.closed_at or clock.now(),
        due_on=complaint.due_on,
        by=closing.by if closing else complaint.assigned_to,
    )
