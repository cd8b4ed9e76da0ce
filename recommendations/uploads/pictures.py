"""Checks a JPEG or PNG: first that it is whole and not too large in pixels, then that it can be decoded."""

import io
import re
import struct

from recommendations.uploads.content_types import JPEG, WORDS
from recommendations.uploads.refusal import BadFile

MAX_PIXELS = 50_000_000
"""An A4 page at 600 dpi has 35 million. A picture of a few KB can claim billions and would fill the memory."""
JPEG_MARKER = re.compile(rb"\xff+([^\x00\xff])")
JPEG_END, JPEG_LONE = 0xD9, {0x01, *range(0xD0, 0xD9)}

BROKEN = "Gambar ini terpotong atau rusak. Foto atau pindai ulang lalu pilih lagi."
TOO_LARGE = f"Gambar ini terlalu besar, paling banyak {MAX_PIXELS // 1_000_000} juta piksel. Kecilkan lalu pilih lagi."


def check_picture(content: bytes, content_type: str) -> None:
    """Raise BadFile when the picture is cut short, has too many pixels, or cannot be decoded."""
    from PIL import Image

    if not (_jpeg_is_whole(content) if content_type == JPEG else _png_is_whole(content)):
        raise BadFile(BROKEN)
    try:
        with Image.open(io.BytesIO(content), formats=[WORDS[content_type]]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise BadFile(TOO_LARGE)
            picture.draft("RGB", (1, 1))  # a JPEG is then read to its end at an eighth of its size
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadFile(TOO_LARGE) from None
    except (OSError, SyntaxError, ValueError, TypeError, IndexError, struct.error):  # what Pillow raises
        raise BadFile(BROKEN) from None


def _jpeg_is_whole(content: bytes) -> bool:
    """Return whether the markers (ITU T.81, annex B) lead to the end of the picture. A phone may add a film after it.

    Pillow cannot check this: its switch for truncated pictures is global, and WeasyPrint sets it to lenient.
    """
    place = 2
    while marker := JPEG_MARKER.search(content, place):
        sign, place = marker[1][0], marker.end()
        if sign == JPEG_END:
            return True
        if sign not in JPEG_LONE:
            place += int.from_bytes(content[place : place + 2], "big")
    return False


def _png_is_whole(content: bytes) -> bool:
    """Return whether the chunks lead to the last one, IEND."""
    place = 8
    while place + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        if name == b"IEND":
            return True
        place += 12 + length
    return False
