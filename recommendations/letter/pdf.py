"""Draw the PDF of an issued letter once from its frozen content, and return it only when it is unchanged."""

from recommendations.letter.content import render_pdf
from recommendations.models import Letter
from recommendations.papers import draw_once, unchanged_bytes


def draw(letter_id: int) -> None:
    """Draw and save the PDF of an issued letter. Do nothing when it is there."""
    draw_once(Letter, letter_id, render_pdf)


def pdf_of(letter: Letter) -> bytes:
    """Return the stored PDF. Raise FileDamaged when it is missing or its SHA-256 is not the recorded one."""
    return unchanged_bytes(letter, f"surat {letter.number}")


def file_name(letter: Letter) -> str:
    """Return the file name for the receiver: "Surat Rekomendasi V-26.6371.001.pdf"."""
    return f"Surat Rekomendasi {letter.identity_number}.pdf"
