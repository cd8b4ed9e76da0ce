"""A filled FS3 and a small PDF, both fictional, for the demo, the walkthrough and the tests."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from office.dates import iso_date
from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.form_files import read_form_file

FS3 = Path(__file__).parent / "fs3.yaml"
YEAR = re.compile(r"\b20[0-9]{2}\b")


def read_form(path: Path) -> dict[str, Any]:
    """Return a filled form: `form` (its code), `values` by item, `attachments` (their kinds). Raise BadFormFile.

    When the file names no attachments, the required kinds are returned.
    """
    read = read_form_file(path)
    required = [kind.id for kind in read.instrument.attachments if kind.required]
    attachments = list(read.attachments) or required
    return {"form": read.instrument_code, "values": read.values, "attachments": attachments}


def ahead_of(today: date, form: dict[str, Any]) -> dict[str, Any]:
    """Return the form, moved by whole years if needed, so that its field work begins after `today`."""
    begins = _begins(form)
    if begins is None or today < begins:
        return form
    years = today.year - begins.year + ((today.month, today.day) >= (begins.month, begins.day))
    values = {name: _later(value, years) for name, value in form["values"].items()}
    if isinstance(values.get("tahun_kegiatan"), int):
        values["tahun_kegiatan"] += years
    return form | {"values": values}


def _begins(form: dict[str, Any]) -> date | None:
    period = form["values"].get(INSTRUMENTS[form["form"]].field_period_item)
    return iso_date(period.get("awal")) if isinstance(period, dict) else None


def _later(value: Any, years: int) -> Any:
    """Return the value with every year in its texts and dates moved by `years`."""
    if isinstance(value, str):
        return YEAR.sub(lambda found: str(int(found[0]) + years), value)
    if isinstance(value, dict):
        return {name: _later(part, years) for name, part in value.items()}
    return [_later(part, years) for part in value] if isinstance(value, list) else value


def paper_pdf(words: str) -> bytes:
    """Return a valid PDF of one page with the text `words`, in place of a scanned paper."""
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
    """Return the PDF file: the objects, numbered from 1, and the table of their positions (ISO 32000-1, 7.5)."""
    file, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end
