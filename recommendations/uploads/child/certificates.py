"""Read the certificate of a signer, and say what is wrong with it at the time of signing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from asn1crypto import pem, x509
from pyhanko.sign.ades.report import AdESIndeterminate

Certificate = Any
TOO_WEAK = {AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE}

UNKNOWN_ISSUER = "Penerbit sertifikat penandatangan tidak dikenal kantor."
NO_ROOTS = "Kantor belum memasang sertifikat penerbit, jadi penandatangan belum dapat dipastikan."
WEAK = "Tanda tangan ini memakai cara yang sudah tidak aman."
TOO_EARLY = "Sertifikat penandatangan belum berlaku ketika menandatangani."
TOO_LATE = "Sertifikat penandatangan sudah berakhir ketika menandatangani."
REVOKED = "Sertifikat penandatangan sudah dicabut ketika menandatangani."


def certificate_of(content: bytes) -> Certificate:
    """Return the certificate that a PEM or DER file holds. Raise ValueError when it holds none."""
    der = pem.unarmor(content)[2] if pem.detect(content) else content
    read = x509.Certificate.load(der)
    if not read.native:
        raise ValueError("An empty certificate.")
    return read


def subject_words(name: Any, key: str) -> str:
    """Return one part of a name: `common_name`, `organization_name`. A part that occurs twice is joined."""
    said = name.native.get(key, "")
    return said if isinstance(said, str) else ", ".join(map(str, said))


def certificate_problem(certificate: Certificate, status: Any, when: datetime, roots: Sequence[Certificate]) -> str:
    """Return in Indonesian what is wrong with a certificate that signed at that time, or ""."""
    if when < certificate.not_valid_before:
        return TOO_EARLY
    if when > certificate.not_valid_after:
        return TOO_LATE
    if status.revoked:
        return REVOKED
    if status.trust_problem_indic in TOO_WEAK:
        return WEAK
    return "" if status.trusted else UNKNOWN_ISSUER if roots else NO_ROOTS
