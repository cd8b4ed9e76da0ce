"""Draw HTML as PDF: every document of the office uses letter.css and becomes an archivable, tagged PDF."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from threading import Lock
from typing import Any

from django.contrib.staticfiles import finders

PDF_VARIANT = "pdf/a-3u"
"""Archivable, and programs can read its text; see docs/decisions/0008-paper-is-html.md."""
PANGO = Lock()
"""Only one thread may use Pango at a time: two threads that draw together can abort the whole process."""


@dataclass(frozen=True)
class InnerFile:
    """A file inside a PDF that says the same as its pages, for programs. Its type follows from the end of its name."""

    name: str
    description: str
    made_on: date
    content: str


def draw_pdf(html: str, *, files: Sequence[InnerFile] = (), for_everybody: bool = False) -> bytes:
    """Return `html` as PDF with `files` inside. Only data: URLs are loaded, so pictures must be inside the HTML.

    `for_everybody` says that it is PDF/UA-1 too, which its HTML must allow: headings in order, alt texts, no frames.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    from office.paper_tags import finish_tags, finish_tags_for_everybody

    with PANGO, _collector_paused():
        stylesheet, fonts = _stylesheet()
        page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}))
        pdf: bytes = page.write_pdf(
            stylesheets=[stylesheet],
            font_config=fonts,
            pdf_variant=PDF_VARIANT,
            pdf_tags=True,
            attachments=[_attachment(file) for file in files],
            finisher=finish_tags_for_everybody if for_everybody else finish_tags,
        )
    return pdf


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Let Python look for unused cycles only after the drawing: on a long letter that took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _attachment(file: InnerFile) -> Any:
    from weasyprint import Attachment

    made_at = datetime.combine(file.made_on, time(), UTC)
    return Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        created=made_at,
        modified=made_at,
        relationship="Data",
    )


@cache
def _stylesheet() -> tuple[Any, Any]:
    """Return letter.css, parsed once per process: parsing it takes longer than drawing a page."""
    from weasyprint import CSS

    from office.paper_fonts import font_configuration

    fonts = font_configuration()
    return CSS(filename=finders.find("css/letter.css"), font_config=fonts), fonts
