"""The PDF of an issued letter: drawn once from the frozen words, and returned only unchanged."""

from recommendations.letter.content import render_pdf
from recommendations.models import Letter
from recommendations.papers import draw_once, unchanged_bytes


def draw(letter_id: int) -> None:
    """Draw and keep the PDF of an issued letter; does nothing if it is there."""
    draw_once(Letter, letter_id, render_pdf)


def pdf_of(letter: Letter) -> bytes:
    """The very bytes that were issued; nothing else leaves the desk under this letter's name. Raises FileDamaged."""
    return unchanged_bytes(letter, f"surat {letter.number}")


def file_name(letter: Letter) -> str:
    """What the file is called at the receiver's: "Surat Rekomendasi V-26.6371.001.pdf"."""
    return f"Surat Rekomendasi {letter.identity_number}.pdf"
