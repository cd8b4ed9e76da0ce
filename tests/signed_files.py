"""Letters and certificate files for the tests of the signing: a throw-away authority, and files that went wrong."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pypdf import PdfReader, PdfWriter

AUTHORITY = "Otoritas Contoh"
CERTIFICATE_PASSPHRASE = "rahasia berkas ü"
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """Return the key of this person or authority: one a run, because a key takes its time."""
    return rsa.generate_private_key(65537, 2048)


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def certificate(name: str, issuer: str, first: datetime = FIRST, last: datetime = LAST) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key(name).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=name == issuer, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name.replace(" ", "-").lower())]), critical=False)
        .add_extension(_usage(is_authority=name == issuer), critical=True)
        .sign(key(issuer), hashes.SHA256())
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    """Return what the key is for: an authority signs certificates, a person signs what cannot be denied later."""
    never = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    mine = {"digital_signature": not is_authority, "content_commitment": not is_authority}
    return x509.KeyUsage(**never, **mine, key_cert_sign=is_authority, crl_sign=is_authority)


def certificate_file(first: datetime = FIRST, last: datetime = LAST, *, has_key: bool = True) -> bytes:
    """Return the PKCS#12 file of Siti Contoh."""
    own = certificate("Siti Contoh", AUTHORITY, first, last)
    authority = certificate(AUTHORITY, AUTHORITY)
    locked = BestAvailableEncryption(CERTIFICATE_PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(
        b"siti", key("Siti Contoh") if has_key else None, own, [authority], locked
    )


@cache
def _signer() -> SimpleSigner:
    return SimpleSigner.load_pkcs12_data(certificate_file(), [], CERTIFICATE_PASSPHRASE.encode())


@cache
def letter_pdf(words: str = "Surat satu") -> bytes:
    """Return a letter drawn as the desk draws its letters."""
    from weasyprint import HTML

    return HTML(string=f"<p>{words}</p>").write_pdf()


@cache
def signed_pdf(pdf: bytes) -> bytes:
    """Return the PDF with one more signature of Siti Contoh. The same PDF is signed once a run."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    field = f"Tanda{pdf.count(b'/ByteRange')}"
    purpose = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    return sign_pdf(writer, purpose, _signer()).getvalue()


def rewritten(pdf: bytes) -> bytes:
    """Return the letter written again by another program, so that our bytes are not its beginning, and signed."""
    written = BytesIO()
    PdfWriter(clone_from=PdfReader(BytesIO(pdf))).write(written)
    return signed_pdf(written.getvalue())


def changed(pdf: bytes) -> bytes:
    """Return the signed letter with a later change that the signature does not cover."""
    writer = IncrementalPdfFileWriter(BytesIO(signed_pdf(pdf)))
    writer.root["/PageMode"] = writer.root["/Type"]
    writer.update_root()
    return writer.write_in_place() or writer.prev.stream.getvalue()


FILES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda pdf: signed_pdf(pdf)[:-2000],
    "other letter": lambda pdf: signed_pdf(letter_pdf("Surat yang lain")),
    "rewritten": rewritten,
    "changed": changed,
    "signed twice": lambda pdf: signed_pdf(signed_pdf(pdf)),
}
"""What the service may send in the place of our letter with its signature."""
