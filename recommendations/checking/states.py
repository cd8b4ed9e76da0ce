"""The state of a letter in words for anybody."""

from dataclasses import dataclass

from recommendations.checking.answers import Verdict, VisitorAnswer
from recommendations.models import Letter
from recommendations.workflow import LetterStatus


@dataclass(frozen=True)
class State:
    """The head of the page: `kind` ("ok" or "warn"), one sentence, and what it means. `name` is one word."""

    kind: str
    name: str
    sentence: str
    words: str


def head_of(letter: Letter, answer: VisitorAnswer | None) -> State:
    """Return the head of the page: the worse of the letter's state and the answer about a file."""
    state = state_of(letter)
    if answer and answer.verdict == Verdict.NOT_OURS:
        return State("late", state.name, "Berkas ini bukan surat kami", f"{answer.sentence} Jangan dipakai.")
    if answer and answer.verdict == Verdict.SIGNED and state.kind == "ok":
        return State("ok", state.name, "Surat ini berlaku, dan berkas Anda tidak berubah", answer.sentence)
    if answer and state.kind == "ok":
        return State("warn", state.name, "Berkas Anda belum ditandatangani", answer.sentence)
    return state


def state_of(letter: Letter) -> State:
    """Return the state of the letter."""
    return STATES[LetterStatus(letter.status)]


STATES = {
    LetterStatus.ISSUED: State(
        "warn",
        "menunggu tanda tangan",
        "Surat ini menunggu tanda tangan",
        "Nomornya sudah dicatat, tetapi suratnya belum ditandatangani, jadi belum berlaku.",
    ),
    LetterStatus.VALID: State(
        "ok",
        "berlaku",
        "Surat ini berlaku",
        "Nomornya tercatat pada kami. Cocokkan isi surat di tangan Anda dengan catatan di bawah.",
    ),
    LetterStatus.REPLACED: State(
        "warn",
        "diganti",
        "Surat ini sudah diganti",
        "Surat ini tidak dipakai lagi. Gunakan surat penggantinya.",
    ),
    LetterStatus.REVOKED: State("late", "dicabut", "Surat ini dicabut", "Surat ini tidak dapat dipakai lagi."),
}
