"""A throw-away authority, its signers and time-stamps, and PDFs that they sign as the signing service does (PAdES)."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import time_machine
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12 as p12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner, fields
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

AUTHORITY = "Balai Sertifikasi Contoh"
BEGIN, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC)
LISTED = x509.CRLDistributionPoints(
    [x509.DistributionPoint([x509.UniformResourceIdentifier("http://contoh.example/dicabut.crl")], None, None, None)]
)
"""Where a list of revoked certificates would be; without such a place no list is looked into."""
SIGNED_AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
VISIBLE = (330, 20, 560, 60)
"""A place on the page with nothing on it, in points."""


@dataclass(frozen=True)
class Holder:
    """A certificate with its key, and the one that issued it (None: itself)."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    issuer: "Holder | None" = None

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def parsed(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))

    @property
    def parsed_key(self) -> keys.PrivateKeyInfo:
        form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return keys.PrivateKeyInfo.load(self.key.private_bytes(serialization.Encoding.DER, *form))


def authority(name: str = AUTHORITY) -> Holder:
    """Return an authority that signs its own certificate."""
    return _authority(name)


@cache
def _authority(name: str) -> Holder:
    return _holder(name, None, x509.BasicConstraints(ca=True, path_length=0), usage={"key_cert_sign", "crl_sign"})


@cache
def signer(
    name: str = "Siti Contoh",
    *,
    begin: datetime = BEGIN,
    end: datetime = END,
    issuer: str = AUTHORITY,
) -> Holder:
    """Return a person whose certificate is valid from `begin` to `end`."""
    plain = x509.BasicConstraints(ca=False, path_length=None)
    usage = {"digital_signature", "content_commitment"}
    return _holder(name, authority(issuer), plain, usage=usage, begin=begin, end=end)


@cache
def stamper(*, begin: datetime = BEGIN, end: datetime = END, issuer: str = AUTHORITY) -> Holder:
    """Return a time-stamp authority; pyHanko's dummy knows RSA only."""
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    key = rsa.generate_private_key(65537, 2048)
    usage = {"digital_signature"}
    return _holder("Stempel Waktu", authority(issuer), purpose, usage=usage, begin=begin, end=end, key=key)


def _holder(
    name: str,
    issuer: Holder | None,
    extension: x509.ExtensionType,
    *,
    usage: set[str],
    begin: datetime = BEGIN,
    end: datetime = END,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None,
) -> Holder:
    key = key or ec.generate_private_key(ec.SECP256R1())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer.certificate.subject if issuer else _name(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(extension, critical=True)
        .add_extension(_usage(usage), critical=True)
        .add_extension(LISTED, critical=False)
        .sign(issuer.key if issuer else key, hashes.SHA256())
    )
    return Holder(certificate, key, issuer)


def _name(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Kantor Contoh"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _usage(names: set[str]) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in names for name in every})


def pkcs12(holder: Holder, password: str) -> bytes:
    """Return the certificate and key of a signer as the file that a signing program asks for."""
    lock = serialization.BestAvailableEncryption(password.encode())
    issuers = [holder.issuer.certificate] if holder.issuer else None
    return p12.serialize_key_and_certificates(b"contoh", holder.key, holder.certificate, issuers, lock)


def revocations(by: Holder, *revoked: Holder, at: datetime = SIGNED_AT) -> bytes:
    """Return the list of revoked certificates of an authority, made at that time; they were revoked a week before."""
    week = timedelta(days=7)
    made = x509.CertificateRevocationListBuilder().issuer_name(by.certificate.subject)
    made = made.last_update(at - timedelta(days=1)).next_update(at + week)
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
        made = made.add_revoked_certificate(entry.revocation_date(at - week).build())
    return made.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def signed(
    pdf: bytes,
    *,
    by: Holder | None = None,
    at: datetime = SIGNED_AT,
    visible: tuple[int, int, int, int] | None = None,
    field: str = "TandaTangan",
    stamped_by: Holder | None = None,
    stamped_at: datetime | None = None,
    lasting: bool = False,
    certify: bool = False,
    digest: str = "sha256",
    pades: bool = True,
) -> bytes:
    """Return the PDF signed at that time as an incremental update: PAdES B-B, B-T with a stamper, B-LT when lasting.

    A visible signature is drawn in this box of page 1. One that certifies forbids other changes than signatures.
    """
    by = by or signer()
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=digest,
        certify=certify,
        subfilter=fields.SigSeedSubFilter.PADES if pades else fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        embed_validation_info=lasting,
        validation_context=_context(by, at) if lasting else None,
    )
    spec = fields.SigFieldSpec(sig_field_name=field, box=visible)
    clock = (
        DummyTimeStamper(stamped_by.parsed, stamped_by.parsed_key, fixed_dt=stamped_at or at) if stamped_by else None
    )
    with time_machine.travel(at, tick=False):
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        program = PdfSigner(meta, _program(by), timestamper=clock, new_field_spec=spec)
        return bytes(program.sign_pdf(writer).getvalue())


def _program(by: Holder) -> SimpleSigner:
    known = SimpleCertificateStore.from_certs([by.issuer.parsed] if by.issuer else [])
    return SimpleSigner(signing_cert=by.parsed, signing_key=by.parsed_key, cert_registry=known)


def _context(by: Holder, at: datetime) -> ValidationContext:
    issuer = by.issuer or by
    return ValidationContext(
        trust_roots=[issuer.parsed], crls=[revocations(issuer, at=at)], moment=at, allow_fetching=False
    )
