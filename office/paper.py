"""Draw HTML as PDF: every document of the office uses letter.css and becomes an archivable, tagged PDF."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from threading import Lock
from typing import Any

from django.contrib.staticfiles import finders

from office.paper_fonts import FAMILIES

PDF_VARIANT = "pdf/a-3u"
"""Archivable, and programs can read its text; see docs/decisions/0008-paper-is-html.md."""
PANGO = Lock()
"""Only one thread may use Pango at a time: two threads that draw together can abort the whole process."""


A4_WIDTH, FOOT_WIDTH, PAGE_NUMBER, DATE = 210, 125, 28, 60
"""In mm: the width of the paper, of its foot, of the page number beside the foot, and of the date in the head."""
ANNEX_LESS = (3, 4, 4, 6)
"""In mm: how much narrower the annex's margins are than the letter's: top, right, bottom, left."""
ANNEX_LEAST = (12, 12, 20, 15)


@dataclass(frozen=True)
class PageLayout:
    """The font of a paper, and its margins in mm in the order of CSS: top, right, bottom, left.

    `least_bottom` is the room that its foot needs; a smaller margin becomes that.
    """

    font: str = FAMILIES[0]
    margins: Sequence[int] = (18, 22, 24, 28)
    least_bottom: int = 20

    def __post_init__(self) -> None:
        """Raise ValueError when paper has no such font."""
        if self.font not in FAMILIES:
            raise ValueError(f"Paper has no font {self.font!r}.")

    @property
    def css(self) -> str:
        """Return what letter.css does not say; "" for the layout that it has itself."""
        if (self.font, *self.margins, self.least_bottom) == (FAMILIES[0], *PageLayout.margins, PageLayout.least_bottom):
            return ""
        width = A4_WIDTH - self.margins[1] - self.margins[3]
        annex = map(max, (own - less for own, less in zip(self.margins, ANNEX_LESS, strict=True)), ANNEX_LEAST)
        family = f'font-family: "{self.font}"'
        return f"""
            @page {{
              margin: {self._sides(self.margins)};
              @bottom-left {{ width: {min(FOOT_WIDTH, width - PAGE_NUMBER)}mm; }}
              @top-right {{ {family}; }}
              @bottom-right {{ {family}; }}
            }}
            @page annex {{ margin: {self._sides(annex)}; }}
            html {{ {family}; }}
            table.kv {{ width: {width - DATE}mm; }}
            .date {{ padding-left: {width - DATE}mm; }}
            .draft {{ width: {width}mm; }}
        """

    def _sides(self, margins: Iterable[int]) -> str:
        top, right, bottom, left = margins
        return f"{top:d}mm {right:d}mm {max(bottom, self.least_bottom):d}mm {left:d}mm"


@dataclass(frozen=True)
class InnerFile:
    """A file inside a PDF that says the same as its pages, for programs. Its type follows from the end of its name."""

    name: str
    description: str
    made_on: date
    content: str


def draw_pdf(
    html: str, *, files: Sequence[InnerFile] = (), layout: PageLayout | None = None, for_everybody: bool = False
) -> bytes:
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
            stylesheets=[stylesheet, *_own_styles(layout)],
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


def _own_styles(layout: PageLayout | None) -> list[Any]:
    from weasyprint import CSS

    return [CSS(string=layout.css)] if layout and layout.css else []


@cache
def _stylesheet() -> tuple[Any, Any]:
    """Return letter.css, parsed once per process: parsing it takes longer than drawing a page."""
    from weasyprint import CSS

    from office.paper_fonts import font_configuration

    fonts = font_configuration()
    return CSS(filename=finders.find("css/letter.css"), font_config=fonts), fonts
