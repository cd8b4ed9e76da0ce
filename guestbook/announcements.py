"""The voice of the board: short recorded pieces, and the pieces that make up one call.

`make_announcements` writes each piece once into VAR_DIR/announcements. The file name ends with a digest of how the
piece was made, so that a piece is made again only when its words or its voice change.
"""

import hashlib
import io
import math
import subprocess
import sys
import wave
from array import array
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

VOICE = ("espeak-ng", "-v", "id", "-s", "145", "-a", "160")
CHIME = "nada"
NUMBER, COUNTER, TEST = "nomor-antrian", "silakan-menuju-loket", "uji-suara"
DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "a be ce de e ef ge ha i je ka el em en o pe ki er es te u fe we eks ye zet".split(),  # noqa: SIM905 - one line reads better than 26
        strict=True,
    )
)
RATE = 22_050
"""Samples per second, as espeak-ng writes them."""


def number_words(number: int) -> str:
    """Return 0 to 99 in spoken words: `21` is "dua puluh satu"."""
    tens, ones = divmod(number, 10)
    if number < 10:
        return DIGITS[number]
    if number in (10, 11):
        return ("sepuluh", "sebelas")[number - 10]
    if tens == 1:
        return f"{DIGITS[ones]} belas"
    return f"{DIGITS[tens]} puluh" + (f" {DIGITS[ones]}" if ones else "")


WORDS = {
    NUMBER: "Nomor antrian",
    COUNTER: "Silakan menuju loket",
    TEST: "Suara papan menyala",
    **{f"huruf-{letter}": name for letter, name in LETTERS.items()},
    **{f"angka-{number}": number_words(number) for number in range(100)},
}
"""The spoken words of each piece; the chime has none."""

PIECES = (CHIME, *WORDS)


def pieces_of(ticket: str, counter: int) -> list[str]:
    """Return the pieces of one call after the chime: the ticket character by character, the counter as a number."""
    characters = [character.lower() for character in ticket if character.isalnum()]
    numbers = [str(counter)] if counter < 100 else list(str(counter))
    return [NUMBER, *map(_piece, characters), COUNTER, *map(_piece, numbers)]


def _piece(character: str) -> str:
    return f"angka-{character}" if character.isdecimal() else f"huruf-{character}"


def words_of(pieces: Iterable[str]) -> str:
    """Return the words of the pieces as one text, for the browser's own voice."""
    return ", ".join(WORDS[piece] for piece in pieces).replace(f", {WORDS[COUNTER]},", f". {WORDS[COUNTER]}")


def file_of(piece: str) -> Path:
    """Return the path of the sound of `piece`. The file may not exist yet."""
    how = "chime 3" if piece == CHIME else f"{' '.join(VOICE)} trim 1 {WORDS[piece]}"
    return settings.VAR_DIR / "announcements" / f"{piece}.{hashlib.sha256(how.encode()).hexdigest()[:12]}.wav"


def sounds_version() -> str:
    """Return a digest that changes with any piece.

    The board adds it to the pieces' addresses, so that browsers can cache them for a long time.
    """
    return hashlib.sha256(" ".join(file_of(piece).name for piece in PIECES).encode()).hexdigest()[:12]


def missing() -> list[str]:
    """Return the pieces that have no sound file yet."""
    return [piece for piece in PIECES if not file_of(piece).exists()]


def make(piece: str) -> None:
    """Write the sound of `piece`, whole or not at all, and delete its older files."""
    file = file_of(piece)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    unfinished.write_bytes(as_wav(chime() if piece == CHIME else spoken(WORDS[piece])))
    unfinished.replace(file)
    for older in file.parent.glob(f"{piece}.*.wav"):
        if older != file:
            older.unlink()


def spoken(words: str) -> "array[int]":
    """Return `words` spoken by espeak-ng, without the silence at both ends. Raise ValueError when it is all silence."""
    done = subprocess.run([*VOICE, "--stdout", words], check=True, capture_output=True, timeout=20)
    samples = array("h", done.stdout[44:])  # skip the header: its length is wrong, because espeak-ng streams
    if sys.byteorder == "big":
        samples.byteswap()
    loud = [place for place, height in enumerate(samples) if abs(height) > 250]
    if not loud:
        raise ValueError(f"espeak-ng said nothing for “{words}”.")
    return samples[max(loud[0] - RATE // 100, 0) : loud[-1] + RATE // 20]


def chime() -> "array[int]":
    """Return two falling bell tones, 0.6 s."""
    tones = ((659.3, 0.0), (523.3, 0.22))
    return array("h", (round(9_000 * _bells(place / RATE, tones)) for place in range(RATE * 6 // 10)))


def _bells(second: float, tones: Iterable[tuple[float, float]]) -> float:
    fade = min(1.0, (0.6 - second) / 0.05)
    heard = ((hertz, second - begin) for hertz, begin in tones if second >= begin)
    return fade * sum(
        min(1.0, since / 0.005) * math.exp(-5 * since) * math.sin(2 * math.pi * hertz * since) for hertz, since in heard
    )


def as_wav(samples: "array[int]") -> bytes:
    """Return the samples as a WAV file with one channel and 16 bits, which every television plays."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
    return file.getvalue()
