"""Form files are read, or refused with a message."""

from datetime import date
from pathlib import Path

import pytest

from recommendations.instruments.completeness import findings
from recommendations.instruments.form_files import LARGEST, BadFormFile, read_form_file

EXAMPLES = Path(__file__).parent / "examples"
CLEAN = EXAMPLES / "fs3_01_skm_disdukcapil.yaml"


def form(values: str = "{}", submission: str = "{}") -> bytes:
    return f"_meta: {{form: FS3}}\nsubmission: {submission}\nvalues: {values}\n".encode()


def test_a_filled_form_is_read():
    read = read_form_file(CLEAN)

    assert (read.instrument_code, read.submitted_on) == ("FS3", date(2026, 12, 7))
    assert read.attachments == ("surat_pengantar", "instrumen", "jadwal", "kak")
    assert read.values["metode_pengumpulan"] == [1, 4]
    assert read.values["jumlah_sampel"] == 377
    assert read.values["fraksi_sampel"] == "377/20000 = 0,019"
    assert read.values["pj_fax"] is None
    assert read.values["jadwal_lapangan"] == {"awal": "2027-02-08", "akhir": "2027-05-31"}
    assert findings(read.instrument, read.values) == []


def test_bytes_are_read_like_a_file():
    assert read_form_file(CLEAN.read_bytes()) == read_form_file(CLEAN)


def test_unquoted_values_are_read_as_written():
    read = read_form_file(
        form("{pj_telepon: 0511, tanggal_ketersediaan: 2027-07-09, judul_survei: yes, uji_coba: 0x1}")
    )

    assert read.values == {
        "pj_telepon": "0511",
        "tanggal_ketersediaan": "2027-07-09",
        "judul_survei": "yes",
        "uji_coba": "0x1",
    }


def test_unknown_items_and_wrong_codes_are_kept_for_the_findings():
    read = read_form_file(form("{warna: biru, uji_coba: 9}"))

    assert [(one.rule, one.item) for one in findings(read.instrument, read.values) if one.rule == "invalid"] == [
        ("invalid", "uji_coba"),
        ("invalid", "warna"),
    ]


BOMB = "a: &a [x, x]\n" + "".join(
    f"{two}: &{two} [*{one}, *{one}]\n" for one, two in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\x01\xff", "bukan YAML"),
        (b"[unclosed", "bukan YAML"),
        (b"a: b: c", "baris 1"),
        (b"- satu\n- dua\n", "pasangan nama dan nilai"),
        (b"", "pasangan nama dan nilai"),
        (b"hanya kata", "pasangan nama dan nilai"),
        (b"values: {}\n", "_meta"),
        (b"_meta: {form: FS9}\nvalues: {}\n", "FS3, FP-KPA"),
        (b"_meta: {form: [FS3]}\nvalues: {}\n", "FS3, FP-KPA"),
        (b"_meta: {form: FS3}\n", "values"),
        (b"_meta: {form: FS3}\nvalues: [1]\n", "values"),
        (form("{judul_survei: !!python/object/apply:os.system [ls]}"), "python/object"),
        (form("{judul_survei: !!binary aGFsbw==}"), "binary"),
        (BOMB.encode(), "rujukan"),
        (form("{variabel: " + "[" * 5000 + "]" * 5000 + "}"), "terlalu dalam"),
        (form(submission="{tanggal_pengajuan: besok}"), "tanggal_pengajuan"),
        (form(submission="{attachments: semua}"), "daftar"),
        (form(submission="[1]"), "submission"),
        (b"a: 1\n---\nb: 2\n", "bukan YAML"),
        (b"x" * (LARGEST + 1), "2 MB"),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_a_message(content, words):
    with pytest.raises(BadFormFile, match=words):
        read_form_file(content)


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path):
    file = tmp_path / "big.yaml"
    with file.open("wb") as big:
        big.truncate(50 * 1024 * 1024)

    with pytest.raises(BadFormFile, match="2 MB"):
        read_form_file(file)


@pytest.mark.parametrize("place", ["nowhere.yaml", "."])
def test_an_unreadable_file_is_refused_with_a_message(tmp_path, place):
    with pytest.raises(BadFormFile, match="tidak terbaca"):
        read_form_file(tmp_path / place)
