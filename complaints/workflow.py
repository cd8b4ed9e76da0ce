"""The life of a complaint as one table. A test compares the diagram in docs/workflow.md with it.

There are five statuses, one for each turn: not assigned yet, the assigned officer, the reporter who got an answer,
closed, and the officer again. A follow-up plan is an answer with a date, not a status of its own. A question to the
reporter is no answer: like a message of the reporter it changes no status, and has no step here.
"""

from django.db.models import TextChoices

from office.refusals import Refused
from office.steps import Step, StepTable


class Status(TextChoices):
    RECEIVED = "received", "Diterima"
    ASSIGNED = "assigned", "Ditugaskan"
    ANSWERED = "answered", "Ditanggapi"
    CLOSED = "closed", "Selesai"
    REOPENED = "reopened", "Dibuka lagi"


class Move(TextChoices):
    """A step with a complaint; also the kind of an event."""

    RECEIVE = "receive", "Pengaduan diterima"
    ASSIGN = "assign", "Ditugaskan"
    ABOUT = "about", "Pegawai yang diadukan diganti"
    ANSWER = "answer", "Ditanggapi"
    ASK = "ask", "Pelapor ditanya"
    PLAN = "plan", "Rencana tindak lanjut ditulis"
    REPLY = "reply", "Pelapor menulis"
    CLOSE = "close", "Pengaduan selesai"
    SATISFY = "satisfy", "Penanganan dinilai pelapor"
    REOPEN = "reopen", "Dibuka lagi karena pelapor belum puas"
    CALENDAR = "calendar", "Batas waktu dipindah karena kalender kantor berubah"


WITH_AN_OFFICER = frozenset({Status.ASSIGNED, Status.ANSWERED, Status.REOPENED})
"""The statuses in which one officer works on the complaint."""
OPEN = frozenset({Status.RECEIVED, *WITH_AN_OFFICER})
STEPS = {
    Move.ASSIGN: Step(OPEN, Status.ASSIGNED),
    Move.ANSWER: Step(WITH_AN_OFFICER, Status.ANSWERED),
    Move.PLAN: Step(WITH_AN_OFFICER, Status.ANSWERED),
    Move.CLOSE: Step(frozenset({Status.ANSWERED}), Status.CLOSED),
    Move.SATISFY: Step(frozenset({Status.CLOSED}), Status.CLOSED),
    Move.REOPEN: Step(frozenset({Status.CLOSED}), Status.REOPENED),
}


class MoveNotAllowed(Refused):
    """Raised when the move does not begin in the complaint's status."""

    def __init__(self, move: Move, status: Status):
        super().__init__(
            f"Pengaduan ini berstatus {Status(status).label}; “{Move(move).label}” tidak dapat dilakukan sekarang."
        )


LIFE = StepTable(STEPS, MoveNotAllowed)
status_after = LIFE.status_after
moves_from = LIFE.moves_from
