"""The sentences of the letter as an office edits them: their standard words, and their inserts. Pure.

An insert is a known name in braces, such as {kantor}; the letter has the words of its own case there. Only these names
are read. Nothing is looked up in an object, and the words of an insert are not read for inserts again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from office.refusals import Refused
from office.texts import text_lines

FINDING = "layak untuk dilaksanakan"
WITH_REMARKS = ", dengan beberapa catatan sebagaimana terlampir"
SUBJECT = "Rekomendasi Kegiatan Statistik"
OPENING = (
    "Menindaklanjuti surat Saudara Nomor {nomor_pengantar} tanggal {tanggal_pengantar} dan {formulir} yang terekam "
    "lengkap pada tanggal {tanggal_terekam}, serta berdasarkan Undang-Undang Nomor 16 Tahun 1997 tentang Statistik, "
    "Peraturan Pemerintah Nomor 51 Tahun 1999 tentang Penyelenggaraan Statistik, dan Peraturan Presiden Nomor 39 Tahun "
    "2019 tentang Satu Data Indonesia, rancangan kegiatan statistik di bawah ini telah kami periksa dan dinyatakan "
    "{layak}{catatan}."
)
REQUEST = "Sehubungan dengan itu, kami mohon Saudara:"
DUTIES = (
    "mencantumkan identitas rekomendasi pada {dicetak_pada};\n"
    "{bila_catatan}menindaklanjuti catatan dalam lampiran surat ini;\n"
    "menyerahkan hasil kegiatan beserta metadata kegiatan, variabel, dan indikator kepada {kantor} setelah dirilis;\n"
    "memberitahukan kembali apabila rancangan kegiatan berubah."
)
CLOSING = "Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih."

IF_REMARKS = "{bila_catatan}"
"""Begins a duty that only a letter with remarks has."""
MOST_DUTIES = 12
PIECE = re.compile(r"(\{[a-z_]+\})")
BRACED = re.compile(r"\{[^{}]*\}")
LONGEST_SHOWN = 40


class BadSentence(Refused):
    """Raised when a sentence of the letter has an insert that it cannot have, or lacks one that it must have."""


@dataclass(frozen=True)
class Inserts:
    """The inserts of one sentence: those it may have, and those it must have exactly once."""

    allowed: tuple[str, ...]
    required: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return the list for the screen: `{kantor}, {judul}`."""
        return ", ".join(f"{{{name}}}" for name in self.allowed)


IN_SUBJECT = Inserts(("judul",))
IN_OPENING = Inserts(
    ("nomor_pengantar", "tanggal_pengantar", "formulir", "tanggal_terekam", "judul", "kantor", "layak", "catatan"),
    required=("nomor_pengantar", "tanggal_pengantar", "layak", "catatan"),
)
"""Without the required ones a letter would not say what it answers, what was decided, or that remarks are attached."""
IN_DUTIES = Inserts(("dicetak_pada", "kantor", "judul", "bila_catatan"))
IN_OTHERS = Inserts(("kantor", "judul"))


def filled(sentence: str, words: Mapping[str, str]) -> str:
    """Return the sentence with the words of its inserts. Raise KeyError when an insert has no words.

    After words that end with a full stop, such as "PT Contoh Tbk.", that of the sentence is left out.
    """
    text = ""
    for piece in PIECE.split(sentence):
        is_insert = PIECE.fullmatch(piece)
        text += words[piece[1:-1]] if is_insert else piece.removeprefix("." if text.endswith(".") else "")
    return text


def check_sentence(sentence: str, inserts: Inserts) -> None:
    """Raise BadSentence unless every brace belongs to an allowed insert, and the required ones are there once."""
    names = [piece[1:-1] for piece in PIECE.findall(sentence)]
    unknown = next((name for name in names if name not in inserts.allowed), None)
    if unknown is not None:
        raise BadSentence(_unknown(f"{{{unknown}}}", inserts))
    _check_braces(PIECE.sub("", sentence), inserts)
    for name in inserts.required:
        if names.count(name) != 1:
            raise BadSentence(f"Kalimat ini harus memuat {{{name}}} satu kali.")


def _check_braces(rest: str, inserts: Inserts) -> None:
    """Raise BadSentence when something in braces is no insert, or a brace is alone."""
    if other := BRACED.search(rest):
        raise BadSentence(_unknown(other[0], inserts))
    if "{" in rest:
        raise BadSentence("Ada kurung { yang tidak ditutup. Tulis sisipan seperti {kantor}.")
    if "}" in rest:
        raise BadSentence("Ada kurung } tanpa pembuka. Tulis sisipan seperti {kantor}.")


def _unknown(written: str, inserts: Inserts) -> str:
    shown = written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]}…"
    return f"Sisipan {shown} tidak dikenal di sini. Yang dikenal: {inserts.words}."


def check_duties(text: str) -> None:
    """Raise BadSentence unless each line is a duty, and at least one is in every letter."""
    lines = text_lines(text)
    if len(lines) > MOST_DUTIES:
        raise BadSentence(f"Paling banyak {MOST_DUTIES} baris.")
    for line in lines:
        check_sentence(line, IN_DUTIES)
        words = line.removeprefix(IF_REMARKS)
        if IF_REMARKS in words:
            raise BadSentence(f"{IF_REMARKS} hanya boleh di awal baris.")
        if not words.strip():
            raise BadSentence(f"Tulis kalimat sesudah {IF_REMARKS}.")
    if all(line.startswith(IF_REMARKS) for line in lines):
        raise BadSentence(f"Tulis paling sedikit satu baris tanpa {IF_REMARKS}.")
