"""Draw HTML as PDF: every document of the office uses letter.css and becomes an archivable, tagged PDF."""

from functools import cache
from threading import Lock
from typing import Any

from django.contrib.staticfiles import finders

PDF_VARIANT = "pdf/a-3u"
"""Archivable, and programs can read its text; see docs/decisions/0008-paper-is-html.md."""
PANGO = Lock()
"""Only one thread may use Pango at a time: two threads that draw together can abort the whole process."""


def draw_pdf(html: str) -> bytes:
    """Return `html` as PDF. Only data: URLs are loaded, so pictures must be inside the HTML."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    with PANGO:
        stylesheet, fonts = _stylesheet()
        page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}))
        pdf: bytes = page.write_pdf(stylesheets=[stylesheet], font_config=fonts, pdf_variant=PDF_VARIANT, pdf_tags=True)
    return pdf


@cache
def _stylesheet() -> tuple[Any, Any]:
    """Return letter.css, parsed once per process: parsing it takes longer than drawing a page."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return CSS(filename=finders.find("css/letter.css"), font_config=fonts), fonts
