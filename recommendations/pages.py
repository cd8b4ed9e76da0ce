"""Pages of a PDF as pictures: of the letter's draft, and of a file that was sent in."""

import io
from threading import Lock

PAGE_WIDTH = 1000  # pixels: sharp on a telephone, about 100 KB
TALLEST = 4 * PAGE_WIDTH
"""Pixels: a page a hundred times as tall as wide is drawn narrower, never larger than this."""
PDFIUM = Lock()
"""PDFium may be used by one thread at a time."""


class NoSuchPage(LookupError):
    """The paper has fewer pages."""


def page_count(pdf: bytes) -> int:
    """How many pages it has. Raises PdfiumError: it cannot be read."""
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, number: int, *, grayscale: bool = True) -> bytes:
    """Page `number`, from 1, as PNG. Raises NoSuchPage, PdfiumError."""
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            raise NoSuchPage(number)
        page = document[number - 1]
        scale = min(PAGE_WIDTH / page.get_width(), TALLEST / page.get_height())
        image = page.render(scale=scale, grayscale=grayscale).to_pil()
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=grayscale)
    return kept.getvalue()
