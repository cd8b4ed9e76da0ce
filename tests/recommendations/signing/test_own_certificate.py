"""The office's own certificate file signs a letter without a network, or says why it cannot."""

import socket
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from recommendations.signing.own_certificate import CertificateFileRefused, LetterNotSignable, sign
from recommendations.signing.passphrase import Passphrase
from recommendations.signing.refusals import NotSigned, PassphraseGone, WrongPassphrase
from tests.signed_files import CERTIFICATE_PASSPHRASE, FIRST, LAST, certificate_file, letter_pdf

AT = datetime(2026, 11, 29, 1, 30, tzinfo=UTC)
REASON = "Surat rekomendasi"


def signed_here(pdf=None, *, certificate=None, passphrase=CERTIFICATE_PASSPHRASE, at=AT) -> bytes:
    """Sign a letter with the file of Siti Contoh."""
    return sign(
        letter_pdf() if pdf is None else pdf,
        certificate=certificate or certificate_file(),
        passphrase=Passphrase(passphrase),
        reason=REASON,
        at=at,
    )


def test_the_letter_stays_the_beginning_and_the_signature_covers_all_of_it(monkeypatch):
    def no_network(*where, **how):
        raise AssertionError("A connection was made.")

    monkeypatch.setattr(socket, "create_connection", no_network)
    monkeypatch.setattr(socket.socket, "connect", no_network)
    signed = signed_here()

    (signature,) = PdfFileReader(BytesIO(signed)).embedded_signatures
    authority = ValidationContext(trust_roots=list(signature.other_embedded_certs), moment=AT)
    status = validate_pdf_signature(signature, authority)
    assert signed.startswith(letter_pdf())
    assert status.bottom_line
    assert status.timestamp_validity is None
    assert status.coverage.name == "ENTIRE_FILE"
    assert signature.signer_cert.subject.native["common_name"] == "Siti Contoh"


def test_the_signature_is_invisible_pades_with_our_time_and_reason():
    (signature,) = PdfFileReader(BytesIO(signed_here())).embedded_signatures

    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == REASON
    assert signature.self_reported_timestamp == AT
    assert [float(side) for side in signature.sig_field.get("/Rect", [0, 0, 0, 0])] == [0, 0, 0, 0]


def test_a_wrong_passphrase_is_said_in_words():
    with pytest.raises(WrongPassphrase) as refused:
        signed_here(passphrase="bukan yang benar")

    assert str(refused.value) == (
        "Passphrase salah, dan surat ini belum ditandatangani. "
        "Ketik lagi dengan teliti: yang diminta adalah passphrase berkas sertifikat."
    )


@pytest.mark.parametrize("broken", [b"bukan sertifikat", b"0", certificate_file()[:-40]])
def test_a_file_that_is_no_certificate_file_is_said_in_words(broken):
    with pytest.raises(CertificateFileRefused, match="rusak, atau bukan berkas PKCS#12"):
        signed_here(certificate=broken)


def test_a_file_without_a_key_is_said_in_words():
    with pytest.raises(CertificateFileRefused, match="tidak berisi kunci"):
        signed_here(certificate=certificate_file(has_key=False))


def test_a_certificate_is_refused_after_its_last_day_and_before_its_first():
    with pytest.raises(CertificateFileRefused, match="hanya berlaku sampai 31 Desember 2027"):
        signed_here(at=LAST + timedelta(seconds=1))
    with pytest.raises(CertificateFileRefused, match="baru berlaku mulai 1 Januari 2026"):
        signed_here(at=FIRST - timedelta(seconds=1))

    assert signed_here(at=LAST).startswith(letter_pdf())


@pytest.mark.parametrize("pdf", [b"", b"bukan PDF", b"%PDF-1.7\nrusak", letter_pdf()[:500]])
def test_a_letter_that_is_no_pdf_is_refused_in_words(pdf):
    with pytest.raises(LetterNotSignable, match="rusak atau sudah ditandatangani"):
        signed_here(pdf)


def test_a_letter_is_not_signed_twice_here():
    signed = signed_here()

    with pytest.raises(LetterNotSignable):
        signed_here(signed)


def test_a_wiped_passphrase_opens_nothing():
    with Passphrase(CERTIFICATE_PASSPHRASE) as passphrase:
        pass

    with pytest.raises(PassphraseGone):
        sign(letter_pdf(), certificate=certificate_file(), passphrase=passphrase, reason=REASON, at=AT)


def test_after_each_refusal_it_is_certain_that_nothing_was_signed():
    assert issubclass(CertificateFileRefused, NotSigned)
    assert issubclass(LetterNotSignable, NotSigned)
