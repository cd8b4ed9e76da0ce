"""A signed letter is found with its signers, and a certificate is judged as it was at the time of signing."""

import hashlib
import re
import socket
from datetime import UTC, datetime, timedelta

import pytest

from recommendations.letter.content import render_pdf
from recommendations.uploads import MAX_BYTES, BadFile, apart, signatures
from recommendations.uploads.child import signed_files
from recommendations.uploads.child.signed_files import read_signed_file
from recommendations.uploads.refusal import TooComplex
from recommendations.uploads.signatures import Kinship, SeenFile
from tests.recommendations.uploads import jobs, samples
from tests.recommendations.uploads.letters import (
    BLANK,
    acting,
    cloned,
    our_letter,
    with_more_fields,
    with_revocations,
)
from tests.recommendations.uploads.reading import seen
from tests.signers import SIGNED_AT, authority, pkcs12, revocations, signed, signer, stamper

pytestmark = pytest.mark.usefixtures("read_here")
YEAR = timedelta(days=365)


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
    assert (one.signer, one.organisation, one.issuer) == ("Siti Contoh", "Kantor Contoh", "Balai Sertifikasi Contoh")
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
    assert [one.signer for one in told.signatures] == ["Siti Contoh", "Saksi Contoh"]
    assert all(one.intact and one.trusted for one in told.signatures)


@pytest.mark.parametrize(
    "options", [{"visible": BLANK}, {"pades": False}, {"certify": True}, {"lasting": True}, {"stamped": True}]
)
def test_every_usual_way_to_sign_is_known(options):
    options = {"stamped_by": stamper(), "lasting": True} if "stamped" in options else options

    told = seen(signed(our_letter(), **options))

    assert (told.kinship, told.unchanged, told.problem) == (Kinship.EXTENDED, True, "")
    assert [(one.intact, one.trusted, one.problem) for one in told.signatures] == [(True, True, "")]


def test_a_claimed_time_without_a_zone_is_taken_as_utc():
    file = signed(our_letter())
    said, zone = re.findall(rb"/M (\(D[^)]*?20\d{12})([^)]*\))", file)[-1]

    (one,) = seen(file.replace(said + zone, said + b")".ljust(len(zone)))).signatures

    assert (one.signer, one.intact) == ("Siti Contoh", False)
    assert one.signed_at
    assert one.signed_at.tzinfo == UTC


def test_a_certificate_that_expired_after_the_signature_is_good():
    by = signer("Kepala Lama", begin=SIGNED_AT - 3 * YEAR, end=SIGNED_AT - YEAR)

    told = seen(signed(our_letter(), by=by, at=SIGNED_AT - 2 * YEAR))

    assert [(one.trusted, one.problem) for one in told.signatures] == [(True, "")]


@pytest.mark.parametrize(("at", "words"), [(SIGNED_AT, "sudah berakhir"), (SIGNED_AT - 4 * YEAR, "belum berlaku")])
def test_a_certificate_that_was_not_valid_at_the_signature_is_reported(at, words):
    by = signer("Kepala Lama", begin=SIGNED_AT - 3 * YEAR, end=SIGNED_AT - YEAR)

    told = seen(signed(our_letter(), by=by, at=at))

    (one,) = told.signatures
    assert told.unchanged
    assert (one.intact, one.trusted) == (True, False)
    assert words in one.problem


def test_a_time_stamp_is_believed_before_the_claim_of_the_signer():
    by = signer("Kepala Lama", begin=SIGNED_AT - 3 * YEAR, end=SIGNED_AT - YEAR)
    file = signed(our_letter(), by=by, at=SIGNED_AT - 2 * YEAR, stamped_by=stamper(), stamped_at=SIGNED_AT)

    (one,) = seen(file).signatures

    assert (one.signed_at, one.stamped_at) == (SIGNED_AT - 2 * YEAR, SIGNED_AT)
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
    told = seen(signed(our_letter(), by=signer("Siti Contoh", issuer="Balai Asing")))

    assert [(one.signer, one.trusted) for one in told.signatures] == [("Siti Contoh", False)]


def test_a_root_may_be_der():
    told = seen(signed(our_letter()), roots=[authority().parsed.dump()])

    assert told.signatures[0].trusted


def test_a_certificate_that_was_revoked_before_the_signature_is_reported():
    by = signer("Kepala Dicabut")
    file = with_revocations(signed(our_letter(), by=by), revocations(authority(), by))

    told = seen(file)

    assert told.unchanged
    assert not told.signatures[0].trusted
    assert "sudah dicabut" in told.signatures[0].problem


def test_a_certificate_that_was_revoked_after_the_signature_is_good():
    by = signer("Kepala Pindah")
    file = with_revocations(signed(our_letter(), by=by), revocations(authority(), by, at=SIGNED_AT + YEAR))

    assert [(one.trusted, one.problem) for one in seen(file).signatures] == [(True, "")]


def test_a_signature_made_in_a_weak_way_is_not_trusted():
    told = seen(signed(our_letter(), digest="sha1"))

    assert not told.signatures[0].trusted
    assert "tidak aman" in told.signatures[0].problem


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
    "active after the signature": (lambda: acting(signed(our_letter())), "JavaScript"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_no_upload_may_be_is_refused(name):
    make, words = REFUSED[name]

    with pytest.raises(BadFile, match=words):
        seen(make())


def refuse_to_verify(*args):
    raise AssertionError("a signature was verified before the fields were counted")


@pytest.mark.parametrize(
    ("number", "filled", "words"),
    [(20, True, "lebih dari 20 tanda tangan"), (100, False, "lebih dari 100 isian"), (3000, True, "lebih dari 100")],
)
def test_a_file_with_too_many_signature_fields_is_refused_before_any_is_verified(number, filled, words, monkeypatch):
    monkeypatch.setattr(signed_files, "read_signatures", refuse_to_verify)
    monkeypatch.setattr(signed_files, "change_in", refuse_to_verify)

    with pytest.raises(BadFile, match=words):
        seen(with_more_fields(signed(our_letter()), number, filled=filled))


@pytest.mark.parametrize(("number", "filled", "found"), [(19, True, 20), (99, False, 1)])
def test_as_many_signature_fields_as_are_allowed_are_read(number, filled, found):
    told = seen(with_more_fields(signed(our_letter()), number, filled=filled))

    assert len(told.signatures) == found
    assert told.signatures[0].intact


def test_five_signatures_one_after_another_are_accepted(child):
    file = our_letter()
    for number in range(5):
        file = signed(file, by=signer(f"Saksi Contoh {number}"), field=f"Saksi{number}")

    told = seen(file)

    assert (told.kinship, told.unchanged, told.problem) == (Kinship.EXTENDED, True, "")
    assert [(one.signer, one.trusted) for one in told.signatures] == [(f"Saksi Contoh {one}", True) for one in range(5)]


def test_a_file_with_too_many_signatures_is_refused_in_words_by_the_child(child):
    with pytest.raises(BadFile, match="lebih dari 100 isian"):
        seen(with_more_fields(signed(our_letter()), 3000, filled=True))


def test_a_hostile_file_ends_in_a_refusal(child, monkeypatch):
    monkeypatch.setattr(signatures, "JOB", f"{jobs.__name__}:crashes")

    with pytest.raises(TooComplex):
        seen(signed(our_letter()))


def test_reading_makes_no_network_connection(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the reading reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    file = signed(our_letter(), stamped_by=stamper())

    assert [one.trusted for one in read_signed_file(file, our_letter(), authority().pem).signatures] == [True]


def test_a_signer_can_be_handed_over_as_a_file():
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    kept = load_pkcs12(pkcs12(signer(), "rahasia"), b"rahasia")

    assert kept.cert.certificate == signer().certificate
    assert datetime.now(UTC) < kept.cert.certificate.not_valid_after_utc
