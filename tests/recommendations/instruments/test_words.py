import pytest

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.words import answer_words, code_sum, rincian_words

FS3, FPKPA = INSTRUMENTS["FS3"], INSTRUMENTS["FP-KPA"]


@pytest.mark.parametrize(
    ("item_id", "value", "words"),
    [
        ("tingkat_estimasi", [4], "4 - Kabupaten/Kota"),
        (
            "metode_pengumpulan",
            [1, 4],
            "1 - Wawancara langsung; 4 - Mengisi kuesioner sendiri (swacacah). Jumlah kode: 5",
        ),
        ("uji_coba", 1, "Ya"),
        ("uji_coba", 2, "Tidak"),
        ("tanggal_ketersediaan", "2027-07-09", "9 Juli 2027"),
        ("jadwal_lapangan", {"awal": "2027-02-08", "akhir": "2027-05-31"}, "8 Februari 2027 s.d. 31 Mei 2027"),
        ("jadwal_lapangan", {"awal": "2027-02-08", "akhir": None}, "8 Februari 2027 s.d. (belum diisi)"),
        ("jumlah_sampel", 20000, "20.000"),
        ("jumlah_supervisor", 0, "0"),
        ("tahun_kegiatan", 2027, "2027"),
        ("judul_survei", "Survei", "Survei"),
        ("variabel", [{"nama": "Umur"}] * 11, "11 baris"),
        (
            "wilayah",
            [
                {"provinsi": "Kalimantan Selatan", "kabkota": "Kota Banjarmasin"},
                {"provinsi": "Kalimantan Tengah", "kabkota": "semua"},
                {"provinsi": "Kalimantan Selatan", "kabkota": "Kabupaten Banjar"},
            ],
            "Kalimantan Selatan: Kota Banjarmasin, Kabupaten Banjar; Kalimantan Tengah: semua",
        ),
        ("wilayah", [{"kabkota": "Kota Banjarmasin"}], "Kota Banjarmasin"),
    ],
)
def test_an_answer_is_put_into_words(item_id, value, words):
    assert answer_words(FS3.item(item_id), value) == words


@pytest.mark.parametrize("item", FS3.items, ids=lambda item: item.id)
def test_a_missing_answer_is_an_empty_text(item):
    assert answer_words(item, None) == ""


@pytest.mark.parametrize(
    ("item_id", "junk", "words"),
    [
        ("tanggal_ketersediaan", "31/02/2027", "31/02/2027"),
        ("metode_pengumpulan", ["x", 1], "x, 1"),
        ("jadwal_lapangan", {"awal": "31/02/2027", "akhir": None}, "awal: 31/02/2027, akhir: "),
        ("variabel", [["x"]], "x"),
    ],
)
def test_an_unreadable_answer_is_shown_as_typed(item_id, junk, words):
    assert answer_words(FS3.item(item_id), junk) == words


@pytest.mark.parametrize(("value", "total"), [([1, 2, 16], 19), (["4", "1"], 5), ([], 0), (None, 0), (["x"], 0)])
def test_the_box_on_paper_holds_the_sum_of_the_codes(value, total):
    assert code_sum(FS3.item("metode_pengumpulan"), value) == total


def test_a_single_choice_has_no_sum():
    assert code_sum(FS3.item("frekuensi"), 7) == 0


@pytest.mark.parametrize(
    ("form", "item_id", "changes", "words"),
    [
        (FS3, "pendidikan_petugas", {}, "4 - Akademi/Universitas: Diploma III"),
        (
            FS3,
            "uji_coba",
            {},
            "Ya. Uji coba kuesioner kepada 30 pengguna layanan di loket dinas selama dua hari pada Januari 2027.",
        ),
        (FS3, "uji_coba", {"uji_coba": 2, "uji_coba_uraian": "Sudah."}, "Tidak. Sudah."),
        (FS3, "uji_coba", {"uji_coba": None, "uji_coba_uraian": None}, ""),
        (
            FS3,
            "metode_pengumpulan",
            {"metode_pengumpulan": [1, 16], "metode_pengumpulan_lainnya": "Diskusi"},
            "1 - Wawancara langsung; 16 - Lainnya: Diskusi. Jumlah kode: 17",
        ),
        (FS3, "petugas", {"petugas": [1], "petugas_lainnya": "Magang"}, "1 - Staf sendiri. Magang"),
        (FS3, "frekuensi", {"frekuensi": 9, "frekuensi_lainnya": "Lima tahunan"}, "9 - Lainnya: Lima tahunan"),
        (FS3, "metode_nonprob", {"metode_nonprob": 1, "metode_nonprob_uraian": "a"}, "1 - Quota Sampling. a"),
        (
            FS3,
            "jumlah_supervisor",
            {},
            "Supervisi/Penyelia/Pengawas (orang): 1; Pengumpul Data/Enumerator (orang): 4",
        ),
        (
            FS3,
            "produk_lainnya",
            {"produk_makro": None, "produk_mikro": None, "produk_lainnya": 1, "produk_lainnya_sebutkan": "Siniar"},
            "Publikasi dalam Media Cetak: Tidak; Publikasi dalam Media Elektronik: Ya; Lainnya: Ya. Siniar",
        ),
        (
            FPKPA,
            "olah_editing",
            {"olah_coding": None, "olah_entry": None, "olah_validasi": None},
            "Penyuntingan (editing): Ya",
        ),
        (FPKPA, "variabel", {}, "6 baris"),
    ],
)
def test_the_items_of_a_rincian_are_put_into_one_text(
    survey_answers, compilation_answers, form, item_id, changes, words
):
    answers = (survey_answers if form is FS3 else compilation_answers) | changes

    assert rincian_words(form.rincian_of(item_id), answers) == words


@pytest.mark.parametrize("junk", ["x", ["x"], {"a": 1}, [["x"]], 3.5])
@pytest.mark.parametrize("form", INSTRUMENTS.values(), ids=INSTRUMENTS)
def test_malformed_answers_can_be_put_into_words(form, junk):
    answers = {item.id: junk for item in form.items}

    told = [rincian_words(rincian, answers) for block in form.blocks for rincian in block.rincians]

    assert all(told)
