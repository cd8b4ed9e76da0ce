"""Sign through version 1 of the Esign Client Service: a call for each file, answered with the file or its number."""

import secrets
from urllib.parse import quote

from django.views.decorators.debug import sensitive_variables

from office.refusals import Refused
from recommendations.signing.esign_answers import (
    Keep,
    Signed,
    document_id_in,
    failure_of,
    is_failure,
    pdf_in,
    taken,
)
from recommendations.signing.esign_connection import Body, EsignAnswer, EsignService, exchange
from recommendations.signing.passphrase import Passphrase
from recommendations.signing.refusals import OutcomeUnknown

SIGN = "/api/sign/pdf"
DOWNLOAD = "/api/sign/download/"


def sign_one(
    service: EsignService,
    pdf: bytes,
    *,
    nik: str,
    passphrase: Passphrase,
    keep: Keep,
    timeouts: tuple[float, float],
) -> Signed | Refused:
    """Let the service sign one file. Hand it to `keep` before anything else.

    When the answer has only the number of the signed file, also because the rest broke off, the file is fetched.
    """
    answer = exchange(service, SIGN, _form(pdf, nik, passphrase), timeouts)
    if not isinstance(answer, EsignAnswer) or is_failure(answer):
        return failure_of(answer, passphrase)
    if signed := pdf_in(answer):
        return taken(signed, document_id_in(answer), keep)
    if document_id := document_id_in(answer):
        return _download(service, document_id, keep, timeouts)
    return failure_of(answer, passphrase)


def _download(
    service: EsignService, document_id: str, keep: Keep, timeouts: tuple[float, float]
) -> Signed | OutcomeUnknown:
    """Fetch the signed file. The service gives it exactly once, so there is no second try."""
    answer = exchange(service, DOWNLOAD + quote(document_id, safe=""), None, timeouts)
    signed = pdf_in(answer) if isinstance(answer, EsignAnswer) and answer.status_code == 200 else b""
    return taken(signed, document_id, keep) if signed else OutcomeUnknown(document_id)


@sensitive_variables()
def _form(pdf: bytes, nik: str, passphrase: Passphrase) -> Body:
    """Return the fields as multipart/form-data, in one bytearray that can be wiped: the passphrase last.

    The signature is invisible: all that is seen of it is in our PDF already.
    """
    mark = secrets.token_hex(16)
    content = bytearray(_head(mark, 'name="file"; filename="surat.pdf"', "Content-Type: application/pdf\r\n") + pdf)
    for name, value in (("nik", nik.encode()), ("tampilan", b"invisible"), ("passphrase", passphrase.utf8)):
        content += b"\r\n" + _head(mark, f'name="{name}"')
        content += value
    content += f"\r\n--{mark}--\r\n".encode()
    return Body(content, f"multipart/form-data; boundary={mark}")


def _head(mark: str, naming: str, kind: str = "") -> bytes:
    return f"--{mark}\r\nContent-Disposition: form-data; {naming}\r\n{kind}\r\n".encode()
