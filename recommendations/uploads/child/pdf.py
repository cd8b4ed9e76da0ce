"""Check a PDF: the engine that draws it must open it, and it must have no content that acts in another reader."""

import io
import time
from collections.abc import Collection
from typing import TYPE_CHECKING

from recommendations.uploads.child.pdf_streams import check_streams
from recommendations.uploads.refusal import BadFile

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 200
"""A questionnaire with its manual has far fewer; a book does not belong to a submission."""
TAIL = 64 * 1024
"""In bytes: the closing mark of a whole file is this near to the end. Scanners add some bytes behind it."""
ENOUGH = 0.6
"""CPU seconds for reading the pages' content. What is not read now fails when the page is drawn."""

BROKEN = "Berkas ini terpotong atau rusak. Salin atau pindai ulang lalu pilih lagi."


def check_pdf(content: bytes, allowed: Collection[str] = frozenset()) -> None:
    """Raise BadFile when the PDF is cut short, unreadable, locked, too long, or has active content or another file.

    `allowed` are the SHA-256 of files that may be inside.
    """
    import pikepdf

    from recommendations.uploads.child.pdf_actions import check_actions, check_names

    if b"%%EOF" not in content[-TAIL:]:
        raise BadFile(BROKEN)
    check_streams(content)
    opened = _opened(content)
    check_names(content)
    try:
        check_actions(opened, allowed)
    except pikepdf.PdfError:
        raise BadFile(BROKEN) from None


def _opened(content: bytes) -> bytes:
    """Return the PDF as the engine saves it, with its packed and encrypted objects readable.

    Raise BadFile when the engine cannot open it.
    """
    import pypdfium2

    written = io.BytesIO()
    try:
        with pypdfium2.PdfDocument(content) as document:
            _check_pages(document)
            document.save(written, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
            _read_pages(document)
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


def _read_pages(document: "pypdfium2.PdfDocument") -> None:
    """Let the engine read the content of the pages, as far as ENOUGH goes.

    Forms nested in each other without end exceed the limit of this process here, not when the page is drawn.
    """
    begun = time.process_time()
    for index in range(len(document)):
        if time.process_time() - begun > ENOUGH:
            return
        document[index].close()
