"""The job that reads a PDF which should be a letter of ours, signed by the head of the office."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from office.refusals import Refused
from recommendations.uploads.child.certificates import Certificate, certificate_of
from recommendations.uploads.child.kinds import kind_of
from recommendations.uploads.child.letter_changes import change_in
from recommendations.uploads.child.pdf import BROKEN
from recommendations.uploads.child.pdf_actions import files_inside
from recommendations.uploads.child.pdf_revisions import has_one_reading
from recommendations.uploads.child.quick_reader import QuickReader
from recommendations.uploads.child.signature_fields import check_number_of_fields, signature_fields
from recommendations.uploads.child.signatures import OpenedFile, ReadSignature, read_signatures
from recommendations.uploads.content_types import PDF
from recommendations.uploads.refusal import BadFile, TooComplex

NOT_A_PDF = "Berkas ini bukan PDF. Pilih berkas PDF surat, seperti yang diterima dari kantor."
LOCKED = "PDF ini terkunci. Pilih berkas seperti yang diterima dari kantor."
MOST_OBJECTS = 20_000
"""Objects that are not packed. A program that writes a letter of 15 full pages again unpacks 7,300."""

CHANGED_AFTER = "Berkas diubah sesudah ditandatangani, atau tanda tangannya hanya mencakup sebagian berkas."
TAIL = "Di belakang akhir berkas ada tambahan yang tidak dicakup tanda tangan."
ODD = (
    "Tambahan pada berkas ini disusun dengan cara yang tidak lazim, sehingga program lain dapat menampilkan isi yang "
    "berbeda."
)
UNSIGNED = "Berkas ini memuat tambahan, tetapi tidak ditandatangani."
ENDING = re.compile(
    rb"\s*(?:endobj\s*)?(?:(?:trailer\s*)?<<(?:(?!obj\b).)*>>\s*)?(?:%[ -~]{0,60}\s)?startxref\s+\d+\s+%%EOF\s*",
    re.DOTALL,
)


@dataclass(frozen=True)
class ReadFile:
    """What differs from the letter that we drew, what is wrong with the signatures as a whole, and each of them.

    `is_copy`: it holds the same, has no signature and no place for one.
    """

    change: str
    is_copy: bool
    problem: str
    signatures: list[ReadSignature]


def read_signed_file(file: bytes, drawn: bytes, *roots: bytes) -> ReadFile:
    """Read a PDF against the letter that we drew.

    Raise BadFile when it is none or is refused as an upload is, TooComplex when it has more than any letter has.
    A root that cannot be read is left out: nothing is trusted because of it.
    """
    if file.count(b" obj") > MOST_OBJECTS:
        raise TooComplex
    if kind_of(file, files_inside(drawn)) != PDF:
        raise BadFile(NOT_A_PDF)
    try:
        return _read(file, drawn, _certificates(roots))
    except Refused:
        raise
    except MemoryError:
        raise TooComplex from None
    except Exception:  # noqa: BLE001 - a damaged file can raise any error
        raise BadFile(BROKEN) from None


def _certificates(roots: Sequence[bytes]) -> list[Certificate]:
    read: list[Certificate] = []
    for root in roots:
        with suppress(ValueError):
            read.append(certificate_of(root))
    return read


def _read(file: bytes, drawn: bytes, roots: Sequence[Certificate]) -> ReadFile:
    ours, theirs = _opened(drawn), _opened(file)
    check_number_of_fields(theirs.root)
    change = change_in(ours.root, theirs.root, file=file, drawn=drawn)
    fields, is_plain = signature_fields(theirs.root), has_one_reading(theirs, file, drawn)
    signatures = read_signatures(OpenedFile(theirs, file, roots), fields)
    problem = _problem(theirs, file, signatures) or ("" if is_plain else ODD)
    named = [one for one in signatures if not one.is_stamp]
    return ReadFile(change, is_copy=is_plain and not (change or fields), problem=problem, signatures=named)


def _opened(pdf: bytes) -> Any:
    reader = QuickReader(pdf)
    if reader.encrypted:
        raise BadFile(LOCKED)
    return reader


def _problem(reader: Any, file: bytes, signatures: list[ReadSignature]) -> str:
    """Return in Indonesian why the signatures do not hold the whole file together, or ""."""
    if all(one.is_stamp for one in signatures):
        return UNSIGNED
    if broken := next((one.problem for one in signatures if not one.intact), ""):
        return broken
    if not all(one.whole for one in signatures):
        return CHANGED_AFTER
    return "" if ENDING.fullmatch(file, _end_of_index(reader)) else TAIL


def _end_of_index(reader: Any) -> int:
    """Return where the newest index of objects ends: after it comes only the end of the file."""
    newest = reader.xrefs.get_xref_container_info(reader.xrefs.total_revisions - 1)
    return int(newest.end_location)
