"""A file in which an object or a drawing is written in an odd way is not our letter: programs differ over it."""

import re
from functools import cache

import pikepdf
import pypdfium2
import pytest

from recommendations.uploads.child.pdf_revisions import has_one_reading
from recommendations.uploads.child.pdf_syntax import is_plain_text
from recommendations.uploads.child.quick_reader import QuickReader
from tests.recommendations.uploads.letters import our_letter
from tests.recommendations.uploads.reading import seen
from tests.recommendations.uploads.test_odd_indexes import by_qpdf

pytestmark = pytest.mark.usefixtures("read_here")

PLAIN = [
    b"<< /Type /Page /Rect [0 -1.5 .5 12.] /Contents 5 0 R >>",
    b"<</A(a \\) (b) c)/B<0aF>/C#20D/E true/F null>>",
    b"[/A/B]",
]
ODD = [
    b"<< /A 1 >x",
    b"<< /A >(",
    b"[1 %2\r3]",
    b"/A\x00",
    b"true\x0c",
    b"trueA",
    b"5 1 R",
    b"0 0 R",
    b"05 0 R",
    b"1.%s" % (b"0" * 40),
    b"--1",
    b"1_0",
    b"(a",
    b"{}",
]


@pytest.mark.parametrize("words", PLAIN)
def test_usual_words_are_plain(words):
    assert is_plain_text(words)


@pytest.mark.parametrize("words", ODD)
def test_odd_words_are_not_plain(words):
    assert is_plain_text(words) is False


@cache
def unpacked_letter() -> bytes:
    """Return our letter as qpdf writes it again: with a table for its index, and its drawings as they are drawn."""
    packing = {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "compress_streams": False}
    return by_qpdf(our_letter(), **packing, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)


def written_again(written: bytes, instead: bytes, more: bytes = b"") -> bytes:
    """Return the letter with other words instead of the first ones like these, another object and a fitting index."""
    file = unpacked_letter()
    assert written in file
    body = file[: file.rindex(b"xref\n0 ")].replace(written, instead, 1) + more
    trailer = re.sub(rb"/Size \d+", b"/Size 901", file[file.rindex(b"trailer") : file.rindex(b"startxref")])
    places = {int(one[1]): one.start() for one in re.finditer(rb"(?<=\n)(\d+) \d obj", body)}
    table = b"".join(b"%d 1\n%010d 00000 n \n" % one for one in places.items())
    return body + b"xref\n0 1\n0000000000 65535 f \n%s%sstartxref\n%d\n%%%%EOF\n" % (table, trailer, len(body))


TITLE = b"/DisplayDocTitle true"


def test_what_qpdf_writes_with_a_table_is_the_same_letter():
    assert seen(unpacked_letter()).is_copy
    assert seen(written_again(TITLE, TITLE)).is_copy


@pytest.mark.parametrize(
    ("instead", "more"),
    [
        (b"/DisplayDocTitle true >%", b""),
        (b"/DisplayDocTitle %\rtrue", b""),
        (b"/DisplayDocTitle 900 0 R", b"900 0 objtrue\nendobj\n"),
        (TITLE, b"900 0 obj\n<< /Linearized 1 /O 899 >>\nendobj\n"),
        (TITLE, b"900 0 obj\n1 0 R\nendobj\n"),
    ],
)
def test_a_file_with_odd_words_in_an_object_is_no_letter_of_ours(instead, more):
    written = TITLE + b" >>" if instead.endswith(b"%") else TITLE

    assert seen(written_again(TITLE, TITLE, b"900 0 obj\ntrue\nendobj\n")).is_copy
    told = seen(written_again(written, instead, more))

    assert not told.is_copy
    assert told.problem


def test_without_a_root_in_its_trailer_a_file_has_no_one_reading():
    file = unpacked_letter()
    place, root = len(file), QuickReader(file).root_ref.idnum
    size, before = int(QuickReader(file).trailer["/Size"]), file.rindex(b"xref\n0 ")
    end = b"xref\n0 0\ntrailer\n<< %%s /Size %d /Prev %d >>\nstartxref\n%d\n%%%%%%%%EOF\n" % (size, before, place)

    def is_plain(entry: bytes) -> bool:
        whole = file + end % entry
        return has_one_reading(QuickReader(whole), whole, our_letter())

    assert is_plain(b"/Root %d 0 R" % root)
    assert not is_plain(b"")


LENGTH = re.compile(rb"<< /Length \d+ >>(?=\nstream)")


@pytest.mark.parametrize("entries", [b"/F /FlateDecode", b"/DP << /Predictor 12 >>", b"/Filter /Crypt", b"/FL /Fl"])
def test_a_drawing_that_some_programs_would_unpack_in_another_way_is_not_ours(entries):
    """pdfium and pyHanko show our page, poppler and mupdf show an empty one, or another drawing."""
    begin = b"<< " + LENGTH.search(unpacked_letter())[0][3:]

    told = seen(written_again(begin, begin.replace(b" >>", b" %s >>" % entries)))

    assert "Isi halaman 1 tidak sama" in told.problem


def test_pdfium_draws_a_page_that_poppler_takes_for_packed():
    begin = LENGTH.search(unpacked_letter())[0]
    file = written_again(begin, begin.replace(b" >>", b" /F /FlateDecode >>"))

    with pypdfium2.PdfDocument(file) as opened:
        assert "layak" in opened[0].get_textpage().get_text_range()
