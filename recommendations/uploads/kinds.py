"""Finds the kind of a file by its first bytes, then checks the whole file with the module for that kind."""

import zipfile
from typing import IO

from recommendations.uploads.content_types import JPEG, PDF, PNG
from recommendations.uploads.names import shown_size
from recommendations.uploads.office_files import check_office_file
from recommendations.uploads.papers import check_pdf
from recommendations.uploads.pictures import check_picture
from recommendations.uploads.refusal import BadFile

MAX_BYTES = 10 * 1024 * 1024
"""A scanned letter of ten pages at 300 dpi fits. An album or a film does not, and mail servers would refuse it."""

HEAD = 1024
"""In bytes: some readers look this far into a file for the beginning of a PDF."""
BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
APPLE_PHOTOS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}

DOUBLE = "Berkas ini dua jenis berkas dalam satu. Simpan atau pindai ulang sebagai PDF lalu pilih lagi."


def content_type_of(file: IO[bytes], *, size: int) -> str:
    """Return the file's content type, found from its content.

    Raise BadFile when it is empty, too big, broken, hostile or of another kind.
    """
    if not size:
        raise BadFile("Berkas ini kosong. Pilih berkas yang ada isinya.")
    if size > MAX_BYTES:
        raise BadFile(f"Berkas ini {shown_size(size)}, paling besar {shown_size(MAX_BYTES)}. Kecilkan lalu pilih lagi.")
    file.seek(0)
    head = file.read(HEAD)
    if b"%PDF-" in head[1:] and not head.startswith(b"%PDF-"):
        raise BadFile(DOUBLE)
    file.seek(0)
    found = check_office_file(file) if head.startswith(ZIP) else _paper_or_picture(head, file)
    file.seek(0)
    return found


def _paper_or_picture(head: bytes, file: IO[bytes]) -> str:
    found = next((kind for beginning, kind in BEGINNINGS.items() if head.startswith(beginning)), None)
    if found is None:
        raise BadFile(_other_kind(head))
    if zipfile.is_zipfile(file):
        raise BadFile(DOUBLE)
    file.seek(0)
    content = file.read()
    if found == PDF:
        check_pdf(content)
    else:
        check_picture(content, found)
    return found


def _other_kind(head: bytes) -> str:
    """Return what to do with a file whose kind is not accepted."""
    if head[4:8] == b"ftyp" and head[8:12] in APPLE_PHOTOS:
        return (
            "Foto ini HEIC, yang tidak terbaca di semua komputer. Pada iPhone pilih Pengaturan, Kamera, Format, "
            "Paling Kompatibel, lalu foto lagi; atau kirim tangkapan layarnya."
        )
    if head.startswith(OLE):
        return "Ini DOC atau XLS lama, atau terkunci kata sandi. Simpan sebagai DOCX, XLSX, atau PDF tanpa kata sandi."
    return "Isi berkas ini bukan PDF, JPEG, PNG, DOCX, atau XLSX. Simpan sebagai PDF lalu pilih lagi."
