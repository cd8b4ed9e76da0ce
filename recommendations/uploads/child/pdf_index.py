"""Reads the index of objects of one revision of a PDF (ISO 32000-1, 7.5.4 to 7.5.8), and takes only the exact form.

A program that meets another form may leave out a line, or search the whole file for objects. Then it finds other
objects than pyHanko does.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, IndirectObject, NumberObject, Reference, StreamObject, read_object

from recommendations.uploads.child.pdf_syntax import is_plain_text
from recommendations.uploads.child.quick_reader import QuickReader

BREAK = rb"(?:\r\n|\r|\n)"
LINE = rb"\d{10} \d{5} [nf](?: \r| \n|\r\n)"
LINE_LENGTH = 20
TABLE = re.compile(rb"xref *" + BREAK)
PART = re.compile(rb"(\d{1,9}) (\d{1,9}) *" + BREAK + rb"((?:" + LINE + rb")*)")
TRAILER = re.compile(BREAK + rb"?trailer(?: |" + BREAK + rb")?(?=<<)")
OBJECT = re.compile(rb"([1-9]\d{0,8}) 0 obj(?=[ \r\n<\[(/])[ \r\n]{0,2}")
END_OF_OBJECT = re.compile(rb"[ \r\n]{0,2}endobj[ \r\n]{0,4}")
BEGIN_OF_STREAM = re.compile(rb"(.*>>)[ \r\n]{0,2}stream\r?\n", re.DOTALL)
LINEARISED = "/Linearized"
"""An object with this entry says where the first page is (ISO 32000-1, F): some programs do not look elsewhere."""
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
    require(isinstance(trailer.raw_get("/Root"), IndirectObject))  # without it some programs search the whole file
    require("/XRefStm" not in trailer and all(kind in (FREE, PLACED, PACKED) for _, kind, *_ in entries))
    return Index(place, after, entries, _whole(trailer, "/Prev") if "/Prev" in trailer else None)


def _whole(entries: Any, key: str) -> int:
    """Return a whole number that is written here and not elsewhere."""
    value = entries.raw_get(key)
    require(isinstance(value, NumberObject) and value >= 0)
    return int(value)


def _whole_numbers(entries: Any, key: str) -> list[int]:
    """Return a list of whole numbers that are written here and not elsewhere."""
    values = entries.raw_get(key)
    require(
        isinstance(values, ArrayObject)
        and all(isinstance(values.raw_get(at), NumberObject) for at in range(len(values)))
    )
    return [int(value) for value in values]


def _table(reader: QuickReader, file: bytes, place: int) -> tuple[list[Entry], Any, int]:
    """Return the entries of a table, its trailer, and where that ends."""
    entries: list[Entry] = []
    after = _end_of(TABLE, file, place)
    while part := PART.match(file, after):
        require(len(part[3]) == LINE_LENGTH * int(part[2]))
        entries += _lines(int(part[1]), part[3])
        after = part.end()
    begin = _end_of(TRAILER, file, after)
    trailer, after = _read(reader, file, begin, 0)
    require(is_plain_text(file[begin:after]))
    return entries, trailer, after


def _lines(first: int, lines: bytes) -> Iterator[Entry]:
    for rank, begin in enumerate(range(0, len(lines), LINE_LENGTH)):
        line = lines[begin : begin + LINE_LENGTH]
        yield first + rank, PLACED if line[17:18] == b"n" else FREE, int(line[:10]), int(line[11:16])


def _stream(reader: QuickReader, file: bytes, place: int) -> tuple[list[Entry], Any, int]:
    """Return the entries of a stream that is an index, the stream, and where its object ends."""
    stream, after = read_placed(reader, file, place)
    require(isinstance(stream, StreamObject) and stream.get("/Type") == "/XRef")
    entries = list(_rows(stream))
    _check_own_number(reader, file, place, entries)
    return entries, stream, after


def _check_own_number(reader: QuickReader, file: bytes, place: int, entries: list[Entry]) -> None:
    """Raise OddIndex when the number of an index belongs to another object too: some programs then show the index.

    Some programs do not list the index itself.
    """
    number = int(file[place : file.index(b" ", place)])
    listed = [entry for entry in entries if entry[0] == number]
    require(listed == [(number, PLACED, place, 0)] if listed else not _is_listed(reader, number))


def _is_listed(reader: QuickReader, number: int) -> bool:
    """Return whether any index of the file has this number."""
    try:
        reader.xrefs.get_last_change(Reference(number, 0, reader))
    except KeyError:
        return False
    return True


def _rows(stream: Any) -> Iterator[Entry]:
    kinds, places, more = _whole_numbers(stream, "/W")
    listed = _whole_numbers(stream, "/Index") if "/Index" in stream else [0, _whole(stream, "/Size")]
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
    value, after = _read(reader, file, found.end(), int(found[1]))
    end, written = _end_of(END_OF_OBJECT, file, after), file[found.end() : after]
    require(not isinstance(value, IndirectObject))
    require(_is_plain_stream(written, value) if isinstance(value, StreamObject) else is_plain_text(written))
    require(not isinstance(value, dict) or LINEARISED not in value)
    return value, end


def _is_plain_stream(written: bytes, stream: Any) -> bool:
    """Return whether a stream is as long as it says, and its content begins in the line after the word `stream`."""
    content = stream.encoded_data
    before = (written.removesuffix(b"endstream").removesuffix(end) for end in (b"\r\n", b"\n", b"\r", b""))
    heads = [one.removesuffix(content) for one in before if one.endswith(content)]
    plain = (BEGIN_OF_STREAM.fullmatch(head) for head in heads)
    is_exact = any(found and is_plain_text(found[1]) for found in plain)
    return is_exact and int(stream["/Length"]) == len(content)


def _read(reader: QuickReader, file: bytes, begin: int, number: int) -> tuple[Any, int]:
    """Return the value that begins here, and where it ends."""
    rest = io.BytesIO(file)
    rest.seek(begin)
    return read_object(rest, Reference(number, 0, reader)), rest.tell()


def _end_of(form: re.Pattern[bytes], file: bytes, begin: int) -> int:
    """Return where the words of this form end. Raise OddIndex when they are not here."""
    found = form.match(file, begin)
    if found is None:
        raise OddIndex
    return found.end()
