"""Draws pages of a PDF as pictures, and joins pictures into a PDF."""

import io
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_WIDTH = 1000  # pixels: sharp on a telephone, about 100 KB
TALLEST = 4 * PAGE_WIDTH
"""In pixels. A page that would be taller than this is drawn narrower than PAGE_WIDTH."""
LONGEST = 2000  # pixels of a photo's longer side: 170 dpi on A4
A4 = (595, 842)  # points
PDFIUM = Lock()
"""PDFium may be used by one thread at a time."""


class NoSuchPage(LookupError):
    """Raised when the PDF has no such page, or the page cannot be drawn."""


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF."""
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, number: int, *, in_colour: bool = False) -> bytes:
    """Return page `number`, counted from 1, as a grey PNG, or as a JPEG when `in_colour`.

    Raise NoSuchPage when the PDF has no such page or cannot be drawn.
    """
    import pypdfium2

    try:
        with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
            if not 1 <= number <= len(document):
                raise NoSuchPage(number)
            page = document[number - 1]
            scale = min(PAGE_WIDTH / page.get_width(), TALLEST / page.get_height())
            image = page.render(scale=scale, grayscale=not in_colour).to_pil()
    except pypdfium2.PdfiumError:
        raise NoSuchPage(number) from None
    return _jpeg(image) if in_colour else _png(image)


def scaled_picture(content: bytes) -> bytes:
    """Return a JPEG or PNG as a JPEG: upright, on white, no larger than a screen needs, without metadata."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        picture.draft("RGB", (LONGEST, LONGEST))
        upright = _on_white(ImageOps.exif_transpose(picture))
    upright.thumbnail((LONGEST, LONGEST))
    return _jpeg(upright)


def _on_white(picture: "Image") -> "Image":
    from PIL import Image

    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.point(lambda grey: grey / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def joined_pdf(pictures: Iterable[bytes]) -> bytes:
    """Return one PDF with a page of A4 for each JPEG or PNG, upright."""
    import pypdfium2

    scaled, kept = [scaled_picture(picture) for picture in pictures], io.BytesIO()
    with PDFIUM, pypdfium2.PdfDocument.new() as document:
        for picture in scaled:
            image = pypdfium2.PdfImage.new(document)
            image.load_jpeg(io.BytesIO(picture), inline=True)
            width, height = image.get_px_size()
            paper = A4 if height >= width else A4[::-1]
            scale = min(paper[0] / width, paper[1] / height)
            middle = ((paper[0] - width * scale) / 2, (paper[1] - height * scale) / 2)
            image.set_matrix(pypdfium2.PdfMatrix().scale(width * scale, height * scale).translate(*middle))
            page = document.new_page(*paper)
            page.insert_obj(image)
            page.gen_content()
        document.save(kept)
    return kept.getvalue()


def _png(image: "Image") -> bytes:
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _jpeg(image: "Image") -> bytes:
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=80)
    return kept.getvalue()
