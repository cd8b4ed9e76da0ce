"""The PDF of a slip: drawn once from the frozen words, and returned only unchanged."""

from recommendations.models import Slip
from recommendations.papers import draw_once, unchanged_bytes
from recommendations.slip.content import render_slip_pdf


def draw_slip(slip_id: int) -> None:
    """Draw and keep the PDF of a slip; does nothing if it is there."""
    draw_once(Slip, slip_id, render_slip_pdf)


def slip_pdf(slip: Slip) -> bytes:
    """The very bytes that were drawn from the slip's words. Raises FileDamaged."""
    return unchanged_bytes(slip, f"catatan perbaikan {slip.content['register']}")


def slip_file_name(slip: Slip) -> str:
    """What the file is called at the receiver's: "Catatan perbaikan 061-2026 putaran 1.pdf"."""
    return f"Catatan perbaikan {slip.content['register'].replace('/', '-')} putaran {slip.content['round']}.pdf"
