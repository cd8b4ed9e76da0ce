"""A letter that was changed before or after it was signed is found, though its signature holds."""

import io
import re
from types import SimpleNamespace

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from recommendations.uploads import BadFile
from recommendations.uploads.child.pdf_equality import are_equal
from recommendations.uploads.child.signatures import fills_its_gap
from recommendations.uploads.signatures import Kinship
from tests.recommendations.uploads.letters import (
    BLANK,
    WRITTEN,
    annotated,
    cloned,
    copied,
    drawn_over,
    drawn_over_and_back,
    hybrid,
    our_letter,
    prepared,
    put_behind,
    spoken_in_a_field,
    spoken_otherwise,
    time_stamped,
    updated,
    with_catalog_entry,
    with_empty_field,
    with_grown_field,
    with_odd_page,
)
from tests.recommendations.uploads.reading import seen
from tests.signers import SIGNED_AT, authority, signed, stamper

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.mark.parametrize("written", [copied, cloned])
def test_a_letter_that_the_signer_wrote_anew_is_compared_page_by_page(written):
    told = seen(signed(written(our_letter())))

    assert (told.kinship, told.unchanged, told.problem) == (Kinship.REWRITTEN, True, "")
    assert told.signatures[0].trusted


@pytest.mark.parametrize(("words", "equal"), [(b"Layak. " * 9, True), (b"Tidak. " * 9, False)])
def test_a_stream_that_was_packed_in_another_way_holds_the_same(words, equal):
    plain, packed = generic.StreamObject(stream_data=b"Layak. " * 9), generic.StreamObject(stream_data=words)
    packed.compress()

    assert packed.encoded_data != words
    assert are_equal(plain, packed, pages={}) == equal


@pytest.mark.parametrize("written", [copied, lambda pdf: updated(pdf, lambda writer: writer.update_root())])
def test_a_change_without_a_signature_is_reported(written):
    told = seen(written(our_letter()))

    assert not told.unchanged
    assert told.signatures == ()
    assert "tidak ditandatangani" in told.problem


@pytest.mark.parametrize("written", [copied, cloned, lambda pdf: pdf + b"\n"])
def test_an_unsigned_letter_in_other_bytes_is_a_copy(written):
    told = seen(written(our_letter()))

    assert told.is_copy
    assert not told.unchanged


@pytest.mark.parametrize(
    "changed",
    [
        drawn_over,
        annotated,
        spoken_otherwise,
        with_empty_field,
        signed,
        lambda pdf: cloned(drawn_over(pdf)),
        lambda pdf: time_stamped(pdf, stamper()),
        lambda pdf: our_letter("B-072/63710/HM.310/2026"),
    ],
)
def test_a_letter_with_another_content_or_a_place_for_a_signature_is_no_copy(changed):
    assert seen(changed(our_letter())).is_copy is False


def rotated(writer) -> None:
    writer.pages[1].rotate(180)


CHANGED = {
    # by name: the PDF before it is signed, and the words of the visitor's answer
    "another letter of ours": (lambda: our_letter("B-072/63710/HM.310/2026"), "halaman 1 tidak sama"),
    "a page more": (lambda: our_letter(pages=3), "3 halaman, sedangkan surat kami 2"),
    "a page drawn over": (lambda: drawn_over(our_letter()), "halaman 1 tidak sama"),
    "a note on a page": (lambda: annotated(our_letter()), "halaman 1 ada tambahan"),
    "a page turned": (lambda: cloned(our_letter(), rotated), "halaman 2 tidak sama"),
    "another PDF behind ours": (lambda: put_behind(our_letter(), HELLO), "1 halaman, sedangkan surat kami 2"),
    "another language": (
        lambda: with_catalog_entry(our_letter(), "/Lang", generic.pdf_string("en")),
        "di luar halaman",
    ),
    "layers": (
        lambda: with_catalog_entry(our_letter(), "/OCProperties", generic.DictionaryObject()),
        "di luar halaman",
    ),
    "a list of pages that says it is a page": (lambda: with_odd_page(our_letter()), "Daftar halaman"),
    "other words for a screen reader": (lambda: spoken_otherwise(our_letter()), "pembaca layar"),
    "words in the element of a field": (lambda: spoken_in_a_field(our_letter()), "pembaca layar"),
    "the picture of no signature": (lambda: with_empty_field(our_letter(), BLANK), "Gambar tanda tangan"),
    "a field to type in": (lambda: with_text_field(our_letter()), "isian formulir"),
}
HELLO = b"0 0 m 9 9 l S"


def with_text_field(pdf: bytes) -> bytes:
    field = {pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): generic.pdf_string("Nomor")}

    def add(writer) -> None:
        fields = generic.ArrayObject([writer.add_object(generic.DictionaryObject(field))])
        writer.root[pdf_name("/AcroForm")] = generic.DictionaryObject({pdf_name("/Fields"): fields})
        writer.update_root()

    return updated(pdf, add)


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_before_the_signature_is_reported_though_the_signature_holds(name):
    make, words = CHANGED[name]

    told = seen(signed(make()))

    assert not told.unchanged
    assert words in told.problem
    assert [one.intact for one in told.signatures] == [True]


def test_an_index_in_two_forms_is_not_believed():
    told = seen(hybrid(signed(our_letter())))

    assert not told.unchanged
    assert [one.intact for one in told.signatures] == [False]


def test_a_letter_of_ours_signed_under_another_number_is_no_kin():
    assert seen(signed(our_letter("B-072/63710/HM.310/2026"))).kinship == Kinship.OTHER


@pytest.mark.parametrize("change", [drawn_over, annotated])
def test_a_change_after_the_signature_is_reported_though_the_signature_holds(change):
    told = seen(change(signed(our_letter())))

    assert (told.kinship, told.unchanged) == (Kinship.EXTENDED, False)
    assert told.problem
    assert [one.intact for one in told.signatures] == [True]


def test_a_change_that_was_taken_back_after_the_signature_is_reported():
    told = seen(drawn_over_and_back(signed(our_letter())))

    assert not told.unchanged
    assert "diubah sesudah ditandatangani" in told.problem


@pytest.mark.parametrize("rest", [b"\n9 0 obj\n<< >>\nendobj\n", b"\n9 0 obj\n<< >>\nendobj\nstartxref\n%d\n%%%%EOF\n"])
def test_bytes_behind_the_end_are_reported(rest):
    file = signed(our_letter())
    start = int(re.findall(rb"startxref\s+(\d+)", file)[-1])

    told = seen(file + (rest % start if b"%d" in rest else rest + file[file.rindex(b"startxref") :]))

    assert not told.unchanged
    assert "Di belakang akhir berkas" in told.problem


def test_a_signature_that_grew_after_signing_is_reported():
    told = seen(with_grown_field(signed(our_letter(), visible=BLANK)))

    assert not told.unchanged
    assert "menutupi isi halaman 1" in told.problem


@pytest.mark.parametrize("added", [with_empty_field, prepared])
def test_what_signing_programs_prepare_without_a_picture_is_no_change(added):
    assert seen(signed(added(our_letter()))).unchanged


def test_a_time_stamp_over_the_file_is_no_signature_of_a_person():
    stamped = seen(time_stamped(our_letter(), stamper()))
    both = seen(time_stamped(signed(our_letter()), stamper()))

    assert (stamped.unchanged, stamped.signatures) == (False, ())
    assert "tidak ditandatangani" in stamped.problem
    assert both.unchanged
    assert [one.signer for one in both.signatures] == ["Siti Contoh"]


@pytest.mark.parametrize(
    ("covers", "fills"), [((0, 2, 6, 3), True), ((0, 2, 7, 2), False), ((1, 1, 6, 3), False), ((0, 2, 6, 4), False)]
)
def test_a_signature_leaves_out_nothing_but_its_own_signs(covers, fills):
    signature = SimpleNamespace(byte_range=covers, pkcs7_content=b"\xab")

    assert fills_its_gap(b"%P<ab>EOF", signature) == fills


def test_a_signature_may_be_drawn_where_nothing_is():
    hidden = seen(signed(our_letter(), visible=WRITTEN))

    assert seen(signed(our_letter(), visible=BLANK)).unchanged
    assert not hidden.unchanged
    assert "menutupi isi halaman 1" in hidden.problem


@pytest.mark.parametrize("inside", [True, False])
def test_a_flipped_byte_is_reported(inside):
    file = bytearray(signed(our_letter()))
    place = file.rindex(b"PPKLite") if inside else len(our_letter()) // 3
    file[place] ^= 1

    try:
        told = seen(bytes(file))
    except BadFile:
        return

    assert not told.unchanged
    assert [one.intact for one in told.signatures] != [True]


def test_a_changed_byte_behind_our_own_breaks_the_signature():
    file = signed(our_letter())
    place = file.rindex(b"(TandaTangan)") + 1

    told = seen(file[:place] + b"X" + file[place + 1 :])

    assert (told.kinship, told.unchanged) == (Kinship.EXTENDED, False)
    assert "berubah sesudah ditandatangani" in told.problem
    assert [(one.intact, one.trusted) for one in told.signatures] == [(False, False)]


@pytest.mark.parametrize("covers", [b"", b"0 0 0 0", b"0 10 20 30", b"5 5"])
def test_a_signature_that_says_it_covers_something_else_is_broken(covers):
    file = signed(our_letter())
    said = re.findall(rb"/ByteRange \[[^\]]*\]", file)[-1]

    told = seen(file.replace(said, (b"/ByteRange [%s]" % covers).ljust(len(said))))

    assert not told.unchanged
    assert [one.intact for one in told.signatures] == [False]


def test_a_signature_without_its_content_is_broken():
    file = signed(our_letter())
    said = re.findall(rb"<[0-9A-Fa-f]{1000,}>", file)[-1]

    told = seen(file.replace(said, b"<>".ljust(len(said))))

    assert not told.unchanged
    assert [(one.signer, one.intact, one.trusted) for one in told.signatures] == [("", False, False)]
    assert "rusak" in told.signatures[0].problem


def bottom_line(file: bytes) -> bool:
    """Return pyHanko's own judgement of the first signature."""
    embedded = PdfFileReader(io.BytesIO(file)).embedded_signatures[0]
    roots = ValidationContext(trust_roots=[authority().parsed], moment=SIGNED_AT, allow_fetching=False)
    return validate_pdf_signature(embedded, roots).bottom_line


def test_the_library_itself_judges_the_same():
    good, bad = signed(our_letter()), drawn_over(signed(our_letter()))

    assert (bottom_line(good), bottom_line(bad)) == (True, False)
    assert (seen(good).unchanged, seen(bad).unchanged) == (True, False)


def test_the_library_itself_overlooks_what_was_drawn_before_the_signature():
    file = signed(drawn_over(our_letter()))

    assert bottom_line(file)
    assert not seen(file).unchanged
