"""What the Kepala's page showed of a letter: the day, the suggested numbers, and a fingerprint of each part's words.

The page sends it back, signed, so that no letter is issued with other words than those that were read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from office.formats import plain_date
from office.seals import TOO_OLD, Shown, fingerprint_of
from office.texts import with_full_stop

PARTS = {
    "office": "Kop surat",
    "place": "Tempat surat",
    "addressee": "Nama instansi",
    "addressed_to": "Kepada siapa surat ditujukan",
    "addressee_place": "Tempat instansi",
    "replaces": "Surat yang diganti",
    "cover": "Surat pengantar",
    "form": "Formulir",
    "recorded_on": "Tanggal terekam lengkap",
    "has_remarks": "Ada tidaknya catatan",
    "finding": "Uraian kegiatan",
    "signatory": "Penanda tangan",
    "is_example": "Apakah surat contoh",
    "is_tte": "Cara tanda tangan",
    "copies": "Tembusan",
    "annex": "Lampiran",
    "answers": "Isian formulir",
    "nature": "Sifat",
    "subject": "Hal",
    "words": "Kalimat surat",
    "logo": "Logo",
    "layout": "Huruf dan tepi surat",
}
"""The parts of the letter's content that do not come from the page itself, with their names for the screen.

The last ones are made of others too: a sentence names the surat pengantar.
"""
WORDLESS = {"logo", "layout"}
"""The parts that are a picture or figures."""
NUMBERS = {"number": "Nomor surat berikutnya", "identity_number": "Identitas rekomendasi berikutnya"}


@dataclass(frozen=True)
class ShownLetter(Shown):
    """What the page showed of the letter."""

    day: str = ""
    numbers: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, list[str]] = field(default_factory=dict)
    """The warnings about unusual numbers that the page showed; empty when it showed none."""

    def telling(self, warnings: dict[str, list[str]]) -> "ShownLetter":
        """Return what the page shows after these warnings were added."""
        return replace(self, warnings=warnings)


def shown_letter(content: Mapping[str, Any], *, day: date, numbers: dict[str, str]) -> ShownLetter:
    """Return what a page shows: the letter's content, its day and the suggested numbers."""
    return ShownLetter(day.isoformat(), numbers, {name: fingerprint_of(content[name]) for name in PARTS})


def changes_since(
    shown: ShownLetter, *, content: Mapping[str, Any], day: date, suggested: Mapping[str, str], typed: Mapping[str, str]
) -> list[str]:
    """Return a sentence for each thing that is not any more as it was shown. Empty when nothing has changed.

    A suggested number counts only when it was `typed` as suggested.
    """
    if not shown.day:
        return [f"{TOO_OLD} Baca lagi surat di bawah."]
    return [
        *_day_change(date.fromisoformat(shown.day), day),
        *_number_changes(shown.numbers, suggested, typed),
        *_word_changes(shown.parts, content),
    ]


def _day_change(shown: date, day: date) -> Iterator[str]:
    if shown != day:
        again = ", dan nomor urut mulai lagi" if shown.year != day.year else ""
        yield f"Hari berganti: tanggal surat kini {plain_date(day)}{again}."


def _number_changes(shown: Mapping[str, str], suggested: Mapping[str, str], typed: Mapping[str, str]) -> Iterator[str]:
    for name, words in NUMBERS.items():
        if typed[name] == shown[name] != suggested[name]:
            yield f"{words} kini {suggested[name]}."


def _word_changes(shown: Mapping[str, str], content: Mapping[str, Any]) -> Iterator[str]:
    for name, words in PARTS.items():
        if shown.get(name) != fingerprint_of(content[name]):
            yield with_full_stop(f"{words} berubah{'' if name in WORDLESS else _new_words(content[name])}")


def _new_words(words: Any) -> str:
    """Return `: kini ...` for words short enough for one line, otherwise ""."""
    if isinstance(words, list) and all(isinstance(one, str) for one in words):
        words = ", ".join(words) or "tidak ada"
    return f": kini {words or 'kosong'}" if isinstance(words, str) and len(words) <= 200 else ""
