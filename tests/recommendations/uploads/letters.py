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
from pyhanko.sign import fields
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pypdf import PdfReader, PdfWriter

from office.paper import draw_pdf
from tests.signers import Holder

PAGE = "<section style='break-after: page'><h1>Surat {number}</h1>{words}</section>"
WORDS = "<p>Survei Contoh dinyatakan layak.</p>"
BLANK, WRITTEN = (330, 300, 560, 340), (60, 700, 300, 800)
"""Boxes on the first page of our letter, without and with something in them."""
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


def with_odd_page(pdf: bytes) -> bytes:
    """Return the PDF with a node in its tree of pages that says it is a page, and lists our first page below it."""

    def add(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        first, above = pages["/Kids"].raw_get(0), writer.root.raw_get("/Pages")
        drawing = writer.add_object(generic.StreamObject(stream_data=HIDDEN))
        odd = _entries(Type=pdf_name("/Page"), Kids=generic.ArrayObject([first]), Count=generic.NumberObject(1))
        odd |= _entries(Parent=above, Contents=drawing, MediaBox=first.get_object()["/MediaBox"])
        pages["/Kids"][0] = writer.add_object(generic.DictionaryObject(odd))
        writer.update_container(pages["/Kids"])

    return updated(pdf, add)


def annotated(pdf: bytes) -> bytes:
    """Return the PDF with a note on its first page, in an incremental update."""

    def note(writer: IncrementalPdfFileWriter) -> None:
        box = generic.ArrayObject(map(generic.NumberObject, (50, 50, 500, 800)))
        words = generic.pdf_string("Palsu")
        added = _entries(Subtype=pdf_name("/FreeText"), Contents=words, Rect=box)
        writer.register_annotation(writer.root["/Pages"]["/Kids"].raw_get(0).reference, writer.add_object(added))

    return updated(pdf, note)


def with_catalog_entry(pdf: bytes, name: str, value: Any) -> bytes:
    """Return the PDF with another entry in its catalog, in an incremental update."""

    def enter(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name(name)] = value
        writer.update_root()

    return updated(pdf, enter)


def acting(pdf: bytes) -> bytes:
    """Return the PDF with a program that runs when it is opened."""
    alert = _entries(S=pdf_name("/JavaScript"), JS=generic.pdf_string("app.alert(1)"))
    return with_catalog_entry(pdf, "/OpenAction", alert)


def with_empty_field(pdf: bytes, box: tuple[int, int, int, int] | None = None) -> bytes:
    """Return the PDF with an empty field for a signature, shown in this box of the first page."""
    spec = fields.SigFieldSpec("Kosong", box=box)
    return updated(pdf, lambda writer: fields.append_signature_field(writer, spec))


def with_more_fields(pdf: bytes, number: int, *, filled: bool = False) -> bytes:
    """Return the signed PDF with that many more signature fields: empty, or all with its first signature."""

    def add(writer: IncrementalPdfFileWriter) -> None:
        listed = writer.root["/AcroForm"]["/Fields"]
        value = {pdf_name("/V"): listed[0].get_object().raw_get("/V")} if filled else {}
        for place in range(number):
            field = _entries(FT=pdf_name("/Sig"), T=generic.pdf_string(f"Lagi{place}"))
            listed.append(writer.add_object(generic.DictionaryObject(field | value)))
        writer.update_container(listed)

    return updated(pdf, add)


def with_grown_field(pdf: bytes) -> bytes:
    """Return the signed PDF after its visible signature was made as large as the page."""

    def grow(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        field[pdf_name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))
        writer.update_container(field)

    return updated(pdf, grow)


def spoken_otherwise(pdf: bytes) -> bytes:
    """Return the PDF with other words for a screen reader."""

    def speak(writer: IncrementalPdfFileWriter) -> None:
        top = writer.root["/StructTreeRoot"]["/K"][0].get_object()
        top[pdf_name("/ActualText")] = generic.pdf_string("Tidak layak")
        writer.update_container(top)

    return updated(pdf, speak)


def spoken_in_a_field(pdf: bytes) -> bytes:
    """Return the PDF with an element for a field among the tags, which has words for a screen reader."""

    def speak(writer: IncrementalPdfFileWriter) -> None:
        top = writer.root["/StructTreeRoot"]["/K"].raw_get(0)
        kids = top.get_object()["/K"]
        kids.append(writer.add_object(_entries(S=pdf_name("/Form"), P=top, Alt=generic.pdf_string("Tidak layak"))))
        writer.update_container(kids)

    return updated(pdf, speak)


def prepared(pdf: bytes) -> bytes:
    """Return the PDF as some signing programs prepare it: with fonts for the form, and the field among the tags."""

    def prepare(writer: IncrementalPdfFileWriter) -> None:
        font = writer.add_object(_entries(Type=pdf_name("/Font"), BaseFont=pdf_name("/Helvetica")))
        top = writer.root["/StructTreeRoot"]["/K"].raw_get(0)
        kids = top.get_object()["/K"]
        kids.append(writer.add_object(_entries(S=pdf_name("/Form"), P=top)))
        writer.update_container(kids)
        resources = _entries(Font=_entries(Helv=generic.IndirectObject(font.idnum, 0, writer)))
        form = _entries(Fields=generic.ArrayObject(), DA=generic.pdf_string("/Helv 0 Tf 0 g "), DR=resources)
        writer.root[pdf_name("/AcroForm")] = form
        writer.update_root()

    return updated(pdf, prepare)


def _entries(**entries: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{name}"): value for name, value in entries.items()})


def time_stamped(pdf: bytes, by: Holder, field: str | None = None) -> bytes:
    """Return the PDF with a time-stamp over all of it, in this field or in a new one."""
    clock = DummyTimeStamper(by.parsed, by.parsed_key)
    return (
        PdfTimeStamper(clock, field_name=field)
        .timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), "sha256")
        .getvalue()
    )


def hybrid(pdf: bytes) -> bytes:
    """Return the PDF with an index in two forms, of which each reader chooses one (ISO 32000-1, 7.5.8.4)."""
    reader = PdfFileReader(io.BytesIO(pdf))
    place, root, size = reader.last_startxref, reader.root_ref.idnum, reader.trailer["/Size"]
    trailer = b"<< /Size %d /Root %d 0 R /Prev %d /XRefStm %d >>" % (size, root, place, place)
    start = len(pdf) + 1
    return pdf + b"\nxref\n0 1\n0000000000 65535 f \ntrailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)


def copied(pdf: bytes) -> bytes:
    """Return the PDF as pyHanko writes it again: its objects get other numbers."""
    kept = io.BytesIO()
    copy_into_new_writer(PdfFileReader(io.BytesIO(pdf))).write(kept)
    return kept.getvalue()


def cloned(pdf: bytes, change: Callable[[PdfWriter], Any] = lambda writer: None) -> bytes:
    """Return the PDF as another program writes it again, after a change."""
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
