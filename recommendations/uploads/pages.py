"""Pages as pictures, and pictures as a PDF, made by a child process."""

from collections.abc import Sequence

from recommendations.uploads.apart import DRAW, JOIN, OUR_PAPER, Limits, ask
from recommendations.uploads.refusal import TooComplex

DRAWING = "recommendations.uploads.child.drawing"


class NoSuchPage(LookupError):
    """Raised when the file has no such page, or the page has no picture."""


def page_number(typed: str, count: int) -> int:
    """Return the page number that the address asks for, or 1 when it is not a page number of the file."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 and 1 <= int(typed) <= count else 1


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF. Raise BadFile."""
    return int(ask(f"{DRAWING}:count_pages", pdf, limits=DRAW).value)


def own_page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF that the desk made. Raise BadFile when no child process can be started."""
    return int(ask(f"{DRAWING}:count_pages", pdf, limits=OUR_PAPER).value)


def page_pictures(pdf: bytes, *, first: int, last: int) -> list[bytes]:
    """Return the pages from `first` on, counted from 1, as JPEG. These are as many as one child may draw, at least one.

    Raise BadFile.
    """
    return _some(ask(f"{DRAWING}:draw_pages", pdf, first=first, last=last, limits=DRAW).made)


def own_page_picture(pdf: bytes, number: int) -> bytes:
    """Return page `number`, counted from 1, of a PDF that the desk made, as a grey PNG.

    Raise NoSuchPage when the PDF has no such page, BadFile when no child process can be started.
    """
    made = ask(f"{DRAWING}:draw_pages", pdf, first=number, last=number, in_colour=False, limits=OUR_PAPER).made
    if not made:
        raise NoSuchPage(number)
    return made[0]


def own_pages_in_colour(pdf: bytes, *, most: int) -> list[bytes]:
    """Return the first pages, `most` at most, of a PDF that the desk made, as JPEG.

    Raise BadFile when no child process can be started.
    """
    return _some(ask(f"{DRAWING}:draw_pages", pdf, first=1, last=most, limits=OUR_PAPER).made)


def scaled_picture(content: bytes, *, limits: Limits = DRAW) -> bytes:
    """Return a JPEG or PNG as a JPEG: upright, on white, no larger than a screen needs, without metadata.

    Raise BadFile.
    """
    return _some(ask(f"{DRAWING}:scale_picture", content, limits=limits).made)[0]


def picture_to_join(content: bytes) -> bytes:
    """Return what `scaled_picture` returns, within the limits of `joined_pdf`. Raise BadFile."""
    return scaled_picture(content, limits=JOIN)


def joined_pdf(pictures: Sequence[bytes]) -> bytes:
    """Return one PDF with a page of A4 for each picture that `scaled_picture` made. Raise BadFile."""
    return _some(ask(f"{DRAWING}:join_pictures", *pictures, limits=JOIN).made)[0]


def _some(made: list[bytes]) -> list[bytes]:
    if not made:
        raise TooComplex
    return made
