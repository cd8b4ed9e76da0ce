"""The characters of a letter that no font of paper has. PDF/A forbids the empty boxes that would be printed instead."""

from collections.abc import Mapping
from typing import Any

from office.paper_fonts import unprintable_characters
from office.refusals import Refused
from recommendations.instruments.texts import character_name, listed, texts_in
from recommendations.letter.page_seal import PARTS, WORDLESS
from recommendations.letter.points import Point

PRINTED = {"number": "Nomor surat", "identity_number": "Identitas rekomendasi", "date": "Tanggal"} | {
    part: name
    for part, name in PARTS.items()
    if part not in {"answers"} | WORDLESS  # the annex prints the answers
}
"""The parts of the letter's content that are printed, with their names for the screen."""


class CharactersUnprintable(Refused):
    """Raised when the letter would have a character that no font can print."""

    def __init__(self, told: str):
        super().__init__(f"Belum terbit. {told} Ganti atau hapus dulu di tempat asalnya.")


def unprintable_words(content: Mapping[str, Any]) -> str:
    """Return in Indonesian which parts of the letter have which unprintable characters; "" when all can be printed."""
    found = {name: unprintable_characters("\n".join(texts_in(content[part]))) for part, name in PRINTED.items()}
    told = [
        f"{name}: {listed([character_name(character) for character in characters])}"
        for name, characters in found.items()
        if characters
    ]
    return f"Surat tidak dapat mencetak tanda ini. {'; '.join(told)}." if told else ""


def must_be_printable(content: Mapping[str, Any]) -> None:
    """Raise CharactersUnprintable when the letter has a character that cannot be printed."""
    told = unprintable_words(content)
    if told:
        raise CharactersUnprintable(told)


def characters_point(content: Mapping[str, Any]) -> Point:
    """Return the line of the Kepala's page on the characters of the letter."""
    told = unprintable_words(content)
    return Point("warn", told) if told else Point("ok", "Semua huruf dan tanda dapat dicetak")
