"""HTML to paper: every document of the office is drawn with letter.css as an archivable, tagged PDF."""

from functools import cache
from threading import Lock
from typing import Any

from django.contrib.staticfiles import finders

PDF_VARIANT = "pdf/a-3u"
"""Archivable, and its text can be read by machines; see docs/decisions/0008-paper-is-html.md."""
PANGO = Lock()
"""Pango may be used by one thread at a time: two that draw together can abort the whole process."""


def draw_pdf(html: str) -> bytes:
    """The PDF of `html`. Nothing is fetched: pictures are in the HTML itself."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    with PANGO:
        stylesheet, fonts = _stylesheet()
        page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}))
        return page.write_pdf(stylesheets=[stylesheet], font_config=fonts, pdf_variant=PDF_VARIANT, pdf_tags=True)


@cache
def _stylesheet() -> tuple[Any, Any]:
    """letter.css, parsed once per process: parsing it anew for each paper costs more than a page."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return CSS(filename=finders.find("css/letter.css"), font_config=fonts), fonts
