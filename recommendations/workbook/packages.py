"""Checks, before parsing, that an uploaded file is a workbook that can be opened without harm."""

import io
import zipfile
import zlib

from office.refusals import Refused

MAX_BYTES = 5 * 1024 * 1024
"""A form with 200 variables has 60 KB. A larger file than this contains pictures."""

MAX_UNPACKED = 40 * 1024 * 1024
MAX_PARTS = 300
MAX_TAGS = 150_000
"""Five times what 500 full rows in every table need."""

CHUNK = 256 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and a workbook locked with a password


class BadWorkbook(Refused):
    """Raised when a workbook is refused; its text says what to do."""


def check_package(content: bytes) -> None:
    """Raise BadWorkbook when the content is not a plain XLSX, is too big, or would unpack to too much."""
    if len(content) > MAX_BYTES:
        raise BadWorkbook(f"Berkas ini lebih dari {MAX_BYTES // 1024 // 1024} MB. Hapus gambar di dalamnya.")
    if content.startswith(OLE):
        raise BadWorkbook("Berkas ini .xls atau berkata sandi. Simpan sebagai Buku Kerja Excel (.xlsx) tanpa sandi.")
    if not content.startswith(b"PK\x03\x04"):
        raise BadWorkbook("Berkas ini bukan Excel .xlsx. Isi templat dari aplikasi ini, simpan sebagai .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_package(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise BadWorkbook("Berkas ini terpotong atau rusak. Salin ulang lalu pilih lagi.") from None


def _check_package(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadWorkbook("Berkas ini memuat makro. Simpan tanpa makro (.xlsx) lalu pilih lagi.")
    if "xl/workbook.xml" not in names:
        raise BadWorkbook("Berkas ini bukan Excel .xlsx. Isi templat dari aplikasi ini, simpan sebagai .xlsx.")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise BadWorkbook("Isi berkas ini terlalu besar untuk sebuah formulir. Salin isiannya ke templat baru.")
    _count_tags(package, [part for part in parts if part.filename.casefold().endswith((".xml", ".rels"))])


def _count_tags(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Raise BadWorkbook when the parts have more than MAX_TAGS tags.

    Millions of empty elements fit into few bytes, and parsing each one takes time.
    """
    tags = 0
    for part in parts:
        with package.open(part) as unpacked:  # never gives more than the size declared
            while chunk := unpacked.read(CHUNK):
                tags += chunk.count(b"<")
                if tags > MAX_TAGS:
                    raise BadWorkbook("Isi berkas ini terlalu banyak untuk sebuah formulir. Pakai templat baru.")
