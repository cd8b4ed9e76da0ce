"""Says whether every program finds the same objects in a pack of objects (ISO 32000-1, 7.5.7).

One program reads an object from its place on, another one only up to the place of the next.
"""

import io
import re
from itertools import pairwise

from pyhanko.pdf_utils.generic import Reference, read_object

from recommendations.uploads.child.pdf_syntax import is_plain_text
from recommendations.uploads.child.quick_reader import QuickReader

NUMBERS = re.compile(rb"(?:[0-9]{1,9}[ \r\n]+)*+")


def is_plain_pack(reader: QuickReader, pack: int) -> bool:
    """Return whether a pack has each number once, and its objects follow each other and end where the next one begins.

    Raise PdfStrictReadError when it is no pack.
    """
    content, listed = reader.pack_of(pack)
    if not listed or len({number for number, _ in listed}) < len(listed):
        return False
    places = [place for _, place in listed]
    is_listed_plainly = NUMBERS.fullmatch(content, 0, places[0]) is not None and content.split(None, 2)[1] == b"0"
    parts = [content[begin:end] for begin, end in pairwise([*places, len(content)])]
    return is_listed_plainly and all(_is_one_object(reader, pack, part) for part in parts)


def _is_one_object(reader: QuickReader, pack: int, part: bytes) -> bool:
    rest = io.BytesIO(part)
    read_object(rest, Reference(pack, 0, reader))
    return is_plain_text(part) and not part[rest.tell() :].strip()
