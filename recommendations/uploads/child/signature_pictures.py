"""Sees whether the picture of a signature on a page hides a part of the letter."""

from typing import TYPE_CHECKING, Any

from recommendations.uploads.child.pdf_equality import number_of
from recommendations.uploads.child.pdf_pages import Leaf
from recommendations.uploads.child.signature_fields import SignatureField

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]
ACTS = {"/A", "/AA"}
"""Entries with which a click on the picture does something."""


def hides_something(page: Leaf, index: int, fields: list[SignatureField], drawn: bytes) -> bool:
    """Return whether the picture of a signature field is over something that we drew on page `index`, counted from 0.

    Return True also for a picture without a signature, for one that does something when it is pressed, and for one
    that is not a field.
    """
    shown = [
        (one.get_object(), field) for field in fields for one in page.annotations if number_of(one) in field.widgets
    ]
    visible = [(_box(entries), field) for entries, field in shown if _has_size(_box(entries))]
    if any(_is_odd(entries) for entries, _ in shown) or not all(field.is_filled for _, field in visible):
        return True
    return bool(visible) and not _is_blank(drawn, index, [box for box, _ in visible])


def _is_odd(entries: Any) -> bool:
    return bool(ACTS & entries.keys()) or entries.get("/Subtype") != "/Widget"


def _has_size(box: Box) -> bool:
    return box[0] < box[2] and box[1] < box[3]


def _box(entries: Any) -> Box:
    """Return left, bottom, right and top of a picture in points."""
    left, bottom, right, top = (float(side) for side in entries["/Rect"]) if "/Rect" in entries else (0, 0, 0, 0)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _is_blank(drawn: bytes, index: int, boxes: list[Box]) -> bool:
    picture = _picture_of(drawn, index)
    sides = [_pixels(box, picture) for box in boxes]
    return all(picture.crop(side).getextrema() == (255, 255) for side in sides if _has_size(side))


def _picture_of(drawn: bytes, index: int) -> "Image":
    """Return page `index` of our PDF in grey, a pixel for each point."""
    import pypdfium2

    with pypdfium2.PdfDocument(drawn) as document:
        picture: Image = document[index].render(scale=1, grayscale=True).to_pil()
    return picture


def _pixels(box: Box, picture: "Image") -> tuple[int, int, int, int]:
    """Return the box in pixels from the upper left corner, cut at the edges of the page."""
    left, bottom, right, top = box
    width, height = picture.size
    return (
        max(0, int(left)),
        max(0, int(height - top)),
        min(width, int(right) + 1),
        min(height, int(height - bottom) + 1),
    )
