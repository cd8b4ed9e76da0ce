"""Good and hostile files, made when needed, because the repository must not contain hostile files."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image
from pypdf import PdfReader, PdfWriter

from pst_desk.examples import paper_pdf

CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
ALERT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def pdf(*objects: bytes, version: bytes = b"1.4") -> bytes:
    """Return a PDF of these objects, numbered from 1."""
    file, places = b"%%PDF-%s\n" % version, []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def acting_pdf(action: bytes = ALERT) -> bytes:
    """Return a PDF that runs `action` as soon as it is opened."""
    return pdf(CATALOG % (b"/OpenAction " + action), PAGES, PAGE)


def packed_acting_pdf(action: bytes = ALERT) -> bytes:
    """Return a PDF that runs `action` when it is opened, with the action compressed in an object stream.

    A search in the raw bytes does not find it (ISO 32000-1, 7.5.7).
    """
    packed = zlib.compress(b"4 0 " + action)
    file, places = b"%PDF-1.5\n", []
    stream = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
    objects = [CATALOG % b"/OpenAction 4 0 R", PAGES, PAGE, None, stream % (len(packed), packed)]
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content) if content else b""
    rows = [(0, 0), *((1, place) for place in places), (1, len(file))]
    rows[4] = (2, 5)
    table = b"".join(struct.pack(">BIH", kind, place, 0) for kind, place in rows)
    index = b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    return file + index % (len(table), table) + b"startxref\n%d\n%%%%EOF\n" % len(file)


def written_pdf(change: Any, base: bytes | None = None) -> bytes:
    """Return the PDF `base` after `change(writer)`, which for example locks it with a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(base or paper_pdf("Surat"))))
    change(writer)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def long_pdf(pages: int) -> bytes:
    kids = b" ".join([b"3 0 R"] * pages)
    return pdf(CATALOG % b"", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages), PAGE)


def photo(
    size: tuple[int, int] = (320, 240), *, turned: bool = False, colour: str = "teal", kind: str = "JPEG"
) -> bytes:
    """Return a picture. With `turned`, its EXIF data hold an orientation, a camera and a place, as from a telephone."""
    picture, exif = Image.new("RGB", size, "white"), Image.Exif()
    picture.paste("teal", (0, 0, size[0] // 2, size[1]))
    if turned:
        exif[0x0112] = 6  # orientation: turn clockwise
        exif[0x010F] = "Kamera Contoh"
        exif.get_ifd(0x8825)[1] = "S"
    kept = io.BytesIO()
    picture.save(kept, kind, exif=exif)
    return kept.getvalue()


def claiming_png(width: int, height: int) -> bytes:
    """Return a PNG of about a hundred bytes whose header claims this width and height."""
    return _png(struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), zlib.compress(b"\0"))


def white_png(side: int) -> bytes:
    """Return a whole white PNG of one bit a pixel, which is a thousand times smaller than its pixels."""
    row, packer = b"\0" + b"\xff" * -(-side // 8), zlib.compressobj()
    rows = b"".join([*(packer.compress(row) for _ in range(side)), packer.flush()])
    return _png(struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0), rows)


def _png(header: bytes, rows: bytes) -> bytes:
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
WORD, SHEET = ("wordprocessingml.document", "word/document.xml"), ("spreadsheetml.sheet", "xl/workbook.xml")


def content_types(kind: tuple[str, str] = WORD, *, main: str = MAIN) -> str:
    override = f'<Override PartName="/{kind[1]}" ContentType="{main.format(kind[0])}"/>'
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{override}</Types>'


def office_file(kind: tuple[str, str] = WORD, **parts: str | bytes) -> bytes:
    """Return a DOCX or XLSX with the required parts and these `parts`. Their names have `__` for `/`."""
    whole = {"[Content_Types].xml": content_types(kind), kind[1]: "<document/>"}
    whole |= {name.replace("__", "/"): content for name, content in parts.items()}
    return zipped(whole)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return kept.getvalue()


def links(kind: str, target: str, mode: str = "External") -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="r1" Type="{office}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{link}</Relationships>'
