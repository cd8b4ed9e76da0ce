"""A filled FS3 and a small PDF, all of it fictional: for the demo, the walkthrough and the tests."""

from pathlib import Path
from typing import Any

import yaml

from recommendations.instruments import INSTRUMENTS

FS3 = Path(__file__).parent / "fs3.yaml"


class NotAForm(ValueError):
    """The file does not hold a filled form; the text is fit for the screen."""


def read_form(path: Path) -> dict[str, Any]:
    """A filled form: `form` (its code), `values` by item, `attachments` (kinds). Raises NotAForm, OSError."""
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        code, values = read["_meta"]["form"], dict(read["values"])
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, ValueError) as wrong:
        raise NotAForm(f"{path}: bukan formulir terisi. Contoh: {FS3}") from wrong
    if code not in INSTRUMENTS:
        raise NotAForm(f"{path}: formulir {code} tidak dikenal. Pilihan: {', '.join(INSTRUMENTS)}")
    return {"form": code, "values": values, "attachments": _attachments(read, code)}


def _attachments(read: dict[str, Any], code: str) -> list[str]:
    """The kinds of files that come with the form; without a word of them, those that are required."""
    required = [kind.id for kind in INSTRUMENTS[code].attachments if kind.required]
    told = read.get("submission") or {}
    return list(told.get("attachments") or required) if isinstance(told, dict) else required


def paper_pdf(words: str) -> bytes:
    """A valid PDF of one page that says `words`, in place of a scanned paper."""
    text = words.encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"[").replace(b")", b"]")
    drawing = b"BT /F1 14 Tf 60 780 Td (" + text + b") Tj ET"
    font = b"<< /Font << /F1 5 0 R >> >>"
    return _pdf_file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + font + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _pdf_file(*objects: bytes) -> bytes:
    """Number the objects from 1 and add the table of where each begins (ISO 32000-1, 7.5)."""
    file, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end
