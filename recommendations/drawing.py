"""The PDF of an issued letter: drawn once from the frozen words, kept with its SHA-256, given out only unchanged."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from recommendations.letters import render_pdf
from recommendations.models import Letter
from recommendations.moves import tell
from recommendations.workflow import Move


class FileDamaged(OSError):
    """The kept file is no longer the one that was drawn; the text is fit for the screen."""

    def __init__(self, number: str):
        super().__init__(
            f"Berkas PDF surat {number} hilang atau berubah. Minta admin kantor memulihkannya dari cadangan."
        )


def draw(letter_id: int) -> None:
    """Draw and keep the PDF of an issued letter; does nothing if it is there."""
    letter = Letter.objects.undrawn().filter(pk=letter_id).first()
    if letter:
        _keep(letter_id, render_pdf(letter.content))


@transaction.atomic
def _keep(letter_id: int, pdf: bytes) -> None:
    letter = Letter.objects.undrawn().select_for_update(of=("self",)).filter(pk=letter_id).first()
    if letter is None:  # another worker was quicker; its file stays
        return
    letter.pdf.save(f"{secrets.token_hex(16)}.pdf", ContentFile(pdf), save=False)
    letter.sha256 = hashlib.sha256(pdf).hexdigest()
    letter.drawn_at = timezone.now()
    letter.save(update_fields=["pdf", "sha256", "drawn_at"])
    tell(letter.submission, Move.DRAW, by=None)


def pdf_of(letter: Letter) -> bytes:
    """The very bytes that were issued; nothing else leaves the desk under this letter's name. Raises FileDamaged."""
    try:
        with letter.pdf.open("rb") as file:
            pdf = file.read()
    except FileNotFoundError as gone:
        raise FileDamaged(letter.number) from gone
    if hashlib.sha256(pdf).hexdigest() != letter.sha256:
        raise FileDamaged(letter.number)
    return pdf


def file_name(letter: Letter) -> str:
    """What the file is called at the receiver's: "Surat Rekomendasi V-26.6371.001.pdf"."""
    return f"Surat Rekomendasi {letter.identity_number}.pdf"
