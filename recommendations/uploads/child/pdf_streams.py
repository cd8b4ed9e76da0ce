"""Bounds what the streams of a PDF unpack to, before the engine unpacks them (ISO 32000-1, 7.3.8)."""

import re
import zlib
from collections.abc import Iterator

from recommendations.uploads.refusal import BadFile

MAX_OBJECTS = 200_000
MAX_STREAM = 16 * 1024 * 1024
"""The most bytes that one stream unpacks to, unless it is a picture: the engine reads pictures line by line."""
MAX_STREAMS = 64 * 1024 * 1024
"""The most bytes that all of these streams unpack to."""
PIECE = 64 * 1024
BEFORE = 2048
"""In bytes before a stream: where its dictionary is."""

BEGIN = re.compile(rb"stream\r?\n")
PACKED = re.compile(rb"/(?:FlateDecode|Fl)(?![A-Za-z])")
PACKED_TWICE = re.compile(
    rb"/Filter\s*\[[^\]]{0,200}/(?:FlateDecode|Fl|LZWDecode)\b[^\]]{0,200}/(?:FlateDecode|Fl|LZWDecode)\b"
)
PICTURE, INDEX = re.compile(rb"/Image(?![A-Za-z])"), re.compile(rb"/(?:ObjStm|XRef)(?![A-Za-z])")

TOO_MUCH = "PDF ini menjadi terlalu besar bila dibuka. Cetak sekali lagi ke PDF atau pindai ulang lalu pilih lagi."


def check_streams(content: bytes) -> None:
    """Raise BadFile when the PDF has too many objects, or its streams unpack to too much.

    A stream packed in a way that is not read here is left to the limits of the process.
    """
    if content.count(b" obj") > MAX_OBJECTS or PACKED_TWICE.search(content):
        raise BadFile(TOO_MUCH)
    total = 0
    for place in _packed_streams(content):
        size = _unpacked_size(content, place, most=MAX_STREAM)
        total += size
        if size > MAX_STREAM or total > MAX_STREAMS:
            raise BadFile(TOO_MUCH)


def _packed_streams(content: bytes) -> Iterator[int]:
    """Yield where each stream begins that is packed and no picture."""
    for begin in BEGIN.finditer(content):
        before = content[max(0, begin.start() - BEFORE) : begin.start()]
        dictionary = before[before.rfind(b" obj") + 1 :]
        if PACKED.search(dictionary) and (INDEX.search(dictionary) or not PICTURE.search(dictionary)):
            yield begin.end()


def _unpacked_size(content: bytes, place: int, *, most: int) -> int:
    """Return the size of an unpacked stream; for one larger than `most`, a size above it."""
    unpack, size = zlib.decompressobj(), 0
    try:
        while place < len(content) and not unpack.eof and size <= most:
            piece = content[place : place + PIECE]
            place += PIECE
            while piece and size <= most:
                size += len(unpack.decompress(piece, 1024 * 1024))
                piece = unpack.unconsumed_tail
    except zlib.error:  # not packed so, or damaged: the engine decides
        pass
    return size
