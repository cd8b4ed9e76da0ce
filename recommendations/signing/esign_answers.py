"""What an answer of the signing service means. Neither its HTTP status nor its content type can be trusted alone."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import strip_tags

from office.redaction import without_secrets
from office.refusals import Refused
from recommendations.signing.esign_connection import EsignAnswer, Silence
from recommendations.signing.passphrase import Passphrase
from recommendations.signing.refusals import (
    NotSigned,
    OfficeNotAdmitted,
    OutcomeUnknown,
    ServiceNotReachable,
    ServiceRefused,
    SignerNotRegistered,
    WrongPassphrase,
    shortened,
)

BLANKS = b"\xef\xbb\xbf \t\r\n"
"""What may come before the answer itself: the mark of UTF-8, and white space."""
END_OF_PDF = b"%%EOF"
CODE = re.compile(r"(?<!\d)(?:2011|2031|4014|4015|4024|4044)(?!\d)")
"""The codes with which the service refuses. Some builds write them only into the words."""
SAYS_WRONG = re.compile(
    r"passphrase\b.*\b(?:salah|wrong|invalid|incorrect)|\b(?:wrong|invalid|incorrect) passphrase", re.IGNORECASE
)
SAYS_UNKNOWN = re.compile(r"(?:penandatangan|user|nik)\b.*\btidak terdaftar", re.IGNORECASE)
Keep = Callable[[bytes], None]


@dataclass(frozen=True)
class Signed:
    """A signed file as the service sent it; whether it is our letter is not checked here.

    `document_id` is the service's number of it, or "" when the service did not say it.
    """

    pdf: bytes = field(repr=False)
    document_id: str


def pdf_in(answer: EsignAnswer) -> bytes:
    """Return the PDF that the answer is, or b"" when it is none."""
    body = answer.body.lstrip(BLANKS)
    return body if body.startswith(b"%PDF") else b""


def told_in(answer: EsignAnswer) -> dict[str, Any]:
    """Return the JSON object that the answer is, or an empty one."""
    body = answer.body.lstrip(BLANKS)
    try:
        told = json.loads(body) if body.startswith(b"{") else {}
    except (ValueError, RecursionError):
        return {}
    return dict(told)


def document_id_in(answer: EsignAnswer) -> str:
    """Return the service's number of the signed file, from a header or the JSON; "" without one."""
    named = {name.lower().replace("-", "_"): text for name, text in (answer.headers | told_in(answer)).items()}
    return shortened(str(named.get("id_dokumen") or ""))


def taken(pdf: bytes, document_id: str, keep: Keep) -> Signed | OutcomeUnknown:
    """Hand the signed file to `keep` before anything else, and return it, or OutcomeUnknown when its end is missing."""
    keep(pdf)
    return Signed(pdf, document_id) if END_OF_PDF in pdf[-1024:] else OutcomeUnknown(document_id)


def is_failure(answer: EsignAnswer) -> bool:
    """Return whether the answer is an error, which some builds send with the HTTP status of a success."""
    return not 200 <= answer.status_code < 300 or bool(told_in(answer).get("error"))


def failure_of(answer: EsignAnswer | Silence, passphrase: Passphrase) -> Refused:
    """Return why there is no signed file: a NotSigned only when that is certain, otherwise OutcomeUnknown."""
    if answer is Silence.NOT_SENT:
        return ServiceNotReachable()
    if not isinstance(answer, EsignAnswer):
        return OutcomeUnknown()
    words = words_in(answer, passphrase)
    refused_by_status = 300 <= answer.status_code < 500 or (answer.status_code < 300 and is_failure(answer))
    return _known(answer, words) or (_other(answer, words) if refused_by_status else OutcomeUnknown())


def words_in(answer: EsignAnswer, passphrase: Passphrase) -> str:
    """Return what the service says to a person, without HTML, persons and the passphrase; "" when it says nothing."""
    told = told_in(answer)
    said = next((text for text in (told.get("error"), told.get("message")) if isinstance(text, str) and text), "")
    return shortened(without_secrets(strip_tags(passphrase.hide_in(said))))


def _known(answer: EsignAnswer, words: str) -> NotSigned | None:
    """Return what a code or the usual words of the service mean. Its code tells more than its words."""
    found = CODE.search(str(told_in(answer).get("status_code"))) or CODE.search(words)
    code = found[0] if found else ""
    if code == "2031" or (not code and SAYS_WRONG.search(words)):
        return WrongPassphrase()
    if code == "2011" or (not code and SAYS_UNKNOWN.search(words)):
        return SignerNotRegistered()
    return ServiceRefused(words or f"kode {code}") if code else None


def _other(answer: EsignAnswer, words: str) -> NotSigned:
    return OfficeNotAdmitted() if answer.status_code == 401 else ServiceRefused(words or f"HTTP {answer.status_code}")
