"""Sign through version 2 of the Esign Client Service: all files in one call, as base64 in JSON both ways."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from django.views.decorators.debug import sensitive_variables

from office.refusals import Refused
from recommendations.signing.esign_answers import (
    Keep,
    Signed,
    failure_of,
    is_failure,
    taken,
    told_in,
)
from recommendations.signing.esign_connection import Body, EsignAnswer, EsignService, exchange
from recommendations.signing.passphrase import Passphrase
from recommendations.signing.refusals import (
    CertificateNotActive,
    NotSigned,
    OutcomeUnknown,
    ServiceNotReachable,
    ServiceRefused,
    SignerNotRegistered,
)

SIGN = "/api/v2/sign/pdf"
STATUS = "/api/v2/user/check/status"
CAN_SIGN = "ISSUE"
INVISIBLE = {"tampilan": "INVISIBLE"}
ESCAPED = {byte: json.dumps(chr(byte))[1:-1].encode() for byte in (*range(0x20), ord('"'), ord("\\"))}
"""The bytes that JSON must escape, each with what it writes instead."""


def sign_together(
    service: EsignService,
    pdfs: Sequence[bytes],
    *,
    nik: str,
    passphrase: Passphrase,
    keeps: Sequence[Keep],
    timeouts: tuple[float, float],
) -> list[Signed | Refused]:
    """Let the service sign all files, if the signer's certificate can. Hand each to its `keep` before anything else."""
    if not pdfs:
        return []
    if problem := _certificate_problem(service, nik, passphrase, timeouts):
        return [problem] * len(pdfs)
    answer = exchange(service, SIGN, _order(pdfs, nik, passphrase), timeouts)
    files = told_in(answer).get("file") if isinstance(answer, EsignAnswer) and not is_failure(answer) else None
    if isinstance(files, list) and len(files) == len(pdfs):
        return _all_taken([_decoded(file) for file in files], keeps)
    return [failure_of(answer, passphrase)] * len(pdfs)


def _certificate_problem(
    service: EsignService, nik: str, passphrase: Passphrase, timeouts: tuple[float, float]
) -> NotSigned | None:
    """Ask for the status of the signer's certificate. Return why it cannot sign; only ISSUE can."""
    asked = Body(bytearray(json.dumps({"nik": nik}).encode()), "application/json")
    answer = exchange(service, STATUS, asked, timeouts)
    if not isinstance(answer, EsignAnswer):
        return ServiceNotReachable()
    status = _status_in(told_in(answer))
    if status and not is_failure(answer):
        return _cannot_sign(status)
    refusal = failure_of(answer, passphrase)
    return refusal if isinstance(refusal, NotSigned) else ServiceRefused("status sertifikat tidak terbaca")


def _status_in(told: dict[str, Any]) -> str:
    """Return the status of the certificate; "" without one. Builds of the service write it in different places."""
    inner = told.get("data")
    places = (told.get("status"), told.get("userStatus"), inner.get("status") if isinstance(inner, dict) else None)
    return next((text.strip().upper() for text in places if isinstance(text, str)), "")


def _cannot_sign(status: str) -> NotSigned | None:
    if status == CAN_SIGN:
        return None
    return SignerNotRegistered() if status == "NOT_REGISTERED" else CertificateNotActive(status)


@sensitive_variables()
def _order(pdfs: Sequence[bytes], nik: str, passphrase: Passphrase) -> Body:
    """Return the JSON of the call, in one bytearray that can be wiped. The signature is invisible, as in version 1."""
    order = {
        "nik": nik,
        "signatureProperties": [INVISIBLE] * len(pdfs),
        "file": [base64.b64encode(pdf).decode() for pdf in pdfs],
    }
    content = bytearray(json.dumps(order).encode().removesuffix(b"}") + b', "passphrase": "')
    for byte in passphrase.utf8:
        content += ESCAPED.get(byte) or bytes((byte,))
    content += b'"}'
    return Body(content, "application/json")


def _decoded(file: object) -> bytes:
    """Return the signed PDF from base64, which may have line breaks; b"" when it is none."""
    try:
        pdf = base64.b64decode("".join(str(file).split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
    return pdf if pdf.startswith(b"%PDF") else b""


def _all_taken(pdfs: Sequence[bytes], keeps: Sequence[Keep]) -> list[Signed | Refused]:
    """Keep each file before looking at the next one."""
    return [taken(pdf, "", keep) if pdf else OutcomeUnknown() for pdf, keep in zip(pdfs, keeps, strict=True)]
