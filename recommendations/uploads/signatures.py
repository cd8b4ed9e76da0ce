"""Read a PDF that should be a letter of ours: is it, who signed it, and was it changed since.

A child process reads it (`child/signed_files.py`). Nothing is fetched from a network. The words are for a visitor.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from office.texts import tidy_line
from recommendations.uploads.apart import DESCRIBE, READ_FOR_VISITOR, READ_OUR_LETTER, READ_SIGNED, Limits, ask
from recommendations.uploads.checks import check_size

JOB = "recommendations.uploads.child.signed_files:read_signed_file"
DESCRIPTION_JOB = "recommendations.uploads.child.description:read_description"
LONGEST_NAME = 200


class Kinship(StrEnum):
    """How a file is related to the PDF that we drew."""

    SAME = "same"
    """Byte for byte ours, unsigned."""
    EXTENDED = "extended"
    """Begins with all of our bytes, as signing leaves them. It may still draw over our pages: see `unchanged`."""
    REWRITTEN = "rewritten"
    """Other bytes, which hold the same pages."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature in a file."""

    signer: str
    organisation: str
    issuer: str
    signed_at: datetime | None
    """As the signer claims."""
    stamped_at: datetime | None
    """By a time-stamp of a trusted authority, when there is one."""
    intact: bool
    """Whether the bytes that it covers, and itself, are as they were signed."""
    trusted: bool
    """Whether its certificate was issued under one of the roots, and was good at the time of signing."""
    problem: str
    """What is wrong with it or with its certificate, or ""."""
    is_visible: bool = False
    """Whether it has a picture on a page."""


@dataclass(frozen=True, slots=True)
class SeenFile:
    """What is known of a file that should be a letter of ours."""

    sha256: str
    kinship: Kinship
    signatures: tuple[Signature, ...]
    """Oldest first."""
    unchanged: bool
    """Whether it is ours, and nothing was added but signatures that hold and cover all of it. Says nothing of trust."""
    problem: str
    """Why it is not unchanged, or ""."""
    is_copy: bool = False
    """Whether it holds the same as ours in other bytes, without a signature or a place for one."""


def seen_file(file: bytes, *, drawn: bytes, roots: Sequence[bytes] = (), for_visitor: bool) -> SeenFile:
    """Read a file against `drawn`, the PDF that we drew. `roots` are certificates of issuers, as PEM or DER.

    A certificate is judged as it was at the time of signing: by the time-stamp, or else by the claim of the signer.
    Files of visitors (`for_visitor`) are read in slots of their own. Raise BadFile when the file is empty, too big, no
    PDF, damaged, locked, active, too complex, or has too many signatures, and NotCheckedNow when no slot becomes free.
    """
    check_size(len(file))
    sha256 = hashlib.sha256(file).hexdigest()
    if file == drawn:
        return SeenFile(sha256, Kinship.SAME, (), unchanged=True, problem="")
    told = ask(JOB, file, drawn, *roots, limits=_limits(file, drawn, for_visitor)).value
    problem = told["change"] or told["problem"]
    signatures = tuple(map(_signature, told["signatures"]))
    kinship = _kinship(file, drawn, told["change"])
    return SeenFile(sha256, kinship, signatures, unchanged=not problem, problem=problem, is_copy=told["is_copy"])


def _limits(file: bytes, drawn: bytes, for_visitor: bool) -> Limits:
    if not for_visitor:
        return READ_SIGNED
    return READ_OUR_LETTER if file.startswith(drawn) else READ_FOR_VISITOR


def description_of(file: bytes) -> str:
    """Return the words in which a PDF describes itself, read in a child process.

    Raise BadFile when it is empty, too big, too complex or cannot be opened, NotCheckedNow, DiskNotReady.
    """
    check_size(len(file))
    return str(ask(DESCRIPTION_JOB, file, limits=DESCRIBE).value)


def _kinship(file: bytes, drawn: bytes, change: str) -> Kinship:
    if file.startswith(drawn):
        return Kinship.EXTENDED
    return Kinship.OTHER if change else Kinship.REWRITTEN


def _signature(told: dict[str, Any]) -> Signature:
    return Signature(
        signer=_name(told["signer"]),
        organisation=_name(told["organisation"]),
        issuer=_name(told["issuer"]),
        signed_at=_moment(told["signed_at"]),
        stamped_at=_moment(told["stamped_at"]),
        intact=told["intact"],
        trusted=told["trusted"],
        problem=told["problem"],
        is_visible=told["is_visible"],
    )


def _name(told: str) -> str:
    """Return a name from a certificate, which may have any signs and any length, fit to be stored and shown."""
    return tidy_line(told)[:LONGEST_NAME]


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
