"""Which files the desk takes: told by their content, never by their name."""

import zipfile
from pathlib import PurePath
from typing import BinaryIO

MAX_BYTES = 10 * 1024 * 1024
"""A scanned letter of ten pages at 300 dpi fits; a photo album or a film does not, and a mail with it would bounce."""

TAIL = 64 * 1024
"""How far from the end the closing mark of a whole file is looked for: scanners add some bytes of their own."""

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ENDINGS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), DOCX: (".docx",), XLSX: (".xlsx",)}
MARKS = {
    # content type: how such a file begins, how it ends
    PDF: (b"%PDF-", b"%%EOF"),
    JPEG: (b"\xff\xd8\xff", b"\xff\xd9"),
    PNG: (b"\x89PNG\r\n\x1a\n", b"IEND"),
}
OFFICE_FOLDERS = {DOCX: "word/", XLSX: "xl/"}


class BadFile(ValueError):
    """A file the desk does not take; its text says what to do."""


def content_type_of(file: BinaryIO, *, size: int) -> str:
    """What the file is, by its content. Raises BadFile: empty, too big, broken or of another kind."""
    if not size:
        raise BadFile("Berkas ini kosong. Pilih berkas yang ada isinya.")
    if size > MAX_BYTES:
        raise BadFile(f"Berkas ini {shown_size(size)}, paling besar {shown_size(MAX_BYTES)}. Kecilkan lalu pilih lagi.")
    file.seek(0)
    head = file.read(16)
    found = _office_type(file) if head.startswith(b"PK\x03\x04") else _marked_type(head, file, size)
    file.seek(0)
    return found


def _marked_type(head: bytes, file: BinaryIO, size: int) -> str:
    found = next((kind for kind, (begin, _) in MARKS.items() if head.startswith(begin)), None)
    if found is None:
        raise BadFile("Isi berkas ini bukan PDF, JPEG, PNG, DOCX, atau XLSX. Simpan sebagai PDF lalu pilih lagi.")
    file.seek(max(0, size - TAIL))
    if MARKS[found][1] not in file.read():
        raise BadFile("Berkas ini terpotong atau rusak. Salin atau pindai ulang lalu pilih lagi.")
    return found


def _office_type(file: BinaryIO) -> str:
    """A DOCX or XLSX is a zip of known parts; with a macro inside it is a program."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
    except zipfile.BadZipFile:
        raise BadFile("Berkas ini terpotong atau rusak. Salin ulang lalu pilih lagi.") from None
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadFile("Berkas ini memuat makro. Simpan tanpa makro (.docx atau .xlsx) lalu pilih lagi.")
    for kind, folder in OFFICE_FOLDERS.items():
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return kind
    raise BadFile("Berkas zip tidak diterima. Simpan isinya sebagai PDF, DOCX, atau XLSX lalu pilih satu per satu.")


def fitting_name(name: str, content_type: str) -> str:
    """The file's own name, with an ending that says what the content is: a PDF named `x.exe` becomes `x.exe.pdf`."""
    endings = ENDINGS[content_type]
    return name if PurePath(name).suffix.lower() in endings else f"{name}{endings[0]}"


def shown_size(size: int) -> str:
    """`412 KB`, `1,3 MB`."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",").replace(",0 ", " ")
