"""Files are accepted, or refused with a message that says what to do."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pst_desk.examples import paper_pdf
from recommendations.uploads import (
    DOCX,
    JPEG,
    MAX_BYTES,
    PDF,
    PNG,
    XLSX,
    BadFile,
    content_type_of,
    office_files,
    papers,
)
from tests.recommendations.uploads import samples
from tests.recommendations.uploads.samples import office_file, photo, zipped

EXTERNAL_TEMPLATE = samples.links("attachedTemplate", "https://jahat.example/x.dotm")
HYPERLINK = samples.links("hyperlink", "https://bps.go.id")
MACRO_TYPES = samples.content_types(main="application/vnd.ms-word.document.macroEnabled.main+xml")
DTD = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def type_of(content, size=None):
    return content_type_of(io.BytesIO(content), size=len(content) if size is None else size)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (paper_pdf("Surat"), PDF),
        (samples.written_pdf(lambda writer: writer.encrypt("", "pemilik")), PDF),
        (samples.long_pdf(papers.MAX_PAGES), PDF),
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


def test_a_pdf_with_packed_objects_and_a_link_is_taken():
    from weasyprint import HTML

    content = HTML(string="<p>Surat dengan <a href='https://bps.go.id'>tautan</a>").write_pdf()

    assert b"/ObjStm" in content
    assert type_of(content) == PDF


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
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
        (samples.written_pdf(lambda writer: writer.add_attachment("x.exe", b"MZ")), "berkas lain"),
        (samples.written_pdf(lambda writer: writer.encrypt("rahasia")), "kata sandi"),
        (samples.long_pdf(papers.MAX_PAGES + 1), "201 halaman, paling banyak 200"),
    ],
)
def test_a_pdf_that_is_broken_or_acts_by_itself_is_refused_with_what_to_do(content, words):
    with pytest.raises(BadFile, match=words):
        type_of(content)


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


def test_an_office_file_with_a_damaged_part_is_refused():
    content = office_file(word__x="Surat " * 100)
    place = content.index(b"word/x") + 10

    with pytest.raises(BadFile, match="terpotong"):
        type_of(content[:place] + b"\x00\x01\x02" + content[place + 3 :])


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(BadFile, match="paling besar 10 MB"):
        type_of(paper_pdf("Surat"), size=MAX_BYTES + 1)


def test_a_file_of_the_limit_is_taken():
    content = photo()

    assert type_of(content + bytes(MAX_BYTES - len(content))) == JPEG


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow warns of damaged EXIF data
@settings(max_examples=150, deadline=None)
@given(st.sampled_from([paper_pdf("Surat"), photo(), photo(kind="PNG"), office_file()]), st.data())
def test_a_damaged_file_is_accepted_or_refused_without_another_error(content, data):
    place = data.draw(st.integers(0, len(content) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=40))

    try:
        found = type_of(content[:place] + damage + content[place + len(damage) :])
    except BadFile:
        found = None

    assert found in {None, PDF, JPEG, PNG, DOCX}
