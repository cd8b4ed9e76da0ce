"""Draw pages of a PDF as pictures, and join pictures into a PDF."""

import io
import time
from typing import TYPE_CHECKING

from recommendations.uploads.refusal import BadFile

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_WIDTH = 1000  # pixels: sharp on a telephone, about 100 KB
TALLEST = 4 * PAGE_WIDTH
"""In pixels. A page that would be taller than this is drawn narrower than PAGE_WIDTH."""
LONGEST = 2000  # pixels of a photo's longer side: 170 dpi on A4
A4 = (595, 842)  # points
BAND = 2_000_000
"""Pixels of a picture that are worked on at once: a whole copy of a large picture would need too much memory."""
ENOUGH = 1.0
"""CPU seconds after which a child draws no further page."""
MOST_PAGES = 10
UNREADABLE = "Halaman PDF ini tidak dapat digambar. Cetak sekali lagi ke PDF lalu pilih lagi."


def count_pages(pdf: bytes) -> int:
    """Return the number of pages of a PDF. Raise BadFile."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        raise BadFile(UNREADABLE) from None


def draw_pages(pdf: bytes, *, first: int, last: int, in_colour: bool = True) -> list[bytes]:
    """Return pages from `first`, counted from 1, to `last` or until ENOUGH: as JPEG, or grey PNG unless `in_colour`.

    Return no picture when there is no page `first`. Raise BadFile.
    """
    import pypdfium2

    made: list[bytes] = []
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            for index in range(first - 1, min(last, len(document), first - 1 + MOST_PAGES)):
                if index < 0 or (made and time.process_time() > ENOUGH):
                    break
                page = document[index]
                scale = min(PAGE_WIDTH / page.get_width(), TALLEST / page.get_height())
                image = page.render(scale=scale, grayscale=not in_colour).to_pil()
                page.close()
                made.append(_jpeg(image) if in_colour else _png(image))
    except pypdfium2.PdfiumError:
        raise BadFile(UNREADABLE) from None
    return made


def scale_picture(content: bytes) -> bytes:
    """Return a JPEG or PNG as a JPEG: upright, on white, no larger than a screen needs, without metadata."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # `pictures.py` has its own limits
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        picture.draft("RGB", (LONGEST, LONGEST))
        picture.load()
        small = _small(picture)
        small.info["exif"] = picture.info.get("exif", b"")
        upright = ImageOps.exif_transpose(small)
    upright.thumbnail((LONGEST, LONGEST))
    return _jpeg(upright)


def _small(picture: "Image") -> "Image":
    """Return the picture on white, reduced by a whole number to no less than LONGEST, band by band."""
    from PIL import Image

    by = max(1, max(picture.size) // LONGEST)
    small = Image.new("RGB", (-(-picture.width // by), -(-picture.height // by)))
    rows = max(1, BAND // picture.width // by) * by
    for top in range(0, picture.height, rows):
        band = picture.crop((0, top, picture.width, min(top + rows, picture.height)))
        small.paste(on_white(band).reduce(by), (0, top // by))
    return small


def on_white(picture: "Image") -> "Image":
    """Return the picture in eight bits of grey or RGB, with white where it is clear."""
    from PIL import Image

    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.point(lambda grey: grey / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def join_pictures(*pictures: bytes) -> bytes:
    """Return one PDF with a page of A4 for each JPEG, which `scale_picture` made."""
    import pypdfium2

    kept = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for picture in pictures:
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
