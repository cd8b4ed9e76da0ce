from guestbook.models.corrections import VisitCorrection
from guestbook.models.exports import ExportLog, PeriodRow
from guestbook.models.queue import CallPolicy, TicketCounter
from guestbook.models.visitors import Visitor, new_token
from guestbook.models.visits import EVENT_NOTE, Visit, VisitEvent, counts_in_times

__all__ = [
    "EVENT_NOTE",
    "CallPolicy",
    "ExportLog",
    "PeriodRow",
    "TicketCounter",
    "Visit",
    "VisitCorrection",
    "VisitEvent",
    "Visitor",
    "counts_in_times",
    "new_token",
]
