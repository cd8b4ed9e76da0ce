"""Turn what was seen of a file into an answer for a visitor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from office.formats import plain_date
from office.texts import with_full_stop
from recommendations.uploads.signatures import SeenFile, Signature


class Verdict(StrEnum):
    """What a file is."""

    UNSIGNED = "unsigned"
    """Ours, not signed electronically."""
    SIGNED = "signed"
    """Ours, signed, and unchanged since."""
    NOT_OURS = "not ours"
    """Not ours, or changed after it was signed."""
    OTHER = "other"
    """Not this letter. It begins with another of ours, which a visitor learns nothing of; the rest may be forged."""
    EXTENDED = "extended"
    """Begins with the signed letter that we gave. Behind it are further signatures, and perhaps more."""
    COPY = "copy"
    """Not our file and not signed, but it holds the same: another program wrote it again."""
    UNCOMPARED = "uncompared"
    """A scan or photo of somebody else's, or a file too complex to read: it may show our letter, but we cannot tell."""


@dataclass(frozen=True, slots=True)
class VisitorAnswer:
    """The answer for a visitor: a sentence, and what is to be known beside it."""

    verdict: Verdict
    sentence: str
    remarks: tuple[str, ...] = ()
    signer: str = ""
    is_doubted: bool = False
    """Whether something speaks against the signature of a file that is signed and unchanged."""
    is_sure: bool = True
    """Whether all its signatures hold, and their signers are known for certain."""

    @property
    def is_ours(self) -> bool:
        return self.verdict in (Verdict.UNSIGNED, Verdict.SIGNED)

    @property
    def kind(self) -> str:
        """Return "ok" when the file is ours and surely signed, "late" when it is not ours, otherwise "warn"."""
        if self.verdict == Verdict.SIGNED and self.is_sure and not self.is_doubted:
            return "ok"
        return "late" if self.verdict == Verdict.NOT_OURS else "warn"


NOT_OURS = VisitorAnswer(Verdict.NOT_OURS, "Berkas ini bukan surat dari kantor ini, atau berubah sesudah dibuat.")

OTHER_LETTER = VisitorAnswer(
    Verdict.OTHER, "Berkas ini bukan surat ini. Bila ini surat lain, pindai kode QR pada surat itu."
)

COPY_WORDS = (
    "Isi berkas ini sama dengan surat kami, tetapi program lain menulis ulang berkasnya, dan berkas ini tidak "
    "ditandatangani secara elektronik. Minta berkas dari kantor."
)


def answer_for(seen: SeenFile, doubts: Sequence[str] = ()) -> VisitorAnswer:
    """Return the answer about a file. `doubts` are sentences against the signatory's signature.

    It says "asli" only when there is none, and every signature holds and is trusted.
    """
    if seen.is_copy:
        return VisitorAnswer(Verdict.COPY, COPY_WORDS)
    if not seen.unchanged:
        return replace(NOT_OURS, remarks=(seen.problem,))
    if not seen.signatures:
        sentence = "Berkas ini sama persis dengan surat yang dibuat kantor, dan belum ditandatangani secara elektronik."
        return VisitorAnswer(Verdict.UNSIGNED, sentence)
    remarks = tuple(dict.fromkeys(one.problem for one in seen.signatures if one.problem))
    signers = ", ".join(one.signer for one in seen.signatures)
    words, is_sure = _signed_words(seen.signatures, doubts), all(map(_is_sure, seen.signatures))
    return VisitorAnswer(Verdict.SIGNED, words, remarks, signers, is_doubted=bool(doubts), is_sure=is_sure)


def answer_for_strange_signature(seen: SeenFile) -> VisitorAnswer:
    """Return the answer about our letter with a signature that the office did not give to it."""
    signers = " dan ".join(map(_signer_words, seen.signatures))
    return VisitorAnswer(
        Verdict.NOT_OURS,
        "Isi berkas ini surat kami, tetapi tanda tangan padanya bukan yang kami berikan.",
        (with_full_stop(f"Ditandatangani {signers}"),),
    )


def answer_for_extended(seen: SeenFile) -> VisitorAnswer:
    """Return the answer about the letter that we gave, with something behind it that was not there then."""
    signers = " dan ".join(map(_signer_words, seen.signatures))
    return VisitorAnswer(
        Verdict.EXTENDED,
        "Berkas ini memuat surat bertanda tangan dari kantor ini, dengan tambahan sesudahnya yang tidak kami jamin. "
        "Minta berkas dari kantor.",
        (with_full_stop(f"Tanda tangan pada berkas ini: {signers}"),),
    )


def answer_for_scan(signer: str) -> VisitorAnswer:
    """Return the answer about a file that is the kept scan of the letter signed with ink."""
    sentence = f"Berkas ini sama persis dengan pindaian surat yang ditandatangani {signer} dengan tinta."
    return VisitorAnswer(Verdict.SIGNED, sentence, signer=signer)


def answer_for_foreign_scan() -> VisitorAnswer:
    """Return the answer about a scan or photo that is not the one that the office keeps."""
    return VisitorAnswer(
        Verdict.UNCOMPARED,
        "Pindaian atau foto tidak dapat dibandingkan dengan berkas kami. Cocokkan nomor, tanggal, dan isinya dengan "
        "catatan di bawah, atau tanyakan kepada kantor.",
    )


def answer_for_drawn_and_sent() -> VisitorAnswer:
    """Return the answer about the file of a letter that was sent before the desk kept signed letters."""
    return VisitorAnswer(
        Verdict.UNSIGNED,
        "Berkas ini sama persis dengan surat yang kami kirimkan. Surat ini terbit sebelum kami menyimpan surat "
        "bertanda tangan, jadi tanda tangannya hanya ada pada surat yang dicetak.",
    )


def answer_for_too_complex() -> VisitorAnswer:
    """Return the answer about a file that begins with our letter, and could not be read to its end."""
    return VisitorAnswer(
        Verdict.UNCOMPARED,
        "Awal berkas ini sama dengan surat ini, tetapi selebihnya terlalu rumit untuk diperiksa. Coba lagi, atau "
        "tanyakan kepada kantor.",
    )


def answer_for_unreadable(problem: Exception) -> VisitorAnswer:
    """Return the answer about a file that could not be read as a PDF of ours."""
    return replace(NOT_OURS, remarks=(str(problem),))


def _signed_words(signatures: tuple[Signature, ...], doubts: Sequence[str]) -> str:
    signers = " dan ".join(map(_signer_words, signatures))
    said = f"surat dari kantor ini yang ditandatangani secara elektronik oleh {signers}, tidak berubah sejak itu"
    if doubts:
        return f"Isi berkas ini adalah {said}. {' '.join(doubts)} Tanyakan kepada kantor bila ragu."
    if all(_is_sure(one) for one in signatures):
        return f"Berkas ini asli: {said}."
    return f"Isi berkas ini adalah {said}. Penandatangannya belum dapat dipastikan."


def _is_sure(one: Signature) -> bool:
    return one.intact and one.trusted and not one.problem


def _signer_words(one: Signature) -> str:
    """Return `Siti Contoh pada 23 November 2026`, by the time-stamp when there is one."""
    when = one.stamped_at or one.signed_at
    name = one.signer or "orang yang tidak bernama"
    return f"{name} pada {plain_date(when)}" if when else name
