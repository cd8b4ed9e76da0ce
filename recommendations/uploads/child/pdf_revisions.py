"""Says whether every program finds the same objects in what was added to our PDF.

Programs differ over an index of objects that is not quite right: one leaves out a line that it does not understand,
another takes the first of two places for an object, a third searches the whole file for objects. Such a file can show
one letter to the reader here and another one to the applicant.
"""

import re

from pyhanko.pdf_utils.misc import PdfError

from recommendations.uploads.child.pdf_index import BREAK, Index, OddIndex, index_at, read_placed, require
from recommendations.uploads.child.pdf_packs import is_plain_pack
from recommendations.uploads.child.quick_reader import QuickReader

HEADER = re.compile(rb"%PDF-\d\.\d[\r\n ]+(?:%[^\r\n]{1,40}[\r\n]+)?")
END = re.compile(
    BREAK + rb"{0,2}(?:%[ -~]{0,60}" + BREAK + rb")?startxref" + BREAK + rb"(\d{1,10})" + BREAK + rb"%%EOF[\r\n ]*"
)
"""Some programs write their name in a comment there."""
BEGINS = re.compile(rb"[0-9](?:[\x00\t\n\x0c\r ]|%[^\r\n]{0,200}[\r\n]){0,20}obj")
"""What a program takes for the beginning of an object when it searches a file for them, also inside a stream."""
ENDING_WORDS = (b"trailer", b"startxref", b"%%EOF")
MOST_SPACE = 16
"""Bytes of white space between two revisions, or behind the last one."""
MOST_REVISIONS = 50


def has_one_reading(reader: QuickReader, file: bytes, ours: bytes) -> bool:
    """Return whether all that the file has behind our bytes can be read in one way only.

    That is the whole file when it does not begin with our bytes, because another program wrote it again.
    """
    kept = len(ours) if file.startswith(ours) else 0
    try:
        _read_back(reader, file, kept, _newest(ours) if kept else None)
    except (OddIndex, PdfError, ValueError, KeyError):
        return False
    return True


def _newest(file: bytes) -> int:
    """Return the place of the newest index, which the last lines of the file name."""
    ending = END.fullmatch(file, max(0, file.rfind(b"startxref")))
    if ending is None:
        raise OddIndex
    return int(ending[1])


def _read_back(reader: QuickReader, file: bytes, kept: int, last: int | None) -> None:
    """Read all revisions from the newest one back to ours, which has `kept` bytes and its index at `last`.

    Raise OddIndex.
    """
    end, place = len(file), _newest(file)
    for _ in range(MOST_REVISIONS):
        if place == last:
            require(kept <= end <= kept + MOST_SPACE and not file[kept:end].strip())
            return
        index = index_at(reader, file, place)
        require(_is_ended(file, index, end))
        end = _begin(reader, file, index)
        if index.before is None:
            require(last is None and HEADER.fullmatch(file, 0, end))
            return
        place = index.before
        require(place < end)
    raise OddIndex


def _is_ended(file: bytes, index: Index, end: int) -> bool:
    """Return whether between the index and `end` are only the lines that end a revision and name this index."""
    ending = END.fullmatch(file, index.after, end)
    space = end - len(file[:end].rstrip())
    return ending is not None and int(ending[1]) == index.place and space <= MOST_SPACE


def _begin(reader: QuickReader, file: bytes, index: Index) -> int:
    """Return where the revision begins. Raise OddIndex unless its objects follow each other up to the index."""
    places = index.places()
    begin = after = min([index.place, *(place for place, *_ in places)])
    for place, number, generation in places:
        require(place == after and not generation and file.startswith(b"%d 0 obj" % number, place))
        _, after = read_placed(reader, file, place)
    require(after in (index.place, index.after))
    require(_hides_nothing(file, begin, index))
    require(all(is_plain_pack(reader, pack) for pack in index.packs()))
    return begin


def _hides_nothing(file: bytes, begin: int, index: Index) -> bool:
    """Return whether a program that searches the revision for objects finds only those of its index, and one ending."""
    listed = {place for place, *_ in index.places()}
    if not file.startswith(b"xref", index.place):
        listed.add(index.place)
    end = END.match(file, index.after)
    revision = file[begin : end.end() if end else index.after]
    counts = [revision.count(word) for word in ENDING_WORDS]
    return len(BEGINS.findall(revision)) == len(listed) and counts[1:] == [1, 1] and counts[0] <= 1
