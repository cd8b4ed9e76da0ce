"""The letter before it is issued, as the Kepala reads it: drawn once for the same words, looked at page by page."""

import hashlib
import io
import json
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from office.models import Head, Office, User
from recommendations.letters import letter_content, render_pdf
from recommendations.models import Submission

KEPT_FOR = 15 * 60
PAGE_WIDTH = 1000  # pixels: sharp on a telephone, about 100 KB
PDFIUM = Lock()
"""PDFium may be used by one thread at a time."""


class NoSuchPage(LookupError):
    """The draft has fewer pages."""


@dataclass(frozen=True)
class Draft:
    """A draft's PDF; `key` names its words, so that changed words are another draft."""

    key: str
    pdf: bytes

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return cache.get_or_set(f"{self.key}-pages", lambda: _page_count(self.pdf), KEPT_FOR)

    def page(self, number: int) -> bytes:
        """Page `number`, from 1, as PNG. Raises NoSuchPage."""
        if not 1 <= number <= self.page_count:
            raise NoSuchPage(number)
        return cache.get_or_set(f"{self.key}-{number}", lambda: _picture(self.pdf, number), KEPT_FOR)


def draft_of(submission: Submission, *, number: str, identity_number: str, reader: User) -> Draft:
    """The letter as `reader` would issue it today under these numbers, "" where none is typed yet."""
    today = timezone.localdate()
    head = Head.objects.on(today).filter(user=reader).first() or Head(user=reader)
    content = letter_content(
        submission,
        office=Office.objects.current(),
        head=head,
        number=number,
        identity_number=identity_number,
        issued_on=today,
        token="",
    )
    key = f"draft-{_digest(content)}"
    return Draft(key, cache.get_or_set(key, lambda: render_pdf(content, draft=True), KEPT_FOR))


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _page_count(pdf: bytes) -> int:
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _picture(pdf: bytes, number: int) -> bytes:
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        page = document[number - 1]
        image = page.render(scale=PAGE_WIDTH / page.get_width(), grayscale=True).to_pil()
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()
