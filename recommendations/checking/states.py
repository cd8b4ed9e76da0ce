"""The state of a letter in words for anybody."""

from dataclasses import dataclass

from office.formats import long_date
from recommendations.checking.answers import Verdict, VisitorAnswer
from recommendations.models import Letter
from recommendations.workflow import LetterStatus


@dataclass(frozen=True)
class State:
    """The head of the page: `kind` ("ok", "warn" or "late"), one sentence, and what it means. `name` is one word."""

    kind: str
    name: str
    sentence: str
    words: str


def head_of(letter: Letter, answer: VisitorAnswer | None) -> State:
    """Return the head of the page: the worse of the letter's state and the answer about a file."""
    state = state_of(letter)
    if answer and answer.verdict == Verdict.NOT_OURS:
        return State("late", state.name, "Berkas ini bukan surat kami", f"{answer.sentence} Jangan dipakai.")
    if answer and state.kind == "ok":
        return State(answer.kind, state.name, _about_file(answer), answer.sentence)
    return state


def _about_file(answer: VisitorAnswer) -> str:
    """Return the head of the page of a letter in force, when a file was brought that may be ours."""
    if answer.verdict == Verdict.SIGNED:
        return f"Surat ini berlaku, {_about_signed(answer)}"
    if answer.verdict == Verdict.OTHER:
        return "Surat ini berlaku, tetapi berkas Anda bukan surat ini"
    if answer.verdict == Verdict.COPY:
        return "Surat ini berlaku, tetapi berkas Anda bukan berkas dari kantor"
    if answer.verdict == Verdict.EXTENDED:
        return "Surat ini berlaku, tetapi berkas Anda memuat tambahan yang bukan dari kami"
    if answer.verdict == Verdict.UNCOMPARED:
        return "Surat ini berlaku, tetapi berkas Anda tidak dapat dibandingkan"
    return "Berkas Anda belum ditandatangani"


def _about_signed(answer: VisitorAnswer) -> str:
    if answer.is_doubted:
        return "tetapi tanda tangan berkas Anda diragukan"
    if not answer.is_sure:
        return "tetapi penanda tangan berkas Anda belum dapat dipastikan"
    return "dan berkas Anda tidak berubah"


def state_of(letter: Letter) -> State:
    """Return the state of the letter."""
    if letter.status == LetterStatus.REPLACED:
        return _replaced(letter)
    if letter.status == LetterStatus.REVOKED:
        return _revoked(letter)
    if letter.is_being_corrected and not letter.awaits_signature:
        return BEING_REPLACED
    return WAITING if letter.awaits_signature else VALID


WAITING = State(
    "warn",
    "menunggu tanda tangan",
    "Surat ini menunggu tanda tangan",
    "Nomornya sudah dicatat, tetapi suratnya belum ditandatangani, jadi belum berlaku.",
)
VALID = State(
    "ok",
    "berlaku",
    "Surat ini berlaku",
    "Nomornya tercatat pada kami. Cocokkan isi surat di tangan Anda dengan catatan di bawah.",
)
BEING_REPLACED = State(
    "warn",
    "sedang diganti",
    "Surat ini sedang diganti",
    "Isinya ada yang keliru, dan kantor sedang membuat surat penggantinya. Tanyakan kepada kami sebelum memakainya.",
)


def _replaced(letter: Letter) -> State:
    new = letter.replaced_by
    by = f" Penggantinya surat nomor {new.number} tanggal {new.content['date']}." if new else ""
    words = f"Sejak {_end_day(letter)} surat ini tidak dipakai lagi.{by}"
    return State("warn", "diganti", "Surat ini sudah diganti", words)


def _revoked(letter: Letter) -> State:
    words = f"Dicabut {_end_day(letter)} dan tidak dapat dipakai lagi. Sebab: {letter.ended_reason}"
    return State("late", "dicabut", "Surat ini dicabut", words)


def _end_day(letter: Letter) -> str:
    return long_date(letter.ended_on) if letter.ended_on else ""


def file_kind(state: State, answer: VisitorAnswer) -> str:
    """Return the kind of the note about a file. No file of a letter that does not count gets an "ok"."""
    return "warn" if answer.kind == "ok" and state.kind != "ok" else answer.kind
