"""Changes a complaint's status and writes its events. No other module changes the status."""

from datetime import datetime
from typing import Any
from uuid import UUID

from complaints.models import Complaint, ComplaintEvent, ComplaintMessage
from complaints.workflow import Move, MoveNotAllowed, Status, status_after
from office import clock
from office.models import User

SAYS = {
    Move.REPLY: ComplaintMessage.Kind.REPLY,
    Move.ANSWER: ComplaintMessage.Kind.ANSWER,
    Move.ASK: ComplaintMessage.Kind.ASK,
    Move.PLAN: ComplaintMessage.Kind.PLAN,
}
"""The moves that are a message, with its kind."""


def locked_complaint(complaint: Complaint) -> Complaint:
    """Lock the complaint until the transaction ends. Return its row as it is now. Call inside a transaction."""
    return Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)


def was_sent(complaint: Complaint, form_token: UUID | None) -> bool:
    """Return whether the form with this token was saved as an event of a locked complaint."""
    return form_token is not None and complaint.events.filter(form_token=form_token).exists()


def step(
    complaint: Complaint, move: Move, *, by: User | None, note: str = "", form_token: UUID | None = None, **facts: Any
) -> datetime:
    """Take `move` with a locked `complaint`, set `facts`, and write the event. Return the time.

    Raise MoveNotAllowed when `move` does not begin in its status, ClockWentBack.
    """
    complaint.status = status_after(move, Status(complaint.status))
    for name, value in facts.items():
        setattr(complaint, name, value)
    complaint.save()
    return note_complaint_event(complaint, move, by=by, note=note, form_token=form_token)


def note_complaint_event(
    complaint: Complaint, move: Move, *, by: User | None, note: str = "", **facts: Any
) -> datetime:
    """Write an event with its other `facts`, without changing the status. Return its time. Raise ClockWentBack."""
    now = clock.now()
    ComplaintEvent.objects.create(complaint=complaint, move=move, at=now, by=by, note=note[:500], **facts)
    return now


def must_still_run(complaint: Complaint, move: Move) -> None:
    """Raise MoveNotAllowed when the complaint is closed. For a `move` that is a message and changes no status."""
    if not complaint.is_open:
        raise MoveNotAllowed(move, Status(complaint.status))


def say(complaint: Complaint, move: Move, text: str, *, at: datetime, by: User | None, **facts: Any) -> None:
    """Write the message of a move that was taken `at` that time, and note who wrote last.

    A question of the office is no answer, so the first response stays due and the reporter goes on waiting.
    """
    ComplaintMessage.objects.create(complaint=complaint, kind=SAYS[move], text=text, at=at, by=by, **facts)
    if by is None:
        note_writing(complaint, at)
    elif move != Move.ASK:
        complaint.answered_at, complaint.responded_at = at, complaint.responded_at or at
        complaint.save(update_fields=["answered_at", "responded_at"])


def note_writing(complaint: Complaint, at: datetime) -> None:
    """Note that the reporter wrote, or gave a file, `at` that time: the office has to answer."""
    complaint.wrote_at = at
    complaint.save(update_fields=["wrote_at"])
