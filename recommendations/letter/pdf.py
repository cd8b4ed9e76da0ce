"""Draw the PDF of an issued letter once from its frozen content, and return what the applicant gets of it."""

import re
from dataclasses import dataclass

from office.refusals import Refused
from recommendations.letter.content import render_pdf
from recommendations.models import Letter, SignedCopy
from recommendations.papers import draw_once, file_unchanged, unchanged_bytes


class NotDrawnYet(Refused):
    """Raised when the PDF is not drawn yet."""

    def __init__(self) -> None:
        super().__init__("PDF surat sedang dibuat. Coba lagi sebentar lagi.")


class NotSignedYet(Refused):
    """Raised when the letter is given to somebody before it is signed."""

    def __init__(self) -> None:
        super().__init__("Surat ini belum ditandatangani, jadi belum dapat dikirim atau diserahkan.")


@dataclass(frozen=True)
class GivenFile:
    """The file that the applicant gets: its path in the storage, its SHA-256, and the signed copy that it is.

    `copy` is None for a letter that was sent before the desk kept signed letters: its file is the PDF as drawn.
    """

    path: str
    sha256: str
    copy: SignedCopy | None


def draw(letter_id: int) -> None:
    """Draw and save the PDF of an issued letter. Do nothing when it is there."""
    draw_once(Letter, letter_id, render_pdf)


def pdf_of(letter: Letter) -> bytes:
    """Return the PDF as drawn, unsigned. Raise NotDrawnYet, and FileDamaged when it is missing or changed."""
    if not letter.is_drawn:
        raise NotDrawnYet
    return unchanged_bytes(letter, f"surat {letter.number}")


def given_file(letter: Letter) -> GivenFile:
    """Return the file that the applicant gets: the signed one. Raise NotSignedYet."""
    copy = letter.copies.accepted().first()
    if copy:
        return GivenFile(copy.file.name, copy.sha256, copy)
    if not letter.was_sent_unsigned:
        raise NotSignedYet
    return GivenFile(letter.pdf.name, letter.sha256, None)


def given_bytes(letter: Letter) -> bytes:
    """Return the content of the file that the applicant gets. Raise NotSignedYet, FileDamaged."""
    given = given_file(letter)
    return file_unchanged(given.path, given.sha256, f"surat {letter.number}")


def file_name(letter: Letter) -> str:
    """Return the file name for the receiver: "Surat Rekomendasi B-001-63710-HM.310-2026 pengganti.pdf"."""
    number = re.sub(r"[^A-Za-z0-9.]+", "-", letter.number).strip("-.")
    return f"Surat Rekomendasi {number}{' pengganti' if letter.content.get('replaces') else ''}.pdf"
