"""A letter of ours, and what others make of it: signed, drawn over, rewritten, put behind another one."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pypdf import PdfReader, PdfWriter

from office.paper import draw_pdf

PAGE = "<section style='break-after: page'><h1>Surat {number}</h1>{words}</section>"
WORDS = "<p>Survei Contoh dinyatakan layak.</p>"
HIDDEN = b"q 1 g 0 0 595 842 re f Q"
"""A white page."""


@cache
def our_letter(number: str = "B-071/63710/HM.310/2026", pages: int = 2) -> bytes:
    """Return a letter as the office draws it: archivable and tagged."""
    body = PAGE.format(number=number, words=WORDS) * pages
    return draw_pdf(f"<html lang='id'><head><title>Surat {number}</title></head><body>{body}</body></html>")


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], Any]) -> bytes:
    """Return the PDF with an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def drawn_over(pdf: bytes, drawing: bytes = HIDDEN) -> bytes:
    """Return the PDF with something drawn over its first page, in an incremental update."""

    def draw(writer: IncrementalPdfFileWriter) -> None:
        writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=drawing)))

    return updated(pdf, draw)


def drawn_over_and_back(pdf: bytes) -> bytes:
    """Return the PDF after two updates: the first draws over its first page, the second takes this back."""
    first = PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Kids"][0].raw_get("/Contents")

    def take_back(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"].raw_get(0)
        page.get_object()["/Contents"] = generic.IndirectObject(first.idnum, first.generation, writer)
        writer.mark_update(page.reference)

    return updated(drawn_over(pdf), take_back)


def annotated(pdf: bytes, **entries: Any) -> bytes:
    """Return the PDF with a note on its first page, in an incremental update."""

    def note(writer: IncrementalPdfFileWriter) -> None:
        box = generic.ArrayObject(map(generic.NumberObject, (50, 50, 500, 800)))
        words = generic.pdf_string("Palsu")
        kinds = {pdf_name("/Subtype"): pdf_name("/FreeText"), pdf_name("/Contents"): words, pdf_name("/Rect"): box}
        extra = {pdf_name(f"/{name}"): value for name, value in entries.items()}
        added = generic.DictionaryObject(kinds | extra)
        writer.register_annotation(writer.root["/Pages"]["/Kids"].raw_get(0).reference, writer.add_object(added))

    return updated(pdf, note)


def with_catalog_entry(pdf: bytes, name: str, value: Any) -> bytes:
    """Return the PDF with another entry in its catalog, in an incremental update."""

    def enter(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name(name)] = value
        writer.update_root()

    return updated(pdf, enter)


def copied(pdf: bytes) -> bytes:
    """Return the PDF as pyHanko writes it anew: its objects get other numbers."""
    kept = io.BytesIO()
    copy_into_new_writer(PdfFileReader(io.BytesIO(pdf))).write(kept)
    return kept.getvalue()


def cloned(pdf: bytes, change: Callable[[PdfWriter], Any] = lambda writer: None) -> bytes:
    """Return the PDF as another program writes it anew, after a change."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    change(writer)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def put_behind(ours: bytes, page: bytes) -> bytes:
    """Return a whole other PDF of one page behind our bytes, with an index that knows nothing of ours."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
    ]
    file, places = ours + b"\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 5 /Root 1 0 R /ID [(a) (b)] >>\nstartxref\n%d\n%%%%EOF\n" % len(file)
    return file + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def with_revocations(pdf: bytes, revoked: bytes) -> bytes:
    """Return the PDF with a list of revoked certificates in its proofs (DSS)."""
    from asn1crypto.crl import CertificateList

    kept = io.BytesIO(pdf)
    DocumentSecurityStore.add_dss(kept, None, crls=[CertificateList.load(revoked)])
    return kept.getvalue()
