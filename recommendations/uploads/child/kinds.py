"""Find the kind of a file by its first bytes, and check the whole file with the module for that kind."""

import io
import re
import zipfile
from collections.abc import Collection

from recommendations.uploads.child.office_files import check_office_file
from recommendations.uploads.child.pdf import check_pdf
from recommendations.uploads.child.pictures import check_picture
from recommendations.uploads.content_types import PDF, PICTURE_BEGINNINGS
from recommendations.uploads.refusal import BadFile

HEAD = 1024
"""In bytes: some readers look this far into a file for the beginning of a PDF."""
BEFORE_PDF = re.compile(rb"(?:\xef\xbb\xbf)?[\x00\t\n\f\r ]*")
"""What some programs write before the beginning of a PDF: the mark of UTF-8 and white space."""
BEGINNINGS = {b"%PDF-": PDF, **PICTURE_BEGINNINGS}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
APPLE_PHOTOS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}

DOUBLE = "Berkas ini dua jenis berkas dalam satu. Simpan atau pindai ulang sebagai PDF lalu pilih lagi."


def kind_of(content: bytes, allowed: Collection[str] = frozenset()) -> str:
    """Check a whole file, and return its content type: PDF, JPEG, PNG, DOCX or XLSX.

    `allowed` are the SHA-256 of files that may be inside a PDF: those of our own letter. Raise BadFile when the file is
    of another kind, of two kinds at once, or refused by the check of its kind.
    """
    head = content[:HEAD]
    begins = _beginning(head)
    if b"%PDF-" in begins[1:] and not begins.startswith(b"%PDF-"):
        raise BadFile(DOUBLE)
    return (
        check_office_file(io.BytesIO(content)) if head.startswith(ZIP) else _paper_or_picture(begins, content, allowed)
    )


def _beginning(head: bytes) -> bytes:
    """Return the head from `%PDF-` on when nothing but BEFORE_PDF is before it; otherwise the whole head."""
    space = BEFORE_PDF.match(head)
    rest = head[space.end() :] if space else head
    return rest if rest.startswith(b"%PDF-") else head


def _paper_or_picture(begins: bytes, content: bytes, allowed: Collection[str]) -> str:
    """Check a PDF, JPEG or PNG, and return its content type. Raise BadFile."""
    found = next((kind for beginning, kind in BEGINNINGS.items() if begins.startswith(beginning)), None)
    if found is None:
        raise BadFile(_other_kind(begins))
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise BadFile(DOUBLE)
    if found == PDF:
        check_pdf(content, allowed)
    else:
        check_picture(content, found)
    return found


def _other_kind(head: bytes) -> str:
    """Return the words that refuse a file whose kind is not accepted, with what to do instead."""
    if head[4:8] == b"ftyp" and head[8:12] in APPLE_PHOTOS:
        return (
            "Foto ini HEIC, yang tidak terbaca di semua komputer. Pada iPhone pilih Pengaturan, Kamera, Format, "
            "Paling Kompatibel, lalu foto lagi; atau kirim tangkapan layarnya."
        )
    if head.startswith(OLE):
        return "Ini DOC atau XLS lama, atau terkunci kata sandi. Simpan sebagai DOCX, XLSX, atau PDF tanpa kata sandi."
    return "Isi berkas ini bukan PDF, JPEG, PNG, DOCX, atau XLSX. Simpan sebagai PDF lalu pilih lagi."
