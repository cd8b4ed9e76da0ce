"""A file that programs read in different ways is not our letter, although pyHanko finds our letter in it."""

import io
import re
from collections.abc import Callable
from functools import cache

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfWriter

from recommendations.uploads.child.pdf_revisions import has_one_reading
from recommendations.uploads.child.quick_reader import QuickReader
from tests.recommendations.uploads.letters import BLANK, cloned, copied, our_letter, time_stamped, with_empty_field
from tests.recommendations.uploads.reading import seen
from tests.signers import signed, signer, stamper

pytestmark = pytest.mark.usefixtures("read_here")
FORGED = b"BT /F1 18 Tf 60 700 Td (Survei Karangan dinyatakan layak) Tj ET"
FONT = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
NEXT = 9000
"""The number of an object that our letter does not have."""


@cache
def signed_letter() -> bytes:
    return signed(our_letter())


def page_number(pdf: bytes) -> int:
    return int(QuickReader(pdf).root["/Pages"]["/Kids"].raw_get(0).idnum)


def page_of(pdf: bytes) -> bytes:
    """Return the object of the first page as it is written in the newest revision that has it."""
    begins = [found.start() + 1 for found in re.finditer(rb"\n%d 0 obj" % page_number(pdf), pdf)]
    return pdf[begins[-1] : pdf.index(b"endobj", begins[-1]) + len(b"endobj")] + b"\n"


def forged_page(pdf: bytes) -> bytes:
    parent = QuickReader(pdf).root.raw_get("/Pages").idnum
    page = (
        b"%d 0 obj\n<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>\nendobj\n"
    )
    content = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (NEXT, len(FORGED), FORGED)
    return content + page % (page_number(pdf), parent, NEXT, FONT)


def extended(index: Callable[[int, int], bytes], hidden: bytes = b"", entries: bytes = b"") -> bytes:
    """Return the signed letter with its first page once more, the same again, with `hidden` behind it and this index.

    `index` gets the places of both. The trailer has these entries too.
    """
    pdf = signed_letter() + b"\n"
    reader, first = QuickReader(pdf), len(pdf)
    pdf += page_of(signed_letter())
    second = len(pdf)
    pdf += hidden
    place, trailer = len(pdf), (entries, reader.root_ref.idnum, reader.last_startxref)
    pdf += index(first, second) + b"trailer\n<< %s /Root %d 0 R /Prev %d /ID [<00> <00>] >>\n" % trailer
    return pdf + b"startxref\n%d\n%%%%EOF\n" % place


def line(number: int, place: int) -> bytes:
    return b"%d 1\n%010d 00000 n \n" % (number, place)


PAGE = page_number(our_letter())
SIZE = b"/Size %d" % (NEXT + 1)


def plain(first: int, _: int) -> bytes:
    return b"xref\n" + line(PAGE, first)


def _forged_place(second: int) -> int:
    return second + forged_page(signed_letter()).index(b"\n%d 0 obj" % PAGE) + 1


ODD = {
    "an object between": plain,
    "another word": lambda first, _: b"xrefZ\n" + line(PAGE, first),
    "an empty line": lambda first, _: b"xref\n0 1\n0000000000 65535 f \n\n" + line(PAGE, first),
    "a comment": lambda first, _: b"xref\n%x\n" + line(PAGE, first),
    "a sign": lambda first, _: b"xref\n+" + line(PAGE, first),
    "a number twice": lambda first, second: (
        b"xref\n" + line(PAGE, _forged_place(second)) + line(PAGE, first) + line(NEXT, second)
    ),
    "a place before": lambda first, second: b"xref\n" + line(PAGE, first) + line(NEXT, 100),
}


@pytest.mark.parametrize("index", ODD)
def test_a_file_with_an_odd_index_is_not_taken_for_our_letter(index):
    told = seen(extended(ODD[index], forged_page(signed_letter()), SIZE))

    assert not told.unchanged
    assert told.problem


def test_pdfium_shows_another_page_of_a_file_in_which_pyhanko_finds_ours():
    forged = extended(ODD["another word"], forged_page(signed_letter()), SIZE)

    with pypdfium2.PdfDocument(forged) as opened:
        assert "Karangan" in opened[0].get_textpage().get_text_range()
    assert "tampak lain" in seen(forged).problem


@pytest.mark.parametrize(
    ("entries", "is_plain"), [(SIZE, True), (SIZE + b" /XRefStm 100", False), (b"/Size %d" % PAGE, False)]
)
def test_the_same_page_once_more_is_plain_but_a_trailer_with_a_second_index_or_with_too_small_a_size_is_odd(
    entries, is_plain
):
    assert one_reading(extended(plain, entries=entries)) == is_plain


@pytest.mark.parametrize(("length", "is_plain"), [(6, True), (5, False), (8, False)])
def test_a_stream_is_as_long_as_it_says(length, is_plain):
    stream = b"%d 0 obj\n<< /Length %d >>\nstream\nContoh\nendstream\nendobj\n" % (NEXT, length)

    file = extended(lambda first, second: plain(first, second) + line(NEXT, second), stream, SIZE)

    assert one_reading(file) == is_plain


@pytest.mark.parametrize(("numbers", "is_plain"), [(b"9001 0 9002 3", True), (b"9001 0 9001 3", False)])
def test_a_pack_has_each_number_once(numbers, is_plain):
    assert one_reading(with_index_stream(pack_of(numbers))) == is_plain


def pack_of(numbers: bytes) -> bytes:
    """Return the object 9000: a pack with two empty lists of these numbers, each with its place."""
    packed = b"%d 0 obj\n<< /Type /ObjStm /N 2 /First %d /Length %d >>\nstream\n%s\n[] []\nendstream\nendobj\n"
    return packed % (NEXT, len(numbers) + 1, len(numbers) + len(b"\n[] []"), numbers)


def with_index_stream(pack: bytes, kind: bytes = b"\x02") -> bytes:
    """Return our letter as qpdf writes it, with an update: a pack with the object 9001, listed in a stream."""
    pdf = signed(by_qpdf(our_letter(), object_stream_mode=pikepdf.ObjectStreamMode.generate))
    reader, second = QuickReader(pdf), len(pdf)
    pdf += pack
    place = len(pdf)
    rows = b"\x01%b\x00" % second.to_bytes(4) + kind + b"%b\x00" % NEXT.to_bytes(4) + b"\x01%b\x00" % place.to_bytes(4)
    facts = (NEXT + 3, reader.root_ref.idnum, reader.last_startxref, len(rows), rows)
    head = b"9002 0 obj\n<< /Type /XRef /W [1 4 1] /Index [9000 3] /Size %d /Root %d 0 R /Prev %d /Length %d >>\n"
    pdf += (head + b"stream\n%s\nendstream\nendobj\n") % facts
    return pdf + b"startxref\n%d\n%%%%EOF\n" % place


def one_reading(file: bytes) -> bool:
    try:
        return has_one_reading(QuickReader(file), file, our_letter())
    except Exception:  # noqa: BLE001 - a file that pyHanko does not open has no reading at all
        return False


WHOLE_PDF = b"2 0 obj\n<< /Type /Catalog /Pages 3 0 R >>\nendobj\ntrailer\n<< /Root 2 0 R /Size 4 >>\n"


@pytest.mark.parametrize("words", [WHOLE_PDF, b"7\n0\nobj", b"7 % x\n0 obj", b"%%EOF"])
def test_a_stream_hides_nothing_that_another_program_would_find(words):
    """A program that repairs a file also reads inside its streams."""
    stream = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n"

    def added(content: bytes) -> bytes:
        hidden = stream % (NEXT, len(content), content)
        return extended(lambda first, second: plain(first, second) + line(NEXT, second), hidden, SIZE)

    assert one_reading(added(b"Contoh"))
    assert not one_reading(added(b"Contoh\n" + words))


@pytest.mark.parametrize(
    ("written", "instead", "is_plain"),
    [
        (b"startxref\n", b"startxref\n", True),
        (b"startxref\n", b"%iText 5.5.13\nstartxref\n", True),
        (b"startxref\n", b"startxref\n" + b" " * 1100, False),
        (b"\n%%EOF", b"\n" * 1100 + b"%%EOF", False),
        (SIZE, b"/Size 3000000000", False),
        (SIZE, SIZE + b".0", False),
    ],
)
def test_the_end_of_a_revision_has_its_exact_form(written, instead, is_plain):
    file = extended(plain, entries=SIZE)
    begin = file.rindex(b"\nxref")
    changed = file[:begin] + file[begin:].replace(written, instead)

    assert one_reading(changed) == is_plain


@pytest.mark.parametrize(("kind", "is_plain"), [(b"\x02", True), (b"\x03", False), (b"\x09", False)])
def test_an_index_has_only_known_kinds(kind, is_plain):
    assert one_reading(with_index_stream(pack_of(b"9001 0 9002 3"), kind)) == is_plain


def by_qpdf(pdf: bytes, **how: object) -> bytes:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(kept, **how)
    return kept.getvalue()


def added_by_pypdf(pdf: bytes) -> bytes:
    """Return the PDF with an update that pypdf wrote."""
    writer, kept = PdfWriter(io.BytesIO(pdf), incremental=True), io.BytesIO()
    writer.add_metadata({"/Subject": "Contoh"})
    writer.write(kept)
    return kept.getvalue()


WRITERS = {
    "ours": lambda pdf: pdf,
    "pyHanko": copied,
    "pypdf": cloned,
    "qpdf": by_qpdf,
    "qpdf, packed": lambda pdf: by_qpdf(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "an update by pypdf": added_by_pypdf,
}


@pytest.mark.parametrize("writer", WRITERS)
def test_what_usual_programs_write_is_read_in_one_way(writer):
    written = WRITERS[writer](our_letter())

    assert one_reading(written)
    assert one_reading(time_stamped(signed(signed(written, lasting=True), field="Saksi"), stamper()))


def test_a_time_stamp_has_no_picture():
    empty = with_empty_field(signed_letter(), BLANK)

    assert seen(time_stamped(signed_letter(), stamper())).unchanged
    assert "menutupi" in seen(time_stamped(empty, stamper(), field="Kosong")).problem


def test_a_signature_with_a_picture_is_reported_as_visible():
    file = signed(signed(our_letter(), visible=BLANK), by=signer("Saksi Contoh"), field="Saksi")

    assert [one.is_visible for one in seen(file).signatures] == [True, False]


@pytest.mark.parametrize(
    ("numbers", "objects", "is_plain"),
    [
        (b"9001 0 9002 3", b"[] []", True),
        (b"+9001 0 9002 3", b"[] []", False),
        (b"9001 0 9002 2", b"[ ] []", False),
        (b"9001 0 9002 3", b"[] [%\r]", False),
        (b"9001 1 9002 4", b" [] []", False),
        (b"9001 3 9002 0", b"[] []", False),
    ],
)
def test_packed_objects_follow_each_other_and_each_ends_where_the_next_begins(numbers, objects, is_plain):
    """poppler reads an object only as far as the place of the next one, pyHanko as far as it goes."""
    content = numbers + b"\n" + objects
    pack = b"%d 0 obj\n<< /Type /ObjStm /N 2 /First %d /Length %d >>\nstream\n%s\nendstream\nendobj\n"

    assert one_reading(with_index_stream(pack % (NEXT, len(numbers) + 1, len(content), content))) == is_plain


@pytest.mark.parametrize(("number", "is_plain"), [(NEXT, True), (PAGE, False)])
def test_an_index_that_does_not_list_itself_has_a_number_of_its_own(number, is_plain):
    """For mupdf an index is the object with its number: it draws the lines of the index as a page."""
    pdf = signed_letter()
    reader, place = QuickReader(pdf), len(pdf)
    spare, size, before = place, NEXT + 2, reader.last_startxref
    spare_object = b"%d 0 obj\n[]\nendobj\n" % (NEXT + 1)
    place += len(spare_object)
    rows = b"\x01%b\x00" % spare.to_bytes(4)
    head = b"%d 0 obj\n<< /Type /XRef /W [1 4 1] /Index [%d 1] /Size %d /Root %d 0 R /Prev %d /Length 6 >>\n"
    pdf += spare_object + head % (number, NEXT + 1, size, reader.root_ref.idnum, before)

    assert one_reading(pdf + b"stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (rows, place)) == is_plain
