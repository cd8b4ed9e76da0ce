"""For each rule, a change to a correct form that causes its finding (`breaks`) and one that does not (`keeps`)."""

from typing import Any, NamedTuple

KALSEL, BANJARMASIN = "Kalimantan Selatan", "Kota Banjarmasin"
HERE = [{"provinsi": KALSEL, "kabkota": BANJARMASIN}]
TWO = [*HERE, {"provinsi": KALSEL, "kabkota": "Kabupaten Banjar"}]
ELSEWHERE = [{"provinsi": KALSEL, "kabkota": "Kabupaten Tapin"}]
WHOLE = [{"provinsi": KALSEL, "kabkota": "semua"}]
NON_PROBABILITY = {"metode_penelitian": 2, "metode_nonprob": 2, "metode_nonprob_uraian": "Kuota per kecamatan."}
NO_BLOCK_VI = dict.fromkeys(
    (
        "jenis_rancangan",
        "jenis_rancangan_sebutkan",
        "kerangka_sampel",
        "metode_pemilihan",
        "fraksi_sampel",
        "unit_sampel",
        "jumlah_sampel",
        "sampling_error",
        "responden",
        "jumlah_responden",
    )
)


class Case(NamedTuple):
    rule: str
    item: str
    breaks: dict[str, Any]
    keeps: dict[str, Any]


def variable(**cells: str) -> dict[str, list[dict[str, str]]]:
    """Return a table with one correct variable of FS3, changed by `cells`."""
    good = {"nama": "Umur", "definisi": "Umur pada ulang tahun terakhir.", "referensi_waktu": "Saat pencacahan"}
    return {"variabel": [good | cells]}


def source(**cells: str) -> dict[str, list[dict[str, str]]]:
    """Return a table with one correct variable of FP-KPA, changed by `cells`."""
    time = {"referensi_waktu": "Keadaan 31 Desember 2026", "sumber": "Dinas Contoh"}
    return {"variabel": [variable()["variabel"][0] | time | cells]}


def period(item_id: str, start: str | None, end: str | None) -> dict[str, dict[str, str | None]]:
    return {item_id: {"awal": start, "akhir": end}}


def all_are(code: int, *item_ids: str) -> dict[str, int]:
    return dict.fromkeys(item_ids, code)


PROCESSING = ("olah_editing", "olah_coding", "olah_validasi")
PRODUCTS = ("produk_cetak", "produk_elektronik", "produk_makro", "produk_mikro", "produk_lainnya")
MULTI = {"jenis_rancangan": 2, "jenis_rancangan_sebutkan": "Kelurahan, lalu rumah tangga."}

FS3_CASES = [
    Case("F-S1", "variabel", variable(definisi="Rasa puas \N{GRINNING FACE}."), variable(definisi="Rasa puas ☺.")),
    Case("F-J1", "judul_survei", {"judul_survei": "Survei Wisatawan Kota Banjarmasin 2027"}, {}),
    Case(
        "F-J2",
        "judul_survei",
        {"judul_survei": "Survei Wisatawan"},
        {"judul_survei": "Survei Kepuasan Wisatawan di Banjarmasin"},
    ),
    Case(
        "F-1.1",
        "instansi_penyelenggara",
        {"instansi_penyelenggara": "Disbudporapar Kota Banjarmasin"},
        {"instansi_penyelenggara": "Distribusi Wilayah II, Dinas Perhubungan"},
    ),
    Case("F-3.2a", "frekuensi", {"survei_dilakukan": 1, "frekuensi": 7}, {"survei_dilakukan": 1, "frekuensi": None}),
    Case("F-3.2b", "frekuensi", {"survei_dilakukan": 2, "frekuensi": None}, {"survei_dilakukan": None}),
    Case(
        "F-3.3",
        "tipe_pengumpulan",
        {"survei_dilakukan": 1, "tipe_pengumpulan": 3},
        {"survei_dilakukan": 1, "tipe_pengumpulan": None},
    ),
    Case("F-4.2a", "variabel", variable(definisi=" "), variable()),
    Case("F-4.2b", "variabel", variable(definisi="adalah umur."), variable(definisi="Umur (tahun adalah satuannya).")),
    Case("F-4.2c", "variabel", variable(referensi_waktu=""), {"variabel": []}),
    Case("F-4.2d", "variabel", variable(nama="Jml ART (org)"), variable(nama="Jumlah anggota rumah tangga")),
    Case("F-5.3a", "wilayah", {"cakupan_wilayah": 1}, {"cakupan_wilayah": 1, "wilayah": []}),
    Case("F-5.3b", "wilayah", {"wilayah": []}, {"cakupan_wilayah": None, "wilayah": []}),
    Case("R-WIL-01", "cakupan_wilayah", {"cakupan_wilayah": 1}, {"cakupan_wilayah": None}),
    Case("R-WIL-02", "wilayah", {"wilayah": TWO}, {"wilayah": [{"kabkota": "kota banjarmasin"}]}),
    Case(
        "F-5.6a",
        "metode_nonprob_uraian",
        {"metode_nonprob_uraian": "Kuota"},
        {"metode_nonprob_uraian": "Kuota", "metode_penelitian": None},
    ),
    Case("F-5.6b", "metode_nonprob_uraian", NON_PROBABILITY | {"metode_nonprob_uraian": ""}, NON_PROBABILITY),
    Case("F-5.7", "uji_coba", {"uji_coba": 2}, {"uji_coba": None}),
    Case("F-5.9", "pendidikan_petugas", {"pendidikan_petugas": [1, 4]}, {"pendidikan_petugas": [2]}),
    Case("F-5.10", "pelatihan", {"pelatihan": 2}, {"pelatihan": 2, "metode_pengumpulan": [4]}),
    Case(
        "F-5.11",
        "jumlah_supervisor",
        {"jumlah_supervisor": 5, "jumlah_enumerator": 4},
        {"jumlah_supervisor": 4, "jumlah_enumerator": 4},
    ),
    Case("F-5.11b", "jumlah_enumerator", {"jumlah_enumerator": 0}, {"jumlah_enumerator": None}),
    Case("F-6.0a", "kerangka_sampel", {"kerangka_sampel": None, "responden": ""}, {}),
    Case("F-6.0b", "jenis_rancangan", NON_PROBABILITY, NON_PROBABILITY | NO_BLOCK_VI),
    Case("F-6.1", "fraksi_sampel", MULTI, MULTI | {"fraksi_sampel": "10/52 x 20/200 = 0,019"}),
    Case("F-6.4", "fraksi_sampel", {"fraksi_sampel": "500/1.000"}, {"fraksi_sampel": "370 dari 20.000"}),
    Case("F-6.6a", "sampling_error", {"sampling_error": "RSE 0,1"}, {"sampling_error": "MoE 5% (95% kepercayaan)"}),
    Case("F-6.6b", "sampling_error", {"sampling_error": "5 persen"}, {"sampling_error": "5% (koefisien variasi)"}),
    Case("F-7.1", "olah_editing", all_are(2, *PROCESSING), all_are(2, "olah_editing", "olah_coding")),
    Case("F-7.2", "tingkat_estimasi", {"tingkat_estimasi": [4, 32]}, {"tingkat_estimasi": [32]}),
    Case("F-7.2b", "tingkat_estimasi", {"tingkat_estimasi": [2, 4]}, {"tingkat_estimasi": [2], "wilayah": WHOLE}),
    Case("F-7.3", "metode_analisis", NON_PROBABILITY | {"metode_analisis": 3}, {"metode_analisis": 3}),
    Case("F-7.4", "produk_cetak", all_are(2, *PRODUCTS), all_are(2, *PRODUCTS) | {"produk_mikro": 1}),
    Case(
        "F-7.5a",
        "jadwal_analisis",
        period("jadwal_analisis", "2027-06-25", "2027-06-14"),
        period("jadwal_analisis", "2027-06-14", "2027-06-14"),
    ),
    Case(
        "F-7.5b",
        "jadwal_perencanaan",
        period("jadwal_perencanaan", "2026-11-30", "2027-02-09"),
        period("jadwal_perencanaan", "2026-11-30", "2027-02-08"),
    ),
    Case(
        "F-7.5c",
        "jadwal_pengolahan",
        period("jadwal_pengolahan", "2027-05-30", "2027-06-11"),
        period("jadwal_pengolahan", "2027-05-31", "2027-06-11"),
    ),
    Case(
        "F-7.5d",
        "jadwal_lapangan",
        period("jadwal_lapangan", "2026-12-07", "2027-05-31"),
        period("jadwal_lapangan", "2026-12-08", "2027-05-31"),
    ),
    Case("F-7.5e", "tahun_kegiatan", {"tahun_kegiatan": 2026}, {"tahun_kegiatan": None}),
    Case(
        "F-7.6",
        "tanggal_ketersediaan",
        {"tanggal_ketersediaan": "2027-06-27"},
        {"tanggal_ketersediaan": "2027-06-28"},
    ),
]

FPKPA_CASES = [
    Case("K-S1", "judul_kegiatan", {"judul_kegiatan": "Kompilasi \N{GRINNING FACE} Kota Banjarmasin"}, {}),
    Case("K-J1", "judul_kegiatan", {"judul_kegiatan": "Data Sosial Kota Banjarmasin"}, {}),
    Case("K-J2", "judul_kegiatan", {"judul_kegiatan": "Kompilasi Data Sosial"}, {}),
    Case("K-J3", "judul_kegiatan", {"judul_kegiatan": "Kompilasi Data Kota Banjarmasin 2026"}, {}),
    Case("K-J4", "judul_kegiatan", {"judul_kegiatan": "Kompilasi Hasil Survei Kota Banjarmasin"}, {}),
    Case("K-1.1", "penyelenggara", {"penyelenggara": "BKPSDM Kota Banjarmasin"}, {"penyelenggara": "DINAS SOSIAL"}),
    Case(
        "K-3.1",
        "tujuan_manfaat",
        {"tujuan_manfaat": "Menyediakan data sosial pada tingkat kecamatan."},
        {"tujuan_manfaat": "Menyediakan angka kemiskinan."},
    ),
    Case(
        "K-3.2a",
        "jadwal_diseminasi",
        period("jadwal_diseminasi", "2027-03-31", "2027-03-15"),
        period("jadwal_diseminasi", "2027-03-31", None),
    ),
    Case("K-3.2b", "jadwal_perencanaan", period("jadwal_perencanaan", "2026-12-01", "2027-01-12"), {}),
    Case(
        "K-3.2c",
        "jadwal_analisis",
        period("jadwal_analisis", "2027-02-25", "2027-03-12"),
        period("jadwal_analisis", None, "2027-03-12"),
    ),
    Case(
        "K-3.2d",
        "jadwal_pengumpulan",
        period("jadwal_pengumpulan", "2027-01-11", "2027-07-11"),
        period("jadwal_pengumpulan", "2027-01-11", "2027-07-10"),
    ),
    Case(
        "K-3.2e",
        "jadwal_pengumpulan",
        period("jadwal_pengumpulan", "2026-12-10", "2027-02-12"),
        period("jadwal_pengumpulan", "2026-12-11", "2027-02-12"),
    ),
    Case("K-3.2f", "tahun_kegiatan", {"tahun_kegiatan": 2028}, {}),
    Case("K-4a", "variabel", source(sumber=""), source()),
    Case("K-4b", "variabel", source(referensi_waktu="Tahun 2027"), source(referensi_waktu="10/01/2027")),
    Case("K-4c", "variabel", source(definisi=""), source()),
    Case("K-4d", "variabel", source(definisi="Jumlah umur."), source()),
    Case("K-5.2a", "frekuensi", {"kegiatan_dilakukan": 1}, {"kegiatan_dilakukan": 1, "frekuensi": None}),
    Case("K-5.2b", "frekuensi", {"frekuensi": None}, {"kegiatan_dilakukan": None, "frekuensi": None}),
    Case(
        "K-5.3",
        "jenis_data",
        {"variabel": source()["variabel"] + source(referensi_waktu="Semester I 2026")["variabel"]},
        {"variabel": source()["variabel"] + source(referensi_waktu="Januari-Desember 2026")["variabel"]},
    ),
    Case("K-5.4", "metode_pengumpulan", {"metode_pengumpulan": [1]}, {"metode_pengumpulan": [1, 4]}),
    Case("R-WIL-01", "cakupan_wilayah", {"cakupan_wilayah": 1}, {"cakupan_wilayah": 2}),
    Case("K-5.6a", "wilayah", {"cakupan_wilayah": 1}, {"cakupan_wilayah": 1, "wilayah": None}),
    Case("K-5.6b", "wilayah", {"wilayah": None}, {"wilayah": "tidak terbaca"}),
    Case("R-WIL-02", "wilayah", {"wilayah": ELSEWHERE}, {"wilayah": [{"provinsi": "Kalimantan Timur"}]}),
    Case("K-6.3", "jumlah_supervisor", {"jumlah_supervisor": 6}, {"jumlah_supervisor": 5}),
    Case("K-6.3b", "jumlah_enumerator", {"jumlah_enumerator": 0}, {"jumlah_enumerator": 1}),
    Case("K-7.1", "olah_editing", all_are(2, *PROCESSING, "olah_entry"), all_are(2, *PROCESSING)),
    Case("K-7.4", "tingkat_penyajian", {"tingkat_penyajian": [4, 32]}, {"tingkat_penyajian": [32]}),
    Case("K-7.5", "produk_cetak", {"produk_elektronik": 2}, {"produk_elektronik": None}),
    Case("K-7.6", "tanggal_publikasi", {"tanggal_publikasi": "2027-03-14"}, {"tanggal_publikasi": "14/03/20277"}),
]
