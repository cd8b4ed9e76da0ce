"""Make the logo of a letterhead: a small PNG on white, drawn again from the pixels of the uploaded picture."""

import io

from recommendations.uploads.child.drawing import on_white
from recommendations.uploads.child.pictures import check_picture
from recommendations.uploads.content_types import PICTURE_BEGINNINGS
from recommendations.uploads.refusal import BadFile

MOST_PIXELS = 16_000_000
"""A scan of a whole page at 300 dpi has 9 million. A small file can claim more, and fill the memory."""
LEAST_SIDE, LONGEST_SIDE = 60, 480
"""In pixels: 20 mm at 76 dpi, below which the print is blurred, and at 600 dpi, above which nothing is gained."""
COLOURS = 128
"""A logo has few colours; with a palette it is a third as large, and every letter has its own copy."""


def draw_logo(content: bytes) -> bytes:
    """Return the logo as PNG without metadata, its longer side at most LONGEST_SIDE.

    Raise BadFile when the content is no PNG or JPEG, is broken, or has too many or too few pixels.
    """
    from PIL import Image, ImageOps

    kind = next((kind for beginning, kind in PICTURE_BEGINNINGS.items() if content.startswith(beginning)), None)
    if kind is None:
        raise BadFile("Logo harus gambar PNG atau JPEG. Simpan gambarnya sebagai PNG lalu pilih lagi.")
    _check_pixels(content)
    check_picture(content, kind)
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        picture.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
        picture.load()
        upright = ImageOps.exif_transpose(on_white(picture))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = io.BytesIO()
    upright.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _check_pixels(content: bytes) -> None:
    """Raise BadFile when the picture says that it has too many or too few pixels. Nothing is decoded for that."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the limits are ours
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            width, height = picture.size
    except (OSError, SyntaxError, ValueError):
        return  # `check_picture` says what is wrong
    if width * height > MOST_PIXELS:
        raise BadFile(f"Logo ini terlalu besar, paling banyak {MOST_PIXELS // 1_000_000} juta piksel. Kecilkan dulu.")
    if min(width, height) < LEAST_SIDE:
        raise BadFile(f"Logo ini terlalu kecil untuk dicetak: sisi terpendeknya paling sedikit {LEAST_SIDE} piksel.")
