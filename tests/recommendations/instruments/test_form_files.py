from datetime import date

import pytest

from recommendations.instruments.form_files import MAX_BYTES, BadFormFile, read_form_file


def test_a_filled_form_is_read_with_its_date_and_its_files():
    file = read_form_file(
        b"\xef\xbb\xbf_meta: {form: FP-KPA}\n"
        b"submission: {tanggal_pengajuan: 2026-12-10, attachments: [instrumen]}\n"
        b"values: {judul_kegiatan: Kompilasi, tanggal_publikasi: 2027-03-31}\n"
    )

    assert (file.instrument_code, file.submitted_on, file.attachments) == ("FP-KPA", date(2026, 12, 10), ["instrumen"])
    assert file.values == {"judul_kegiatan": "Kompilasi", "tanggal_publikasi": "2027-03-31"}


def test_json_is_read_as_well():
    file = read_form_file(b'{"_meta": {"form": "FS3"}, "values": {"uji_coba": 1}}')

    assert (file.values, file.submitted_on, file.attachments) == ({"uji_coba": 1}, None, [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "tidak memuat"),
        (b"\xff\xfe\x00", "utuh"),
        (b"a: [", "utuh"),
        (b'{"a": ', "utuh"),
        (b"- satu\n- dua\n", "tidak memuat"),
        (b"_meta: {form: FS3}\n", "values"),
        (b"_meta: {form: FS9}\nvalues: {}\n", "harus FS3 atau FP-KPA"),
        (b"_meta: {form: [FS3]}\nvalues: {}\n", "harus FS3 atau FP-KPA"),
        (b"a: &a [x]\nvalues: {b: *a}\n", "alias"),
        (b"values: !!python/object/apply:os.system ['true']\n", "utuh"),
        (b"[" * 50_000, "utuh"),
        (b'{"a":' * 50_000, "utuh"),
        (b"x" * (MAX_BYTES + 1), "2 MB"),
    ],
)
def test_what_is_no_filled_form_is_refused_in_words(content, words):
    with pytest.raises(BadFormFile, match=words):
        read_form_file(content)
