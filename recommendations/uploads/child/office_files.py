"""Check a DOCX or XLSX: a zip of known parts (ECMA-376, part 2), small enough, whole, and without active content."""

import zipfile
import zlib
from collections.abc import Iterable
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from recommendations.uploads.content_types import DOCX, XLSX
from recommendations.uploads.refusal import BadFile

MAIN_PARTS = {f"{DOCX}.main+xml": DOCX, f"{XLSX}.main+xml": XLSX}

MAX_PARTS = 2000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
"""How many times larger than its packed size a part may be. Up to a megabyte there is no such limit."""
MAX_INDEX = 1024 * 1024
"""The most bytes of all parts together that are parsed as XML here."""
MAX_INDEX_TAGS = 40_000
MAX_TAGS = 5_000_000
"""The most tags of all parts together. A book of 500 pages has a tenth of this."""
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

CONTENT_TYPES = "[Content_Types].xml"
BROKEN = "Berkas ini terpotong atau rusak. Salin ulang lalu pilih lagi."
BOMB = "Berkas ini menjadi terlalu besar bila dibuka. Simpan sebagai PDF lalu pilih lagi."
MACROS = "Berkas ini memuat makro. Simpan tanpa makro (.docx atau .xlsx) lalu pilih lagi."
EMBEDDED = "Berkas ini memuat berkas atau program lain (objek OLE). Simpan sebagai PDF lalu pilih lagi."
LINKED = "Berkas ini mengambil isi dari luar. Putuskan tautannya atau simpan sebagai PDF lalu pilih lagi."
ODD = "Susunan berkas ini tidak wajar. Buka, simpan sebagai PDF, lalu pilih lagi."
NOT_OFFICE = "Berkas zip tidak diterima. Simpan isinya sebagai PDF, DOCX, atau XLSX lalu pilih satu per satu."


def check_office_file(file: IO[bytes]) -> str:
    """Return the file's content type.

    Raise BadFile when it is broken, locked, too large unpacked, of another kind, or has active or external content.
    """
    try:
        with zipfile.ZipFile(file) as package:
            _check_parts(package.infolist())
            found = _main_type(package)
            _check_names(package.namelist())
            _read_through(package)
            _check_links(package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        raise BadFile(BROKEN) from None
    return found


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.casefold() for part in parts]
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED or any(map(_is_bomb, parts)):
        raise BadFile(BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise BadFile("Berkas ini terkunci kata sandi. Buka kuncinya, simpan, lalu pilih lagi.")
    odd = len(set(names)) < len(names) or any(part.compress_type not in METHODS for part in parts)
    if odd or any(map(_leads_out, names)):
        raise BadFile(ODD)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > 1024 * 1024 and part.file_size > MAX_RATIO * max(1, part.compress_size)


def _leads_out(name: str) -> bool:
    """Return whether a part of this name would be unpacked outside its folder."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _main_type(package: zipfile.ZipFile) -> str:
    if CONTENT_TYPES not in package.namelist():
        raise BadFile(NOT_OFFICE)
    types = [part.get("ContentType", "") for part in _xml(package, CONTENT_TYPES)]
    if any("macroenabled" in one.lower() for one in types):
        raise BadFile(MACROS)
    found = {MAIN_PARTS[one] for one in types if one in MAIN_PARTS}
    if len(found) != 1:
        raise BadFile(NOT_OFFICE)
    return found.pop()


def _check_names(names: Iterable[str]) -> None:
    for name in (name.casefold() for name in names):
        if "vbaproject" in name or "vbadata" in name or "/macrosheets/" in name:
            raise BadFile(MACROS)
        if "/activex/" in name or ("/embeddings/" in name and name.endswith(".bin")):
            raise BadFile(EMBEDDED)


def _read_through(package: zipfile.ZipFile) -> None:
    """Unpack every part without keeping it, so that zipfile checks its length and checksum.

    Raise BadFile when the parts have too many tags, or one has a DTD: an office file has none.
    """
    tags = 0
    for part in package.infolist():
        with package.open(part) as content:
            piece = content.read(1024)
            if b"<!doctype" in piece.replace(b"\0", b"").lower():
                raise BadFile(ODD)
            is_xml = part.filename.casefold().endswith((".xml", ".rels"))
            while piece:
                tags += piece.count(b"<") if is_xml else 0
                piece = content.read(64 * 1024)
        if tags > MAX_TAGS:
            raise BadFile(BOMB)


def _check_links(package: zipfile.ZipFile) -> None:
    """Raise BadFile when the file loads content from outside. A hyperlink is allowed: it loads nothing by itself."""
    names = [part.filename for part in package.infolist() if part.filename.casefold().endswith(".rels")]
    if sum(package.getinfo(name).file_size for name in names) > MAX_INDEX:
        raise BadFile(ODD)
    tags = 0
    for name in names:
        tags += package.read(name).count(b"<")
        if tags > MAX_INDEX_TAGS:
            raise BadFile(ODD)
        for link in _xml(package, name):
            if link.get("TargetMode") == "External" and not link.get("Type", "").endswith("/hyperlink"):
                raise BadFile(LINKED)


def _xml(package: zipfile.ZipFile, name: str) -> list[Element]:
    """Return the elements under the root of a part. Raise BadFile when the part is too large or bad XML."""
    content = package.read(name) if package.getinfo(name).file_size <= MAX_INDEX else b""
    if not content or content.count(b"<") > MAX_INDEX_TAGS:
        raise BadFile(ODD)
    try:
        return list(ElementTree.fromstring(content, forbid_dtd=True))
    except (ParseError, DefusedXmlException):
        raise BadFile(ODD) from None
