"""What the reporter of a complaint reads: each text in the order of time, with the files that came with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from complaints.models import Complaint, ComplaintEvent, ComplaintFile, ComplaintMessage
from complaints.workflow import Move


@dataclass
class Said:
    """One text of the reporter or the office, or files of the reporter that came without a text."""

    at: datetime
    message: ComplaintMessage | None = None
    files: list[ComplaintFile] = field(default_factory=list)

    @property
    def by_office(self) -> str:
        """What kind of message of the office it is; "" for the reporter."""
        if self.message is None or self.message.by_id is None:
            return ""
        return self.message.get_kind_display().lower()


def said_in(complaint: Complaint) -> tuple[Said, list[Said]]:
    """Return the complaint itself with its files, and what was said later. Three queries."""
    begun = Said(complaint.received_at)
    later = {message.at: Said(message.at, message) for message in complaint.messages.all()}
    sent = list(complaint.events.filter(move__in=(Move.RECEIVE, Move.REPLY)).order_by("at", "pk"))
    for file in complaint.files.all():
        event = _event_of(file, sent)
        if event is None or event.move == Move.RECEIVE:
            begun.files.append(file)
        else:
            later.setdefault(event.at, Said(event.at)).files.append(file)
    return begun, sorted(later.values(), key=lambda said: said.at)


def _event_of(file: ComplaintFile, sent: Iterable[ComplaintEvent]) -> ComplaintEvent | None:
    """Return the event that was written in the transaction of the file: the next one. None for a file without one."""
    return next((event for event in sent if event.at >= file.uploaded_at), None)
