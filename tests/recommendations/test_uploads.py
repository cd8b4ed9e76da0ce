import io
import zipfile

import pytest

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
    fitting_name,
    shown_size,
)

WHOLE_JPEG = b"\xff\xd8\xff\xe0" + b"x" * 100 + b"\xff\xd9"
WHOLE_PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100 + b"IEND\xaeB`\x82"


def package(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


def type_of(content, size=None):
    return content_type_of(io.BytesIO(content), size=len(content) if size is None else size)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (paper_pdf("Surat"), PDF),
        (WHOLE_JPEG, JPEG),
        (WHOLE_PNG, PNG),
        (package("[Content_Types].xml", "word/document.xml"), DOCX),
        (package("[Content_Types].xml", "xl/workbook.xml"), XLSX),
    ],
)
def test_a_file_is_known_by_its_content(content, expected):
    assert type_of(content) == expected


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"MZ\x90\x00 a program", "bukan PDF"),
        (b"<html><script>alert(1)</script>", "bukan PDF"),
        (paper_pdf("Surat")[:-30], "terpotong"),
        (WHOLE_PNG[:-20], "terpotong"),
        (package("[Content_Types].xml", "word/document.xml")[:-20], "terpotong"),
        (package("surat.pdf"), "zip tidak diterima"),
        (package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "makro"),
    ],
)
def test_what_the_desk_does_not_take_is_told_with_what_to_do(content, words):
    with pytest.raises(BadFile, match=words):
        type_of(content)


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(BadFile, match="paling besar 10 MB"):
        type_of(paper_pdf("Surat"), size=MAX_BYTES + 1)


@pytest.mark.parametrize(
    ("name", "content_type", "kept"),
    [
        ("surat.pdf", PDF, "surat.pdf"),
        ("x.exe", PDF, "x.exe.pdf"),
        ("scan.JPEG", JPEG, "scan.JPEG"),
        ("scan", PNG, "scan.png"),
    ],
)
def test_the_name_ends_as_the_content_says(name, content_type, kept):
    assert fitting_name(name, content_type) == kept


@pytest.mark.parametrize(
    ("size", "words"), [(3, "1 KB"), (420_000, "410 KB"), (1_400_000, "1,3 MB"), (MAX_BYTES, "10 MB")]
)
def test_a_size_is_told_in_kilobytes_or_megabytes(size, words):
    assert shown_size(size) == words
