"""Files made to use up time or memory. Each is small to send, and was once accepted or stopped the desk."""

import io
import zlib

from PIL import Image

from tests.recommendations.uploads import samples

PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /F 4 0 R >> >> /Contents 5 0 R >>"
)


def marker_flood(size: int = 11_000) -> bytes:
    """Return a "photo" of nothing but the byte that begins a marker."""
    return b"\xff\xd8" + b"\xff" * size


def many_markers() -> bytes:
    return b"\xff\xd8" + b"\xff\xe0\x00\x02" * 2_500_000


def no_marker() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\x00" * 5_000_000


def many_scans(times: int = 200, size: tuple[int, int] = (7000, 7000)) -> bytes:
    """Return a progressive JPEG whose last scan is repeated."""
    kept = io.BytesIO()
    Image.new("RGB", size, "teal").save(kept, "JPEG", progressive=True)
    content = kept.getvalue()
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * times + content[-2:]


def many_chunks() -> bytes:
    """Return a PNG with hundreds of thousands of empty chunks."""
    content, empty = samples.photo(kind="PNG"), b"\0\0\0\0prVt" + zlib.crc32(b"prVt").to_bytes(4, "big")
    return content[:33] + empty * 800_000 + content[33:]


def stream(content: bytes, head: bytes = b"") -> bytes:
    """Return a packed stream of a PDF."""
    packed = zlib.compress(content, 9)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (head, len(packed), packed)


def nested_forms(depth: int = 12, uses: int = 20) -> bytes:
    """Return a PDF with forms inside each other, each used many times: 20 to the power of 12 drawings."""
    forms = [_form(7 + level if level < depth else 0, uses) for level in range(depth + 1)]
    return samples.pdf(samples.CATALOG % b"", samples.PAGES, PAGE, _form(6, uses), stream(b"/F Do\n"), *forms)


def _form(inner: int, uses: int) -> bytes:
    resources = b"/Resources << /XObject << /F %d 0 R >> >>" % inner if inner else b""
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + resources
    return stream(b"/F Do\n" * uses if inner else b"0 0 10 10 re f\n", head)


def path_operators(size: int = 54_000_000) -> bytes:
    """Return a PDF with one page of this many bytes of lines."""
    lines = stream(b"0 0 m 9 9 l S\n" * (size // 14))
    return samples.pdf(samples.CATALOG % b"", samples.PAGES, PAGE, b"null", lines)


def object_bomb(size: int = 300_000_000) -> bytes:
    """Return a PDF with a stream of objects that unpacks to this many bytes."""
    objects = stream(b"4 0 " + b" " * size, b"/Type /ObjStm /N 1 /First 4")
    return samples.pdf(samples.CATALOG % b"", samples.PAGES, samples.PAGE, objects)


def packed_twice(size: int = 300_000_000) -> bytes:
    packed = zlib.compress(zlib.compress(b" " * size, 9), 9)
    head = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream"
    return samples.pdf(samples.CATALOG % b"", samples.PAGES, PAGE, b"null", head % (len(packed), packed))


def many_links(parts: int = 20) -> bytes:
    """Return an XLSX with this many parts of links, each of a megabyte of empty elements."""
    links = "<R>" + "<r/>" * ((1024 * 1024 - 7) // 4) + "</R>"
    return samples.office_file(samples.SHEET, **{f"xl___rels__{n}.rels": links for n in range(parts)})


REFUSED = {
    "a flood of marker bytes": (marker_flood, "terpotong"),
    "ten million marker bytes": (lambda: marker_flood(10_000_000), "terpotong"),
    "millions of markers": (many_markers, "tidak wajar"),
    "no marker in ten million bytes": (no_marker, "terpotong"),
    "a progressive JPEG of 200 scans": (many_scans, "tidak wajar"),
    "hundreds of thousands of PNG chunks": (many_chunks, "tidak wajar"),
    "forms nested twelve deep": (nested_forms, "terlalu rumit"),
    "54 MB of lines on a page": (path_operators, "terlalu besar bila dibuka"),
    "objects that unpack to 300 MB": (object_bomb, "terlalu besar bila dibuka"),
    "a page that is packed twice": (packed_twice, "terlalu besar bila dibuka"),
    "twenty parts of links": (many_links, "terlalu besar bila dibuka|tidak wajar"),
}
"""By name: how to make the file, and the words of its refusal."""
