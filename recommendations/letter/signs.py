"""The signs in a letter that no font of paper has. PDF/A forbids the empty boxes that would stand in their place."""

from collections.abc import Mapping
from typing import Any

from office.paper_fonts import unprintable_signs
from office.refusals import Refused
from recommendations.instruments.texts import listed, sign_name, texts_in
from recommendations.letter.points import Point
from recommendations.letter.shown import PARTS, WORDLESS

PRINTED = {"number": "Nomor surat", "identity_number": "Identitas rekomendasi", "date": "Tanggal"} | {
    part: name
    for part, name in PARTS.items()
    if part not in {"answers"} | WORDLESS  # the annex prints the answers
}
"""The parts of the letter's content that are printed, with their names for the screen."""


class SignsUnprintable(Refused):
    """Raised when the letter would have a sign that no font can print."""

    def __init__(self, told: str):
        super().__init__(f"Belum terbit. {told} Ganti atau hapus dulu di tempat asalnya.")


def unprintable_words(content: Mapping[str, Any]) -> str:
    """Return in Indonesian which parts of the letter have signs that cannot be printed, and which; "" without any."""
    found = {name: unprintable_signs("\n".join(texts_in(content[part]))) for part, name in PRINTED.items()}
    told = [f"{name}: {listed([sign_name(sign) for sign in signs])}" for name, signs in found.items() if signs]
    return f"Surat tidak dapat mencetak tanda ini. {'; '.join(told)}." if told else ""


def must_be_printable(content: Mapping[str, Any]) -> None:
    """Raise SignsUnprintable when the letter has a sign that cannot be printed."""
    told = unprintable_words(content)
    if told:
        raise SignsUnprintable(told)


def signs_point(content: Mapping[str, Any]) -> Point:
    """Return the line of the Kepala's page on the signs of the letter."""
    told = unprintable_words(content)
    return Point("warn", told) if told else Point("ok", "Semua huruf dan tanda dapat dicetak")
