"""Workbooks that were made to harm the desk, or that were damaged on the way, are refused."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from recommendations.instruments import INSTRUMENTS
from recommendations.workbook.packages import MAX_BYTES, BadWorkbook, check_package
from recommendations.workbook.reading import read_workbook
from recommendations.workbook.writing import write_workbook

FS3 = INSTRUMENTS["FS3"]
TEMPLATE = write_workbook(FS3, {}, about="Uji")
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


TYPES = "[Content_Types].xml"
SHARED = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def shared_strings(content):
    """Return the template with a part of shared strings, declared in the content types, as Excel writes them."""
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as template:
        types = template.read(TYPES).replace(b"</Types>", SHARED)
    return with_parts({"xl/sharedStrings.xml": content, TYPES: types})


def with_parts(parts, leave_out=()):
    """Return the template with `parts` of its package replaced or added, and without those in `leave_out`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts and name not in leave_out:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "bukan Excel"),
        (b"Nomor;Jawaban\n1.1;Dinas Contoh\n", "bukan Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, r"\.xls atau berkata sandi"),
        (TEMPLATE[: len(TEMPLATE) // 2], "terpotong"),
        (TEMPLATE[:-100], "terpotong"),
        (b"PK\x03\x04" + b"\0" * 50 * 1024 * 1024, "lebih dari 5 MB"),
        (with_parts({"xl/vbaProject.bin": b"x"}), "makro"),
        (with_parts({}, leave_out=["xl/workbook.xml"]), "bukan Excel"),
        (with_parts({"xl/media/nol.png": b"\0" * 50 * 1024 * 1024}), "terlalu besar"),
        (with_parts({f"xl/media/{n}.png": b"" for n in range(400)}), "terlalu besar"),
        (shared_strings(b"<sst>" + b"<si/>" * 700_000 + b"</sst>"), "terlalu banyak"),
        (with_parts({"xl/x.XML": b"<sst>" + b"<si/>" * 700_000 + b"</sst>"}), "terlalu banyak"),
        (shared_strings(BOMB), "rusak"),
        (with_parts({"xl/workbook.xml": BOMB}), "rusak"),
        (with_parts({"xl/worksheets/sheet2.xml": BOMB}), "rusak"),
        (with_parts({"xl/worksheets/sheet2.xml": b"<worksheet><sheetData><row>"}), "rusak"),
        (with_parts({"xl/styles.xml": b"not xml"}), "rusak"),
        (shared_strings(b"<sst>"), "rusak"),
    ],
)
def test_a_bad_file_is_refused_with_what_to_do(content, words):
    with pytest.raises(BadWorkbook, match=words):
        read_workbook(content)


def test_a_part_larger_than_its_declared_size_is_refused():
    content = bytearray(with_parts({"xl/media/a.xml": b"<a/>" * 10_000}))
    entry = content.rfind(b"xl/media/a.xml") - 46
    content[entry + 24 : entry + 28] = (100).to_bytes(4, "little")

    with pytest.raises(BadWorkbook, match="terpotong"):
        check_package(bytes(content))


def test_a_link_to_another_file_is_never_followed():
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    content = with_parts(
        {"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/externalLink1.xml.rels": rels}
    )

    assert read_workbook(content).values == {}


def test_the_limit_of_the_file_is_named_in_megabytes():
    assert MAX_BYTES == 5 * 1024 * 1024
    check_package(TEMPLATE)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_typed_words_never_become_a_formula(start):
    hostile = f'{start}HYPERLINK("http://contoh.example")'
    answers = {"judul_survei": hostile, "variabel": [{"nama": hostile}]}

    book = load_workbook(io.BytesIO(write_workbook(FS3, answers, about=hostile)))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert len(cells) == 4
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(str(cell.value).startswith("'") or "Edisi" in cell.value for cell in cells)


def test_openpyxl_reads_foreign_xml_with_defusedxml_and_not_with_lxml():
    from openpyxl.xml import DEFUSEDXML, LXML

    assert (DEFUSEDXML, LXML) == (True, False)
