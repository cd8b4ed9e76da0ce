"""Checks a PDF: the engine that draws it must open it, and it must have no content that acts in another reader."""

import io
import re
from typing import TYPE_CHECKING

from recommendations.uploads.pages import PDFIUM
from recommendations.uploads.refusal import BadFile

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 200
"""A questionnaire with its manual has far fewer; a book does not belong to a submission."""
TAIL = 64 * 1024
"""In bytes: the closing mark of a whole file is this near to the end. Scanners add some bytes behind it."""

BROKEN = "Berkas ini terpotong atau rusak. Salin atau pindai ulang lalu pilih lagi."
ACTIVE = {
    # names of ISO 32000-1, 12.6 and 7.11.4: what they are in words
    rb"/JavaScript(?![A-Za-z])": "perintah (JavaScript)",
    rb"/Launch(?![A-Za-z])": "perintah yang membuka program",
    rb"/RichMedia(?![A-Za-z])": "film atau program",
    rb"/EF\s*(?:<<|\d+\s+\d+\s+R)": "berkas lain",
}
ESCAPED_NAME = re.compile(rb"/[A-Za-z0-9]*(?:#[0-9A-Fa-f]{2}[A-Za-z0-9]*)+")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_pdf(content: bytes) -> None:
    """Raise BadFile when the PDF is cut short, unreadable, locked, too long, or has active content or another file."""
    if b"%%EOF" not in content[-TAIL:]:
        raise BadFile(BROKEN)
    opened = _opened(content)
    for name, words in ACTIVE.items():
        if re.search(name, _plain_names(content)) or re.search(name, opened):
            raise BadFile(
                f"PDF ini memuat {words}. Cetak sekali lagi ke PDF (Cetak, Simpan sebagai PDF) lalu pilih lagi."
            )


def _opened(content: bytes) -> bytes:
    """Return the PDF as the engine saves it, with its packed and encrypted objects readable.

    Raise BadFile when the engine cannot open it.
    """
    import pypdfium2

    written = io.BytesIO()
    try:
        with PDFIUM, pypdfium2.PdfDocument(content) as document:
            _check_pages(document)
            document.save(written, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise BadFile("PDF ini terkunci kata sandi. Buka kuncinya, simpan, lalu pilih lagi.") from None
        raise BadFile(BROKEN) from None
    return written.getvalue()


def _check_pages(document: "pypdfium2.PdfDocument") -> None:
    count = len(document)
    if count > MAX_PAGES:
        raise BadFile(f"PDF ini {count} halaman, paling banyak {MAX_PAGES}. Lampirkan bagian yang diperlukan saja.")
    if not count or not all(min(document.get_page_size(index)) >= 1 for index in range(count)):
        raise BadFile(BROKEN)


def _plain_names(content: bytes) -> bytes:
    """Replace the escapes in names: `/J#61vaScript` becomes /JavaScript."""
    return ESCAPED_NAME.sub(lambda name: ESCAPE.sub(lambda sign: bytes([int(sign[1], 16)]), name[0]), content)
