"""Read the signatures of a PDF (PAdES, ISO 32000-1, 12.8): who signed, when, and whether they still hold.

Nothing is fetched from a network: a certificate is judged by the office's roots and by the proofs inside the file.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import DisallowedAlgorithmError
from pyhanko.sign.validation.generic_cms import collect_timing_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from recommendations.uploads.child.certificates import WEAK, Certificate, certificate_problem, subject_words
from recommendations.uploads.child.signature_fields import SignatureField

UNREADABLE = "Tanda tangan ini rusak atau tidak dapat dibaca."
BROKEN_SEAL = "Isi berkas berubah sesudah ditandatangani."


@dataclass(frozen=True)
class ReadSignature:
    """A signature or time-stamp in a file. Times are in ISO 8601, for the answer of the child process."""

    signer: str = ""
    organisation: str = ""
    issuer: str = ""
    signed_at: str | None = None
    stamped_at: str | None = None
    intact: bool = False
    trusted: bool = False
    problem: str = UNREADABLE
    whole: bool = False
    """Whether it covers the file up to its own revision, and what came later is only what signing adds."""
    is_stamp: bool = False
    is_visible: bool = False
    """Whether it has a picture on a page."""


@dataclass(frozen=True)
class OpenedFile:
    """A PDF that is read, and what its certificates are judged by."""

    reader: Any
    file: bytes
    roots: Sequence[Certificate]

    def context(self, when: datetime) -> Any:
        """Return what judges a certificate as it was at that time."""
        kept: dict[str, Any] = {"trust_roots": list(self.roots), "moment": when, "allow_fetching": False}
        kept |= {"retroactive_revinfo": True}
        if "/DSS" in self.reader.root:
            return DocumentSecurityStore.read_dss(self.reader).as_validation_context(kept)
        return ValidationContext(**kept)


def read_signatures(opened: OpenedFile, fields: Sequence[SignatureField]) -> list[ReadSignature]:
    """Return the signatures and time-stamps in these fields, oldest first; one that cannot be read is broken."""
    filled = [field for field in fields if field.is_filled]
    in_order = sorted(filled, key=lambda one: _revision(opened, one))
    return [replace(_read(opened, field), is_visible=field.is_visible) for field in in_order]


def _revision(opened: OpenedFile, field: SignatureField) -> int:
    value = field.entries.raw_get("/V")
    return int(opened.reader.xrefs.get_last_change(value.reference)) if isinstance(value, IndirectObject) else -1


def _read(opened: OpenedFile, field: SignatureField) -> ReadSignature:
    try:
        embedded = EmbeddedPdfSignature(opened.reader, field.entries, field.name)
        is_stamp = embedded.sig_object_type == "/DocTimeStamp"
        return asyncio.run(_stamp(opened, embedded) if is_stamp else _signature(opened, embedded))
    except DisallowedAlgorithmError:
        return ReadSignature(problem=WEAK)
    except Exception:  # noqa: BLE001 - a hostile signature can raise any error, and is none
        return ReadSignature()


async def _stamp(opened: OpenedFile, embedded: Any) -> ReadSignature:
    status = await async_validate_pdf_timestamp(embedded, opened.context(datetime.now(UTC)))
    intact = status.intact and status.valid
    whole = status.modification_level != ModificationLevel.OTHER and fills_its_gap(opened.file, embedded)
    return ReadSignature(intact=intact, whole=whole, problem="" if intact else BROKEN_SEAL, is_stamp=True)


async def _signature(opened: OpenedFile, embedded: Any) -> ReadSignature:
    claimed, stamped = _in_a_zone(embedded.self_reported_timestamp), await _stamped_at(opened, embedded)
    when = stamped or claimed or datetime.now(UTC)
    status = await async_validate_pdf_signature(
        embedded,
        signer_validation_context=opened.context(when),
        key_usage_settings=KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}),
    )
    certificate, intact = embedded.signer_cert, status.intact and status.valid
    problem = certificate_problem(certificate, status, when, opened.roots) if intact else BROKEN_SEAL
    return ReadSignature(
        signer=subject_words(certificate.subject, "common_name"),
        organisation=subject_words(certificate.subject, "organization_name"),
        issuer=subject_words(certificate.issuer, "common_name"),
        signed_at=claimed.isoformat() if claimed else None,
        stamped_at=stamped.isoformat() if stamped else None,
        intact=intact,
        trusted=status.trusted and not problem,
        problem=problem,
        whole=bool(status.docmdp_ok) and status.seed_value_ok and fills_its_gap(opened.file, embedded),
    )


def _in_a_zone(when: datetime | None) -> datetime | None:
    """Return the time that a signer claims; in UTC when the zone is missing."""
    return when.replace(tzinfo=when.tzinfo or UTC) if when else None


async def _stamped_at(opened: OpenedFile, embedded: Any) -> datetime | None:
    """Return the time of a time-stamp over the signature, whose own certificate was good at that time; else None."""
    first = await _stamp_status(opened, embedded, datetime.now(UTC))
    status = first and await _stamp_status(opened, embedded, first.timestamp)
    return status.timestamp if status and status.trusted else None


async def _stamp_status(opened: OpenedFile, embedded: Any, when: datetime) -> Any:
    told = await collect_timing_info(embedded.signer_info, opened.context(when), embedded.compute_digest)
    return told.get("timestamp_validity")


def fills_its_gap(file: bytes, embedded: Any) -> bool:
    """Return whether the signature covers the file from its first byte on, but for its own signs."""
    begin, length, after, rest = embedded.byte_range
    gap = file[length:after]
    is_own = gap[:1] == b"<" and gap[-1:] == b">" and bytes.fromhex(gap[1:-1].decode()) == embedded.pkcs7_content
    return is_own and begin == 0 and after + rest <= len(file)
