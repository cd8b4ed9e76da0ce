"""The quick reader of packed objects reads what the library's own reader does, and is as strict."""

import io
import re

import pytest
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from recommendations.uploads.child.quick_reader import QuickReader
from tests.recommendations.uploads import samples
from tests.recommendations.uploads.letters import our_letter

PACK = 5
"""The number of the pack in the sample."""


def test_every_object_of_a_letter_is_read_as_the_library_does():
    quick, library = QuickReader(our_letter(pages=1)), PdfFileReader(io.BytesIO(our_letter(pages=1)))
    numbers = [(ref.idnum, ref.generation) for ref in library.xrefs.explicit_refs_in_revision(0)]

    different = [one for one in numbers if _said(quick, one) != _said(library, one)]

    assert len(numbers) > 30
    assert different == []


def _said(reader, number) -> str:
    """Return what an object is; a null says where it is in memory, too."""
    return re.sub(" at 0x[0-9a-f]+", "", str(reader.get_object(Reference(*number, pdf=reader))))


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (b"<< >> ", []),
        (b"<< >> ", [(9, 0)]),
        (b"7 0 R ", [(4, 0)]),
        (b"<< /Length 1 >> stream\nx\nendstream ", [(4, 0)]),
    ],
)
def test_a_pack_that_lies_is_not_read(content, places):
    reader = QuickReader(samples.packed_acting_pdf())
    reader._packs[PACK] = io.BytesIO(content), places

    with pytest.raises(PdfStrictReadError):
        reader.get_object(Reference(4, 0, pdf=reader))


def test_what_is_no_pack_is_not_read():
    reader = QuickReader(samples.packed_acting_pdf())

    with pytest.raises(PdfStrictReadError):
        reader._pack(2)
