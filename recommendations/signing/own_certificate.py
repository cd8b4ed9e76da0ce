"""Sign with the office's own certificate file (PKCS#12, .p12 or .pfx), for its trials. Nothing leaves this machine."""

from datetime import datetime
from io import BytesIO
from typing import Any, cast

from asn1crypto.pkcs12 import Pfx
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate
from django.views.decorators.debug import sensitive_variables
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from office.formats import plain_date
from recommendations.signing.passphrase import Passphrase
from recommendations.signing.refusals import NotSigned, WrongPassphrase

FIELD = "TandaTangan"
"""The name of the signature's field in the PDF. It is not seen on the page."""


class CertificateFileRefused(NotSigned):
    """Raised when the file has nothing that can sign now."""


class LetterNotSignable(NotSigned):
    """Raised when the letter is not a PDF, or has this signature already."""

    def __init__(self) -> None:
        super().__init__("PDF surat ini rusak atau sudah ditandatangani, jadi tidak ditandatangani lagi.")


def sign(pdf: bytes, *, certificate: bytes, passphrase: Passphrase, reason: str, at: datetime) -> bytes:
    """Return the PDF with an invisible signature (PAdES B-B) at its end. Its own bytes stay as they are.

    Raise WrongPassphrase, CertificateFileRefused, LetterNotSignable or PassphraseGone. The caller wipes the passphrase.
    """
    signer = _signer(certificate, passphrase, at)
    purpose = PdfSignatureMetadata(field_name=FIELD, reason=reason, subfilter=SigSeedSubFilter.PADES)
    signed = BytesIO()
    try:
        _SignerAt(purpose, signer, at).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=signed)
    except (PdfError, SigningError) as problem:
        raise LetterNotSignable from problem
    return signed.getvalue()


class _SignerAt(PdfSigner):
    """pyHanko's signer. It writes the time of the act by the office's clock, not by the computer's."""

    def __init__(self, purpose: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(purpose, signer)
        self._at = at

    def init_signing_session(self, *writer: Any, **how: Any) -> Any:
        session = super().init_signing_session(*writer, **how)
        session.system_time = self._at
        return session


@sensitive_variables()
def _signer(certificate: bytes, passphrase: Passphrase, at: datetime) -> SimpleSigner:
    """Return pyHanko's signer for the file, after the checks that pyHanko does not make."""
    utf8 = cast("bytes", passphrase.utf8)  # a bytearray serves as well, and no copy is made
    try:
        key, own, _ = pkcs12.load_key_and_certificates(certificate, utf8)
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise _why_closed(certificate) from problem
    if key is None or own is None:
        raise CertificateFileRefused("Berkas sertifikat ini tidak berisi kunci untuk menandatangani.")
    _check_days(own, at)
    signer: SimpleSigner = SimpleSigner.load_pkcs12_data(certificate, [], utf8)
    return signer


def _why_closed(certificate: bytes) -> NotSigned:
    """Return why the file did not open: it is no PKCS#12 file, or the passphrase is wrong."""
    try:
        Pfx.load(certificate, strict=True)
    except (ValueError, TypeError):
        return CertificateFileRefused("Berkas sertifikat ini rusak, atau bukan berkas PKCS#12 (.p12 atau .pfx).")
    return WrongPassphrase("yang diminta adalah passphrase berkas sertifikat")


def _check_days(certificate: Certificate, at: datetime) -> None:
    """Raise CertificateFileRefused when the certificate is not valid at this time."""
    if at > certificate.not_valid_after_utc:
        last = plain_date(certificate.not_valid_after_utc)
        raise CertificateFileRefused(f"Sertifikat ini hanya berlaku sampai {last}. Pakai sertifikat yang baru.")
    if at < certificate.not_valid_before_utc:
        first = plain_date(certificate.not_valid_before_utc)
        raise CertificateFileRefused(f"Sertifikat ini baru berlaku mulai {first}.")
