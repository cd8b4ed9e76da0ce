"""A file is told as what it is: our letter, our letter signed, or something else."""

import hashlib
import io
import json
import re
import socket
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from recommendations.letter.content import render_pdf
from recommendations.uploads import MAX_BYTES, BadFile, apart, signatures
from recommendations.uploads.apart import ChildAnswer, Limits
from recommendations.uploads.child.signed_files import read_signed_file
from recommendations.uploads.refusal import TooComplex
from recommendations.uploads.signatures import Kinship, SeenFile, seen_file
from tests.recommendations.uploads import jobs, samples
from tests.recommendations.uploads.letters import (
    annotated,
    cloned,
    copied,
    drawn_over,
    drawn_over_and_back,
    our_letter,
    put_behind,
    updated,
    with_catalog_entry,
    with_revocations,
)
from tests.signers import SIGNED_AT, authority, pkcs12, revocations, signed, signer, stamper

BLANK, WRITTEN = (330, 300, 560, 340), (60, 700, 300, 800)
"""Boxes on the first page of our letter, without and with something in them."""
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def read_here(request, monkeypatch) -> None:
    """Read in this process, which is quicker, unless the test asks for the child itself."""
    if "child" not in request.fixturenames:
        monkeypatch.setattr(signatures, "ask", ask_here)


@pytest.fixture
def child() -> None:
    """Let a child process read, as the desk does."""


def ask_here(job: str, *files: bytes, limits: Limits) -> ChildAnswer:
    """Return what the job answers, after the way through JSON."""
    module, name = job.split(":")
    answer = getattr(import_module(module), name)(*files)
    return ChildAnswer(json.loads(json.dumps(answer, default=lambda one: dict(vars(one)))), [])


def seen(file: bytes, *, drawn: bytes | None = None, roots: list[bytes] | None = None) -> SeenFile:
    return seen_file(file, drawn=drawn or our_letter(), roots=[authority().pem] if roots is None else roots)


def test_our_own_bytes_are_known_without_a_child(monkeypatch):
    monkeypatch.setattr(apart, "_run", None)

    told = seen(our_letter())

    assert told == SeenFile(hashlib.sha256(our_letter()).hexdigest(), Kinship.SAME, (), unchanged=True, problem="")


def test_a_signed_letter_is_ours_with_its_signer(child):
    file = signed(our_letter())

    told = seen(file)

    (one,) = told.signatures
    assert (told.kinship, told.unchanged, told.problem) == (Kinship.EXTENDED, True, "")
    assert told.sha256 == hashlib.sha256(file).hexdigest()
    assert (one.signer, one.organisation, one.issuer) == ("Kepala Contoh", "Kantor Contoh", "Balai Sertifikasi Contoh")
    assert (one.signed_at, one.stamped_at) == (SIGNED_AT, None)
    assert (one.intact, one.trusted, one.problem) == (True, True, "")


def test_the_real_letter_with_its_annex_can_be_signed(child, letter):
    drawn = render_pdf(letter.content)

    told = seen(signed(drawn), drawn=drawn)

    assert (told.kinship, told.unchanged) == (Kinship.EXTENDED, True)
    assert told.signatures[0].trusted


def test_a_letter_signed_twice_has_both_signatures_oldest_first():
    file = signed(signed(our_letter()), by=signer("Saksi Contoh"), field="Saksi", at=SIGNED_AT + YEAR)

    told = seen(file)

    assert told.unchanged
    assert [one.signer for one in told.signatures] == ["Kepala Contoh", "Saksi Contoh"]
    assert all(one.intact and one.trusted for one in told.signatures)


@pytest.mark.parametrize(
    "options", [{"visible": BLANK}, {"pades": False}, {"certify": True}, {"lasting": True}, {"stamped": True}]
)
def test_every_usual_way_to_sign_is_known(options):
    options = {"stamped_by": stamper(), "lasting": True} if "stamped" in options else options

    told = seen(signed(our_letter(), **options))

    assert (told.kinship, told.unchanged, told.problem) == (Kinship.EXTENDED, True, "")
    assert [(one.intact, one.trusted, one.problem) for one in told.signatures] == [(True, True, "")]


def test_a_certificate_that_expired_after_the_signature_is_good():
    by = signer("Kepala Lama", begin=SIGNED_AT - 3 * YEAR, end=SIGNED_AT - YEAR)

    told = seen(signed(our_letter(), by=by, at=SIGNED_AT - 2 * YEAR))

    assert [(one.trusted, one.problem) for one in told.signatures] == [(True, "")]


@pytest.mark.parametrize(("at", "words"), [(SIGNED_AT, "sudah berakhir"), (SIGNED_AT - 4 * YEAR, "belum berlaku")])
def test_a_certificate_that_was_not_valid_at_the_signature_is_told(at, words):
    by = signer("Kepala Lama", begin=SIGNED_AT - 3 * YEAR, end=SIGNED_AT - YEAR)

    told = seen(signed(our_letter(), by=by, at=at))

    (one,) = told.signatures
    assert told.unchanged
    assert (one.intact, one.trusted) == (True, False)
    assert words in one.problem


def test_a_time_stamp_is_believed_before_the_claim_of_the_signer():
    by = signer("Kepala Lama", begin=SIGNED_AT - 3 * YEAR, end=SIGNED_AT - YEAR)
    file = signed(our_letter(), by=by, at=SIGNED_AT, stamped_by=stamper())

    (one,) = seen(file).signatures

    assert one.stamped_at == SIGNED_AT
    assert "sudah berakhir" in one.problem


def test_a_time_stamp_of_an_unknown_authority_is_left_out():
    file = signed(our_letter(), stamped_by=stamper(issuer="Balai Asing"))

    told = seen(file)

    assert told.unchanged
    assert [(one.signed_at, one.stamped_at, one.trusted) for one in told.signatures] == [(SIGNED_AT, None, True)]


def test_a_time_stamp_lasts_longer_than_the_certificate_of_its_authority():
    old = stamper(begin=SIGNED_AT - 3 * YEAR, end=SIGNED_AT - YEAR)
    file = signed(our_letter(), at=SIGNED_AT - 2 * YEAR, stamped_by=old)

    assert [one.stamped_at for one in seen(file).signatures] == [SIGNED_AT - 2 * YEAR]


@pytest.mark.parametrize(
    ("roots", "words"),
    [
        (list, "belum memasang"),
        (lambda: [b"rubbish"], "belum memasang"),
        (lambda: [authority("Balai Asing").pem], "tidak dikenal kantor"),
    ],
)
def test_a_signer_under_no_known_root_is_not_trusted(roots, words):
    told = seen(signed(our_letter()), roots=roots())

    (one,) = told.signatures
    assert told.unchanged
    assert (one.intact, one.trusted) == (True, False)
    assert words in one.problem


def test_a_signer_with_the_name_of_the_head_but_another_issuer_is_not_trusted():
    told = seen(signed(our_letter(), by=signer("Kepala Contoh", issuer="Balai Asing")))

    assert [(one.signer, one.trusted) for one in told.signatures] == [("Kepala Contoh", False)]


def test_a_root_may_be_der():
    told = seen(signed(our_letter()), roots=[authority().parsed.dump()])

    assert told.signatures[0].trusted


def test_a_certificate_that_was_revoked_before_the_signature_is_told():
    by = signer("Kepala Dicabut")
    file = with_revocations(signed(our_letter(), by=by), revocations(authority(), by))

    told = seen(file)

    assert told.unchanged
    assert not told.signatures[0].trusted
    assert "sudah dicabut" in told.signatures[0].problem


def test_a_signature_made_in_a_weak_way_is_not_trusted():
    told = seen(signed(our_letter(), digest="sha1"))

    assert not told.signatures[0].trusted
    assert "tidak aman" in told.signatures[0].problem


@pytest.mark.parametrize("written", [copied, cloned])
def test_a_letter_that_the_signer_wrote_anew_is_compared_page_by_page(written):
    told = seen(signed(written(our_letter())))

    assert (told.kinship, told.unchanged, told.problem) == (Kinship.REWRITTEN, True, "")
    assert told.signatures[0].trusted


@pytest.mark.parametrize("written", [copied, lambda pdf: updated(pdf, lambda writer: writer.update_root())])
def test_a_change_without_a_signature_is_told(written):
    told = seen(written(our_letter()))

    assert not told.unchanged
    assert told.signatures == ()
    assert "tidak ditandatangani" in told.problem


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
    "a field to type in": (lambda: with_text_field(our_letter()), "isian formulir"),
}
HELLO = b"0 0 m 9 9 l S"
ALERT = generic.DictionaryObject(
    {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("app.alert(1)")}
)


def with_text_field(pdf: bytes) -> bytes:
    field = {pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): generic.pdf_string("Nomor")}

    def add(writer) -> None:
        fields = generic.ArrayObject([writer.add_object(generic.DictionaryObject(field))])
        writer.root[pdf_name("/AcroForm")] = generic.DictionaryObject({pdf_name("/Fields"): fields})
        writer.update_root()

    return updated(pdf, add)


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_before_the_signature_is_told_though_the_signature_holds(name):
    make, words = CHANGED[name]

    told = seen(signed(make()))

    assert not told.unchanged
    assert words in told.problem
    assert [one.intact for one in told.signatures] == [True]


def test_a_letter_of_ours_signed_under_another_number_is_no_kin():
    assert seen(signed(our_letter("B-072/63710/HM.310/2026"))).kinship == Kinship.OTHER


@pytest.mark.parametrize("change", [drawn_over, annotated])
def test_a_change_after_the_signature_is_told_though_the_signature_holds(change):
    told = seen(change(signed(our_letter())))

    assert (told.kinship, told.unchanged) == (Kinship.EXTENDED, False)
    assert told.problem
    assert [one.intact for one in told.signatures] == [True]


def test_a_change_that_was_taken_back_after_the_signature_is_told():
    told = seen(drawn_over_and_back(signed(our_letter())))

    assert not told.unchanged
    assert "diubah sesudah ditandatangani" in told.problem


@pytest.mark.parametrize("rest", [b"\n9 0 obj\n<< >>\nendobj\n", b"\n9 0 obj\n<< >>\nendobj\nstartxref\n%d\n%%%%EOF\n"])
def test_bytes_behind_the_end_are_told(rest):
    file = signed(our_letter())
    start = int(re.findall(rb"startxref\s+(\d+)", file)[-1])

    told = seen(file + (rest % start if b"%d" in rest else rest + file[file.rindex(b"startxref") :]))

    assert not told.unchanged
    assert "Di belakang akhir berkas" in told.problem


def test_a_signature_may_be_drawn_where_nothing_is():
    hidden = seen(signed(our_letter(), visible=WRITTEN))

    assert seen(signed(our_letter(), visible=BLANK)).unchanged
    assert not hidden.unchanged
    assert "menutupi isi halaman 1" in hidden.problem


@pytest.mark.parametrize("inside", [True, False])
def test_a_flipped_byte_is_told(inside):
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


REFUSED = {
    "empty": (lambda: b"", "kosong"),
    "too big": (lambda: b"%PDF-" + bytes(MAX_BYTES), "paling besar 10 MB"),
    "no PDF": (samples.photo, "bukan PDF"),
    "rubbish": (lambda: b"isi", "bukan PDF"),
    "cut short": (lambda: signed(our_letter())[:-300], "terpotong atau rusak"),
    "locked": (lambda: cloned(our_letter(), lambda writer: writer.encrypt("rahasia")), "terkunci"),
    "locked without a password": (lambda: cloned(our_letter(), lambda writer: writer.encrypt("", "kunci")), "terkunci"),
    "active": (samples.acting_pdf, "JavaScript"),
    "active and signed": (lambda: signed(samples.acting_pdf()), "JavaScript"),
    "active after the signature": (
        lambda: with_catalog_entry(signed(our_letter()), "/OpenAction", ALERT),
        "JavaScript",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_no_upload_may_be_is_refused(name):
    make, words = REFUSED[name]

    with pytest.raises(BadFile, match=words):
        seen(make())


def test_a_hostile_file_ends_in_a_refusal(child, monkeypatch):
    monkeypatch.setattr(signatures, "JOB", f"{jobs.__name__}:uses_memory_of_all")

    with pytest.raises(TooComplex):
        seen(signed(our_letter()))


def test_reading_makes_no_network_connection(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the reading reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    file = signed(our_letter(), stamped_by=stamper())

    assert [one.trusted for one in read_signed_file(file, our_letter(), authority().pem).signatures] == [True]


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


def test_a_signer_can_be_handed_over_as_a_file():
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    kept = load_pkcs12(pkcs12(signer(), "rahasia"), b"rahasia")

    assert kept.cert.certificate == signer().certificate
    assert datetime.now(UTC) < kept.cert.certificate.not_valid_after_utc
