"""Sees whether the pages look as we drew them, and whether the picture of a signature hides a part of them.

pdfium draws the pages. It reads a file in its own way, so a file that shows pyHanko our letter and others another one
looks different here.
"""

from typing import TYPE_CHECKING, Any

from recommendations.uploads.child.pdf_equality import number_of
from recommendations.uploads.child.pdf_pages import Leaf
from recommendations.uploads.child.signature_fields import Box, SignatureField, box_of, has_size

if TYPE_CHECKING:
    from PIL.Image import Image

ACTS = {"/A", "/AA"}
"""Entries with which a click on the picture does something."""


HIDDEN = "Gambar tanda tangan menutupi isi halaman {}."
OTHER_LOOK = "Halaman {} tampak lain daripada surat kami bila dibuka dengan program lain."


def change_of_look(file: bytes, drawn: bytes, pages: list[Leaf], fields: list[SignatureField]) -> str:
    """Return in Indonesian which page of the file a signature hides, or looks different from what we drew; or "".

    A page is hidden also by a picture without a signature, by that of a time-stamp, by one that does something when
    it is pressed, and by one that is not a field.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(drawn) as ours, pypdfium2.PdfDocument(file) as theirs:
        for index, page in enumerate(pages):
            boxes, picture = _boxes(page, fields), _picture(ours, index)
            if boxes is None or not all(_is_blank(picture, box) for box in boxes):
                return HIDDEN.format(index + 1)
            if _without(boxes, _picture(theirs, index)) != picture:
                return OTHER_LOOK.format(index + 1)
    return ""


def _boxes(page: Leaf, fields: list[SignatureField]) -> list[Box] | None:
    """Return the boxes of the pictures of signatures on a page; None when one of them is odd."""
    shown = [
        (one.get_object(), field) for field in fields for one in page.annotations if number_of(one) in field.widgets
    ]
    visible = [(box_of(entries), field) for entries, field in shown if has_size(box_of(entries))]
    is_signature = (field.is_filled and not field.is_time_stamp for _, field in visible)
    if any(_is_odd(entries) for entries, _ in shown) or not all(is_signature):
        return None
    return [box for box, _ in visible]


def _is_odd(entries: Any) -> bool:
    return bool(ACTS & entries.keys()) or entries.get("/Subtype") != "/Widget"


def _is_blank(picture: "Image", box: Box) -> bool:
    side = _pixels(box, picture)
    return not has_size(side) or picture.crop(side).getextrema() == (255, 255)


def _without(boxes: list[Box], picture: "Image") -> "Image":
    """Return the picture with white boxes, where our page is blank."""
    for box in boxes:
        picture.paste(255, _pixels(box, picture))
    return picture


def _picture(document: Any, index: int) -> "Image":
    """Return page `index` in grey, a pixel for each point."""
    picture: Image = document[index].render(scale=1, grayscale=True, may_draw_forms=False).to_pil()
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
