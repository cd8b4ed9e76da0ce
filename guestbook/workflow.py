"""The steps of a visit, as one table. A test compares the diagram in docs/workflow.md with it."""

from django.db.models import TextChoices

from office.refusals import Refused
from office.steps import Step, StepTable


class Status(TextChoices):
    WAITING = "waiting", "Menunggu"
    CALLED = "called", "Dipanggil"
    SERVING = "serving", "Dilayani"
    SERVED = "served", "Selesai"
    NO_SHOW = "no_show", "Tidak hadir"
    LEFT = "left", "Batal"
    UNCLOSED = "unclosed", "Tidak ditutup"


class Move(TextChoices):
    CHECK_IN = "check_in", "Ambil nomor"
    CALL = "call", "Panggil"
    RECALL = "recall", "Panggil ulang"
    START = "start", "Mulai dilayani"
    FINISH = "finish", "Selesai"
    MISS = "miss", "Tidak hadir"
    REQUEUE = "requeue", "Kembalikan ke antrian"
    TRANSFER = "transfer", "Alihkan"
    LEAVE = "leave", "Batal menunggu"
    RATE = "rate", "Dinilai"
    CLOSE_DAY = "close_day", "Tutup hari"


STEPS = {
    Move.CALL: Step(frozenset({Status.WAITING, Status.NO_SHOW}), Status.CALLED),
    Move.RECALL: Step(frozenset({Status.CALLED}), Status.CALLED),
    Move.START: Step(frozenset({Status.CALLED}), Status.SERVING),
    Move.FINISH: Step(frozenset({Status.SERVING}), Status.SERVED),
    Move.MISS: Step(frozenset({Status.CALLED}), Status.NO_SHOW),
    Move.REQUEUE: Step(frozenset({Status.CALLED, Status.NO_SHOW}), Status.WAITING),
    Move.TRANSFER: Step(frozenset({Status.WAITING, Status.CALLED, Status.SERVING}), Status.WAITING),
    Move.LEAVE: Step(frozenset({Status.WAITING, Status.CALLED}), Status.LEFT),
    Move.RATE: Step(frozenset({Status.SERVED}), Status.SERVED),
    Move.CLOSE_DAY: Step(frozenset({Status.WAITING, Status.CALLED, Status.SERVING}), Status.UNCLOSED),
}
ACTIVE = (Status.CALLED, Status.SERVING)
"""The statuses in which a visit occupies its counter."""
OVER = (Status.SERVED, Status.LEFT, Status.UNCLOSED)
"""The statuses after which the visitor is neither called nor transferred any more; a missed one can be, that day."""


class MoveNotAllowed(Refused):
    """Raised when the visit is in no status in which the move begins."""

    def __init__(self, move: Move, status: Status):
        super().__init__(
            f"Kunjungan ini {Status(status).label.lower()}; “{Move(move).label}” tidak dapat dilakukan lagi."
        )


LIFE = StepTable(STEPS, MoveNotAllowed)
status_after = LIFE.status_after
moves_from = LIFE.moves_from
