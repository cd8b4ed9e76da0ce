"""The voice of the board: short ready-made pieces, and which of them make up one call.

`make_announcements` writes each piece once into VAR_DIR/announcements. The name of a file ends with a digest of how it
was made, so that a piece is made anew only when its words or its voice change.
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
"""Samples a second, those of espeak-ng."""


def number_words(number: int) -> str:
    """1 to 99 as spoken: `21` is "dua puluh satu"."""
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
"""What is said in each piece; the chime has no words."""

PIECES = (CHIME, *WORDS)


def pieces_of(ticket: str, counter: int) -> list[str]:
    """The pieces of one call after the chime: the ticket sign by sign, the counter as a number."""
    signs = [sign.lower() for sign in ticket if sign.isalnum()]
    numbers = [str(counter)] if counter < 100 else list(str(counter))
    return [NUMBER, *map(_piece, signs), COUNTER, *map(_piece, numbers)]


def _piece(sign: str) -> str:
    return f"angka-{sign}" if sign.isdecimal() else f"huruf-{sign}"


def words_of(pieces: Iterable[str]) -> str:
    """What the pieces say, for the browser's own voice."""
    return ", ".join(WORDS[piece] for piece in pieces).replace(f", {WORDS[COUNTER]},", f". {WORDS[COUNTER]}")


def file_of(piece: str) -> Path:
    """Where the sound of `piece` is kept; there is no such file before it was made."""
    how = "chime 3" if piece == CHIME else f"{' '.join(VOICE)} trim 1 {WORDS[piece]}"
    return settings.VAR_DIR / "announcements" / f"{piece}.{hashlib.sha256(how.encode()).hexdigest()[:12]}.wav"


def version() -> str:
    """Changes with any piece; the board puts it behind their addresses, so that they may be cached for long."""
    return hashlib.sha256(" ".join(file_of(piece).name for piece in PIECES).encode()).hexdigest()[:12]


def missing() -> list[str]:
    """The pieces that have no sound yet."""
    return [piece for piece in PIECES if not file_of(piece).exists()]


def make(piece: str) -> None:
    """Write the sound of `piece` whole or not at all, and drop what an older voice left."""
    file = file_of(piece)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    unfinished.write_bytes(as_wav(chime() if piece == CHIME else spoken(WORDS[piece])))
    unfinished.replace(file)
    for older in file.parent.glob(f"{piece}.*.wav"):
        if older != file:
            older.unlink()


def spoken(words: str) -> array:
    """`words` in the voice of espeak-ng, without the silence at both ends."""
    done = subprocess.run([*VOICE, "--stdout", words], check=True, capture_output=True, timeout=20)
    samples = array("h", done.stdout[44:])  # after the header; espeak-ng does not know the length while it streams
    if sys.byteorder == "big":
        samples.byteswap()
    loud = [place for place, height in enumerate(samples) if abs(height) > 250]
    if not loud:
        raise ValueError(f"espeak-ng said nothing for “{words}”.")
    return samples[max(loud[0] - RATE // 100, 0) : loud[-1] + RATE // 20]


def chime() -> array:
    """Two falling bell tones, 0.6 s."""
    tones = ((659.3, 0.0), (523.3, 0.22))
    return array("h", (round(9_000 * _bells(place / RATE, tones)) for place in range(RATE * 6 // 10)))


def _bells(second: float, tones: Iterable[tuple[float, float]]) -> float:
    fade = min(1.0, (0.6 - second) / 0.05)
    heard = ((hertz, second - begin) for hertz, begin in tones if second >= begin)
    return fade * sum(
        min(1.0, since / 0.005) * math.exp(-5 * since) * math.sin(2 * math.pi * hertz * since) for hertz, since in heard
    )


def as_wav(samples: array) -> bytes:
    """Samples as a WAV file: one channel, 16 bits, which every television plays."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
    return file.getvalue()
