import pytest

from recommendations.uploads import JPEG, MAX_BYTES, PDF, PNG, XLSX, fitting_name, kind_words, shown_size


@pytest.mark.parametrize(
    ("name", "content_type", "kept"),
    [
        ("surat.pdf", PDF, "surat.pdf"),
        ("x.exe", PDF, "x.exe.pdf"),
        ("scan.JPEG", JPEG, "scan.JPEG"),
        ("scan", PNG, "scan.png"),
        ("", PNG, "berkas.png"),
        (".pdf", PDF, "pdf.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("C:\\Dokumen\\Surat Pengantar.pdf", PDF, "Surat Pengantar.pdf"),
        ("surat\0.exe\0.pdf", PDF, "surat .exe.pdf"),
        ("surat\u202efdp.exe", PDF, "surat fdp.exe.pdf"),
        ("表 Jadwal – 2026.xlsx", XLSX, "表 Jadwal – 2026.xlsx"),
        ("baris\r\nSet-Cookie: x.pdf", PDF, "baris Set-Cookie x.pdf"),
    ],
)
def test_a_name_is_harmless_and_ends_as_the_content_says(name, content_type, kept):
    assert fitting_name(name, content_type) == kept


def test_a_name_that_is_too_long_is_shortened_before_its_ending():
    kept = fitting_name("s" * 300 + ".pdf", PDF)

    assert len(kept) == 200
    assert kept.endswith("s.pdf")


@pytest.mark.parametrize(
    ("size", "words"), [(3, "1 KB"), (420_000, "410 KB"), (1_400_000, "1,3 MB"), (MAX_BYTES, "10 MB")]
)
def test_a_size_is_written_in_kilobytes_or_megabytes(size, words):
    assert shown_size(size) == words


def test_a_kind_has_a_short_word():
    assert (kind_words(PDF), kind_words("text/plain")) == ("PDF", "text/plain")
