"""Reads the index of objects of one revision of a PDF (ISO 32000-1, 7.5.4 to 7.5.8), and takes only the exact form.

A program that meets another form may leave out a line, or search the whole file for objects. Then it finds other
objects than pyHanko does.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.generic import NumberObject, Reference, StreamObject, read_object

from recommendations.uploads.child.quick_reader import QuickReader

BREAK = rb"(?:\r\n|\r|\n)"
LINE = rb"\d{10} \d{5} [nf](?: \r| \n|\r\n)"
LINE_LENGTH = 20
TABLE = re.compile(rb"xref *" + BREAK)
PART = re.compile(rb"(\d{1,9}) (\d{1,9}) *" + BREAK + rb"((?:" + LINE + rb")*)")
TRAILER = re.compile(rb"trailer" + BREAK + rb"?(?=<<)")
OBJECT = re.compile(rb"(\d{1,9}) (\d{1,5}) obj[ \r\n]{0,2}")
END_OF_OBJECT = re.compile(rb"[ \r\n]{0,2}endobj[ \r\n]{0,4}")
FREE, PLACED, PACKED = range(3)
LARGEST_SIZE = 1_000_000

Entry = tuple[int, int, int, int]
"""Number, kind (FREE, PLACED or PACKED), place or pack, and generation or rank in the pack."""


class OddIndex(Exception):
    """The index, or an object that it lists, does not have exactly the form of the standard."""


def require(is_so: object) -> None:
    """Raise OddIndex unless it is so."""
    if not is_so:
        raise OddIndex


@dataclass(frozen=True)
class Index:
    """The index of one revision. `before` is the place of the index before it; `after` is where this one ends."""

    place: int
    after: int
    entries: list[Entry]
    before: int | None

    def places(self) -> list[tuple[int, int, int]]:
        """Return place, number and generation of each object that is not packed, in the order of the file."""
        return sorted((place, number, more) for number, kind, place, more in self.entries if kind == PLACED)

    def packs(self) -> set[int]:
        return {pack for _, kind, pack, _ in self.entries if kind == PACKED}


def index_at(reader: QuickReader, file: bytes, place: int) -> Index:
    """Return the index at this place of the file. Raise OddIndex."""
    entries, trailer, after = (_table if TABLE.match(file, place) else _stream)(reader, file, place)
    numbers = {number for number, *_ in entries}
    size = _whole(trailer, "/Size")
    require(len(numbers) == len(entries) and max(numbers, default=0) < size <= LARGEST_SIZE)
    require("/XRefStm" not in trailer and all(kind in (FREE, PLACED, PACKED) for _, kind, *_ in entries))
    return Index(place, after, entries, _whole(trailer, "/Prev") if "/Prev" in trailer else None)


def _whole(entries: Any, key: str) -> int:
    """Return a whole number that is written here and not elsewhere."""
    value = entries.raw_get(key)
    require(isinstance(value, NumberObject) and value >= 0)
    return int(value)


def _table(reader: QuickReader, file: bytes, place: int) -> tuple[list[Entry], Any, int]:
    """Return the entries of a table, its trailer, and where that ends."""
    entries: list[Entry] = []
    after = _end_of(TABLE, file, place)
    while part := PART.match(file, after):
        require(len(part[3]) == LINE_LENGTH * int(part[2]))
        entries += _lines(int(part[1]), part[3])
        after = part.end()
    trailer, after = _read(reader, file, _end_of(TRAILER, file, after), 0, 0)
    return entries, trailer, after


def _lines(first: int, lines: bytes) -> Iterator[Entry]:
    for rank, begin in enumerate(range(0, len(lines), LINE_LENGTH)):
        line = lines[begin : begin + LINE_LENGTH]
        yield first + rank, PLACED if line[17:18] == b"n" else FREE, int(line[:10]), int(line[11:16])


def _stream(reader: QuickReader, file: bytes, place: int) -> tuple[list[Entry], Any, int]:
    """Return the entries of a stream that is an index, the stream, and where its object ends."""
    stream, after = read_placed(reader, file, place)
    require(isinstance(stream, StreamObject) and stream.get("/Type") == "/XRef")
    return list(_rows(stream)), stream, after


def _rows(stream: Any) -> Iterator[Entry]:
    kinds, places, more = (int(width) for width in stream["/W"])
    listed = [int(number) for number in stream.get("/Index", [0, stream["/Size"]])]
    rows, size = io.BytesIO(stream.data), kinds + places + more
    require(len(stream.data) == size * sum(listed[1::2]) and size and min(listed, default=0) >= 0)
    for first, count in zip(listed[::2], listed[1::2], strict=True):
        for number in range(first, first + count):
            kind = int.from_bytes(rows.read(kinds)) if kinds else PLACED
            yield number, kind, int.from_bytes(rows.read(places)), int.from_bytes(rows.read(more))


def read_placed(reader: QuickReader, file: bytes, place: int) -> tuple[Any, int]:
    """Return the object that begins at this place, and where it ends. Raise OddIndex."""
    found = OBJECT.match(file, place)
    if found is None:
        raise OddIndex
    value, after = _read(reader, file, found.end(), int(found[1]), int(found[2]))
    end = _end_of(END_OF_OBJECT, file, after)
    if isinstance(value, StreamObject):
        require(_has_its_length(file[place:after], value))
    return value, end


def _has_its_length(written: bytes, stream: Any) -> bool:
    """Return whether a stream is as long as it says, and its content begins in the line after the word `stream`."""
    content = stream.encoded_data
    before = (written.removesuffix(b"endstream").removesuffix(end) for end in (b"\r\n", b"\n", b"\r", b""))
    heads = [one.removesuffix(content) for one in before if one.endswith(content)]
    is_exact = any(head.endswith((b"stream\n", b"stream\r\n")) for head in heads)
    return is_exact and int(stream["/Length"]) == len(content)


def _read(reader: QuickReader, file: bytes, begin: int, number: int, generation: int) -> tuple[Any, int]:
    """Return the value that begins here, and where it ends."""
    rest = io.BytesIO(file)
    rest.seek(begin)
    return read_object(rest, Reference(number, generation, reader)), rest.tell()


def _end_of(form: re.Pattern[bytes], file: bytes, begin: int) -> int:
    """Return where the words of this form end. Raise OddIndex when they are not here."""
    found = form.match(file, begin)
    if found is None:
        raise OddIndex
    return found.end()
