"""Check a JPEG or PNG: first that it is whole and not too large in pixels, then that it can be decoded."""

import io
import re
import struct
from typing import TYPE_CHECKING

from recommendations.uploads.content_types import JPEG, PNG, WORDS
from recommendations.uploads.refusal import BadFile

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = {"JPEG": 200_000_000, "PNG": 50_000_000}
"""The largest telephone's photo; an A4 page at 600 dpi has 35 million. A few KB can claim billions and fill the memory.

A JPEG is decoded at a fraction of its size, a PNG only as a whole."""
MAX_SIDE = 65_535
"""In pixels: the longest side of a JPEG. A longer PNG would be one thin line on a screen."""
MAX_PROGRESSIVE = 50_000_000
"""In pixels: a progressive JPEG is kept in memory as a whole, six bytes a pixel. The pages for files make a larger one
smaller before they send it (static/js/sending.js)."""
MAX_SCANNED = 600_000_000
"""In pixels times scans. Each scan of a progressive JPEG goes over the whole picture; usual are ten."""
MAX_SCANS = 64
MAX_PARTS = 50_000
"""The most markers of a JPEG and chunks of a PNG."""

JPEG_MARKER = re.compile(rb"(?:[^\xff]++|\xff++\x00)*+\xff++([^\x00\xff])", re.DOTALL)
"""A marker and the picture's data before it. It reads every byte once (`++` never goes back)."""
JPEG_END, JPEG_SCAN, JPEG_LONE = 0xD9, 0xDA, {0x01, *range(0xD0, 0xD9)}
JPEG_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}

PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
MOST_CANVAS = 2_000_000
"""The most pixels of a signature: the canvas of the page has 154 thousand."""
DARK, LEAST_INK = 160, 60
"""A dot of the pen has less ink than a signature: darker than DARK of 255, at least LEAST_INK pixels."""

BROKEN = "Gambar ini terpotong atau rusak. Foto atau pindai ulang lalu pilih lagi."
ODD = "Susunan gambar ini tidak wajar. Buka, simpan sebagai JPEG biasa, lalu pilih lagi."


def check_picture(content: bytes, content_type: str) -> None:
    """Raise BadFile when the picture is cut short, has too many pixels or scans, or cannot be decoded."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the limits are ours
    kind = WORDS[content_type]
    markers = _markers(content) if content_type == JPEG else _chunks(content)
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            _check_size(picture, kind, markers)
            picture.draft("RGB", (1, 1))  # a JPEG is then read to its end at an eighth of its size
            picture.load()
    except (OSError, SyntaxError, ValueError, TypeError, IndexError, struct.error):  # what Pillow raises
        raise BadFile(BROKEN) from None


def check_signed_canvas(content: bytes) -> None:
    """Raise BadFile unless the content is a PNG of the size of a canvas, on which something dark is drawn."""
    from PIL import Image

    if not content.startswith(PNG_BEGINS) or _claimed_pixels(content) > MOST_CANVAS:
        raise BadFile("Gambar tanda tangan tidak terbaca. Hapus, lalu tanda tangani lagi.")
    check_picture(content, PNG)
    with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
        drawn = picture.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    ink = sum(Image.alpha_composite(paper, drawn).convert("L").histogram()[:DARK])
    if ink < LEAST_INK:
        raise BadFile("Kotak tanda tangan masih kosong. Minta penerima menandatangani.")


def _claimed_pixels(content: bytes) -> int:
    """Return the pixels that the header of a PNG claims, or too many when it is cut short."""
    if len(content) < 24:
        return MOST_CANVAS + 1
    width, height = struct.unpack_from(">II", content, 16)
    return int(width) * int(height)


def _check_size(picture: "Image", kind: str, markers: list[int]) -> None:
    pixels, scans = picture.width * picture.height, markers.count(JPEG_SCAN)
    is_progressive = bool(JPEG_PROGRESSIVE & set(markers))
    most = MAX_PROGRESSIVE if is_progressive else MAX_PIXELS[kind]
    if pixels > most:
        raise BadFile(
            f"Gambar ini terlalu besar, paling banyak {most // 1_000_000} juta piksel. Kecilkan lalu pilih lagi."
        )
    if max(picture.size) > MAX_SIDE or scans > MAX_SCANS or scans * pixels > MAX_SCANNED:
        raise BadFile(ODD)


def _markers(content: bytes) -> list[int]:
    """Return the markers (ITU T.81, annex B) to the end of the picture, after which a phone may add a film.

    Raise BadFile when they do not lead there. Pillow cannot check this: its switch for truncated pictures is global.
    """
    markers: list[int] = []
    place = 2
    while marker := JPEG_MARKER.match(content, place):
        kind, place = marker[1][0], marker.end()
        markers.append(kind)
        if len(markers) > MAX_PARTS:
            raise BadFile(ODD)
        if kind == JPEG_END:
            return [one for one in markers if one not in JPEG_LONE]
        if kind not in JPEG_LONE:
            place += int.from_bytes(content[place : place + 2], "big")
    raise BadFile(BROKEN)


def _chunks(content: bytes) -> list[int]:
    """Return no marker. Raise BadFile unless the chunks lead to the last one, IEND, or when there are too many."""
    place = 8
    for _ in range(MAX_PARTS):
        if place + 12 > len(content):
            raise BadFile(BROKEN)
        length, name = struct.unpack_from(">I4s", content, place)
        if name == b"IEND":
            return []
        place += 12 + length
    raise BadFile(ODD)
