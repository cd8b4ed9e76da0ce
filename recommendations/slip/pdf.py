"""Draw the PDF of a slip once from its frozen words, and return it only when it is unchanged."""

from recommendations.models import Slip
from recommendations.papers import draw_once, unchanged_bytes
from recommendations.slip.content import render_slip_pdf


def draw_slip_pdf(slip_id: int) -> None:
    """Draw and store the PDF of a slip. Do nothing when it has one."""
    draw_once(Slip, slip_id, render_slip_pdf)


def slip_pdf(slip: Slip) -> bytes:
    """Return the stored PDF. Raise FileDamaged when it is missing or its SHA-256 differs."""
    return unchanged_bytes(slip, f"catatan perbaikan {slip.content['register']}")


def slip_file_name(slip: Slip) -> str:
    """Return the file name that the receiver sees: "Catatan perbaikan 061-2026 putaran 1.pdf"."""
    return f"Catatan perbaikan {slip.content['register'].replace('/', '-')} putaran {slip.content['round']}.pdf"
