"""Build the applicant's page: the state of the submission and the next step, in words that visitors know.

It shows no internal terms, and no name except the contact's own, which is masked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from office.calendar import working_days_between
from office.formats import long_date, plain_date
from recommendations.models import Letter, Round, Submission
from recommendations.promise.due_meter import dates_of
from recommendations.workflow import Move, Status

STATIONS = ("Diterima", "Diperiksa", "Persetujuan dan tanda tangan Kepala", "Surat siap diambil", "Selesai")
STATION_AT = {
    Status.RECORDING: 0,
    Status.CHECKING: 1,
    Status.RETURNED: 1,
    Status.VERIFIED: 2,
    Status.ISSUED: 2,
    Status.SIGNED: 3,
    Status.SENT: 4,
    Status.CLOSED: 5,
    Status.REVOKED: 5,
}
GIVEN = (Status.SENT, Status.CLOSED)
"""In these statuses the letter was sent or handed over, so the applicant may download its PDF."""
MOST_NAMED = 3


@dataclass(frozen=True)
class Station:
    """One step of the service. `state` is "done", "now" or "" (a later step)."""

    name: str
    state: str
    words: str = ""


@dataclass(frozen=True)
class Says:
    """The head of the page: a badge (`kind`, `icon`, `state`), one sentence (`title`), and the next step (`words`)."""

    kind: str
    icon: str
    state: str
    title: str
    words: str


@dataclass(frozen=True)
class TrackedPromise:
    """The due date, and how many of the promised working days are used."""

    day: date
    is_provisional: bool
    used: int
    total: int
    started_on: date


def says(submission: Submission, recorded: Round | None, *, corrections: int, answer_until: str) -> Says:
    """Return the head of the page. `recorded` is the last recorded round, `answer_until` the date in its slip or ""."""
    status = Status(submission.status)
    if status == Status.RETURNED:
        return _returned(recorded, corrections, answer_until)
    return SAYINGS[status]


NOTHING_TO_DO = "Anda tidak perlu melakukan apa-apa sekarang."
ON_ITS_WAY = Says(
    "ok",
    "ok",
    "Layak",
    "Surat rekomendasi sudah terbit",
    "Surat sedang kami kirim ke e-mail Anda, atau siap diambil.",
)
HERE = Says(
    "ok",
    "ok",
    "Layak",
    "Surat rekomendasi sudah terbit",
    "Cantumkan identitas rekomendasi seperti diminta dalam surat.",
)
SAYINGS = {
    Status.RECORDING: Says(
        "",
        "edit",
        "Sedang direkam",
        "Kami sedang merekam formulir Anda",
        "Janji layanan dihitung sejak formulir terekam lengkap. Petugas menghubungi Anda bila ada yang kurang.",
    ),
    Status.CHECKING: Says("", "clock", "Sedang diperiksa", "Kami sedang memeriksa formulir Anda", NOTHING_TO_DO),
    Status.VERIFIED: Says(
        "", "clock", "Menunggu persetujuan", "Formulir Anda sesuai, menunggu persetujuan Kepala", NOTHING_TO_DO
    ),
    Status.ISSUED: Says(
        "", "clock", "Layak", "Surat rekomendasi disetujui, menunggu tanda tangan Kepala", NOTHING_TO_DO
    ),
    Status.SIGNED: ON_ITS_WAY,
    Status.SENT: HERE,
    Status.CLOSED: HERE,
    Status.CANCELLED: Says(
        "",
        "x",
        "Tidak dilanjutkan",
        "Permohonan ini tidak dilanjutkan",
        "Hubungi kami bila Anda belum tahu sebabnya. Permohonan baru dapat diajukan kapan saja.",
    ),
    Status.REVOKED: Says(
        "late",
        "x",
        "Surat dicabut",
        "Surat rekomendasi dicabut dan tidak berlaku lagi",
        "Jangan pakai lagi surat dan identitasnya. Hubungi kami bila ada pertanyaan. "
        "Permohonan baru dapat diajukan kapan saja.",
    ),
}


def _returned(recorded: Round | None, corrections: int, until: str) -> Says:
    if recorded and recorded.answered_at:
        return Says(
            "ok",
            "send",
            "Perbaikan terkirim",
            "Perbaikan Anda sudah kami terima",
            "Petugas merekamnya, lalu hari kerja dihitung dari awal. Sampai terekam lengkap, "
            "jawaban di bawah masih dapat Anda ubah dan kirim lagi.",
        )
    by = f" paling lambat {until}" if until else ""
    return Says(
        "warn",
        "warn",
        "Perlu perbaikan",
        f"{corrections} hal perlu Anda perbaiki",
        f"Jawab di sini{by}, atau datang ke PST. Setelah terekam lengkap kembali, hari kerja dihitung dari awal.",
    )


def due_of(
    submission: Submission, recorded: Round | None, *, today: date, days_off: Collection[date]
) -> TrackedPromise | None:
    """Return the running promise. None before a round is recorded, and when the promise or submission has ended."""
    if recorded is None or recorded.told_at or recorded.stopped_at or submission.is_ended:
        return None
    clock = dates_of(recorded)
    used = max(0, working_days_between(clock.started_on, today, days_off))
    return TrackedPromise(clock.due_on, clock.is_provisional, min(used, clock.days), clock.days, clock.started_on)


def stations(submission: Submission, recorded: Round | None, letter: Letter | None) -> list[Station]:
    """Return the five steps of the service. Empty when the submission was cancelled or its letter revoked."""
    if submission.status in (Status.CANCELLED, Status.REVOKED):
        return []
    place = STATION_AT[Status(submission.status)]
    words = _station_words(submission, recorded, letter)
    return [
        Station(name, "done" if number < place else "now" if number == place else "", words[number])
        for number, name in enumerate(STATIONS)
    ]


def _station_words(submission: Submission, recorded: Round | None, letter: Letter | None) -> list[str]:
    happened = dict(submission.events.order_by("at", "pk").values_list("move", "at"))
    verified = happened.get(Move.VERIFY) if submission.status != Status.CHECKING else None
    sent = happened.get(Move.DELIVER) if submission.status in GIVEN else None  # a mail may have come back
    checking = "menunggu perbaikan dari Anda" if submission.status == Status.RETURNED else "oleh petugas PST"
    return [
        f"{long_date(recorded.completed_at)}, terekam lengkap" if recorded else "formulir sedang direkam",
        plain_date(verified) if verified and STATION_AT[Status(submission.status)] > 1 else checking,
        plain_date(letter.issued_on) if letter else "",
        f"dikirim atau diserahkan {plain_date(sent)}" if sent else "lewat e-mail dan halaman ini",
        _day(happened.get(Move.CLOSE)),
    ]


def _day(moment: datetime | None) -> str:
    return plain_date(moment) if moment else ""


def masked_name(name: str) -> str:
    """Return the name masked, `Sari C***`: its owner recognises it, a stranger with the link does not."""
    first, *others = name.split() or [""]
    if not others:
        return f"{first[:2]}***"
    return " ".join([first, *(f"{word[0]}***" for word in others[:MOST_NAMED])])
