"""Show how far a submission is in the service of SK 019/KPA/2024, and what a user can do next."""

from dataclasses import dataclass
from datetime import datetime

from office.models import Mail, User
from recommendations.models import Submission
from recommendations.workflow import Move, Status

STEPS_OF_SERVICE = (
    # name of the step, the event that ends it
    ("Perekaman", Move.RECORD),
    ("Pemeriksaan", Move.VERIFY),
    ("Penerbitan", Move.SIGN),
    ("Pengiriman", Move.DELIVER),
    ("Selesai", Move.CLOSE),
)
STEPS_DONE = {
    Status.RECORDING: 0,
    Status.RETURNED: 0,
    Status.CHECKING: 1,
    Status.VERIFIED: 2,
    Status.ISSUED: 2,
    Status.SIGNED: 3,
    Status.SENT: 4,
    Status.CLOSED: 5,
    Status.CANCELLED: -1,
    Status.REVOKED: -1,
}


@dataclass(frozen=True)
class ServiceStep:
    """One step of the service. `state` is "done", "now" or "" (a later step)."""

    name: str
    state: str
    at: datetime | None


def service_steps(submission: Submission) -> list[ServiceStep]:
    """Return the steps from the visit to the end. The rating is no step: staff do not see whether a visitor rated."""
    ended = dict(submission.events.order_by("at").values_list("move", "at"))
    place = STEPS_DONE[Status(submission.status)]
    steps = [_step(number, name, move, place, ended) for number, (name, move) in enumerate(STEPS_OF_SERVICE)]
    visit = submission.visit
    if visit is None:
        return steps
    return [ServiceStep("Kunjungan", "done", visit.taken_at), *steps]


def _step(number: int, name: str, move: Move, place: int, ended: dict[str, datetime]) -> ServiceStep:
    if number < place:
        return ServiceStep(name, "done", ended.get(move))
    return ServiceStep(name, "now" if number == place else "", None)


@dataclass(frozen=True)
class NextAct:
    """The verb of an act, and the URL name of its page."""

    verb: str
    url_name: str


ACTS = (
    # possible move, permission, verb, address
    (Move.VERIFY, "recommendations.examine_submission", "Periksa", "recommendations:examine"),
    (Move.ISSUE, "recommendations.issue_letter", "Terbitkan", "recommendations:letter_issue"),
    (Move.SIGN, "recommendations.send_letter", "Unggah yang ditandatangani", "recommendations:submission_detail"),
    (Move.CLOSE, "recommendations.send_letter", "Selesaikan", "recommendations:submission_detail"),
    (Move.DELIVER, "recommendations.send_letter", "Kirim surat", "recommendations:submission_detail"),
)


VERBS_OF_MAIL: dict[str, str] = {
    # status of the letter's last mail: the verb instead of "Kirim surat". The others need no other verb.
    Mail.Status.WAITING: "Lihat pengiriman",
    Mail.Status.SENDING: "Lihat pengiriman",
    Mail.Status.PUT_OFF: "Lihat e-mail yang ditunda",
    Mail.Status.UNKNOWN: "Pastikan surat sampai",
    Mail.Status.REFUSED: "Perbaiki pengiriman",
    Mail.Status.FAILED: "Perbaiki pengiriman",
    Mail.Status.BOUNCED: "Kirim dengan cara lain",
}


def next_act(submission: Submission, user: User, *, last_mail: str = "") -> NextAct:
    """Return what this user can do next with the submission. When that is nothing else, return "Lihat".

    `last_mail` is the status of the last mail with its letter, "" without one.
    """
    if submission.is_open_for_recording and user.has_perm("recommendations.record_submission"):
        return NextAct(
            "Rekam perbaikan" if submission.status == Status.RETURNED else "Lanjutkan", "recommendations:record"
        )
    moves = submission.possible_moves
    for move, permission, verb, url_name in ACTS:
        if move in moves and user.has_perm(permission):
            return NextAct(VERBS_OF_MAIL.get(last_mail, verb) if move == Move.DELIVER else verb, url_name)
    return NextAct("Lihat", "recommendations:submission_detail")
