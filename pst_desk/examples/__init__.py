"""A filled FS3 and a small PDF, all of it fictional: for the demo, the walkthrough and the tests."""

from pathlib import Path
from typing import Any

import yaml


def fs3_answers() -> dict[str, Any]:
    """Every answer of the survey in fs3.yaml, as an officer would store them."""
    return yaml.safe_load((Path(__file__).parent / "fs3.yaml").read_text(encoding="utf-8"))["values"]


def small_pdf(words: str) -> bytes:
    """A valid PDF of one page that says `words`."""
    text = words.encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"[").replace(b")", b"]")
    drawing = b"BT /F1 14 Tf 60 780 Td (" + text + b") Tj ET"
    return _pdf_file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
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
