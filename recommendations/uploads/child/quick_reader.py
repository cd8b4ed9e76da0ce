"""Read the objects of a PDF that are packed together (ISO 32000-1, 7.5.7) in a time that grows with their number.

pyHanko's own reader goes through the list of all packed objects for each of them. A letter of 15 pages has thousands,
so that it would need a minute.
"""

import io
from typing import Any

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import IndirectObject, Reference, StreamObject, read_object
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader


class QuickReader(PdfFileReader):
    """Reads a PDF strictly, as PdfFileReader does, and keeps the list of each pack of objects."""

    def __init__(self, pdf: bytes) -> None:
        self._packs: dict[int, tuple[io.BytesIO, list[tuple[int, int]]]] = {}
        super().__init__(io.BytesIO(pdf), strict=True)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        """Return an object of a pack. Raise PdfStrictReadError when the pack does not have it there."""
        content, places = self._packs.get(stmnum) or self._packs.setdefault(stmnum, self._pack(stmnum))
        if not 0 <= idx < len(places) or places[idx][0] != idnum:
            raise PdfStrictReadError("The pack does not have this object in this place.")
        content.seek(places[idx][1])
        found = read_object(content, Reference(idnum, 0, self))
        if isinstance(found, StreamObject | IndirectObject):
            raise PdfStrictReadError("An object of this kind may not be packed.")
        return found

    def pack_of(self, number: int) -> tuple[bytes, list[tuple[int, int]]]:
        """Return the content of a pack, with the number and place of each object in it.

        Raise PdfStrictReadError when it is no pack.
        """
        content, places = self._packs.get(number) or self._packs.setdefault(number, self._pack(number))
        return content.getvalue(), places

    def _pack(self, number: int) -> tuple[io.BytesIO, list[tuple[int, int]]]:
        """Return the content of a pack, with the number and place of each object in it."""
        stream = Reference(number, 0, self).get_object()
        if not isinstance(stream, StreamObject) or stream["/Type"] != "/ObjStm":
            raise PdfStrictReadError("This is no pack of objects.")
        content, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
        listed = [int(one) for one in content[:first].split()[: 2 * int(stream["/N"])]]
        places = [(one, first + place) for one, place in zip(listed[::2], listed[1::2], strict=True)]
        return io.BytesIO(content), places
