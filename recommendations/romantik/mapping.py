"""The recoding of FS3 and FP-KPA to MS-Keg: the items that answer each question, and their codes.

Codes are never copied: each code is recoded, even to an equal one. We made the tables from the texts of the three
forms: FS3 of 2020, FP-KPA of 2019, MS-Keg of Peraturan BPS 5/2020. A comment "4.1 -> 3.2" means: number 4.1 on paper,
3.2 in MS-Keg. The paper does not ask a question that is missing here.
"""

from recommendations.romantik.joint_recodings import digital_of, release_of, sampling_method_of
from recommendations.romantik.questions import CENSUS, COMPILATION, SURVEY
from recommendations.romantik.rules import (
    Recoding,
    always,
    recoded,
    recoded_all,
    same_answer,
    table_of_rows,
    to_decide,
    together,
)

SAME_YES_NO = {1: 1, 2: 2}
ONE_DATE_EACH = "MS-Keg memisahkan perencanaan kegiatan dan desain; formulir menyebut satu masa."
NO_FREQUENCY = "MS-Keg tidak mengenal frekuensi lainnya."
STAFF = {(1,): 1, (2,): 2, (1, 2): 3}
OTHER_STAFF = "MS-Keg hanya mengenal staf, mitra/tenaga kontrak, atau keduanya."
WHICH_DIPLOMA = "Akademi/universitas: MS-Keg membedakan Diploma I/II/III (3) dan Diploma IV/S1/S2/S3 (4)."
LEVELS = {1: 1, 2: 2, 4: 4, 8: 8, 16: 16}  # 32, "tidak dilakukan estimasi", has no code in MS-Keg
NO_LEVEL = "“Tidak dilakukan estimasi” tidak ada di MS-Keg."

FS3_RULES: dict[str, Recoding] = {
    # cover; 5.1 -> cara
    "judul": same_answer("judul_survei"),
    "tahun": same_answer("tahun_kegiatan"),
    "cara": recoded("cara_pengumpulan", {1: SURVEY, 2: CENSUS}),
    # 1.1 -> 1.1; 1.2 -> 1.2
    "instansi": same_answer("instansi_penyelenggara"),
    "alamat": same_answer("instansi_alamat"),
    "kabkota": same_answer("instansi_kabkota"),
    "provinsi": same_answer("instansi_provinsi"),
    "telepon": same_answer("instansi_telepon"),
    "faksimile": same_answer("instansi_faksimile"),
    "email": same_answer("instansi_email"),
    # 2.2 -> 2.2
    "teknis_nama": same_answer("manajer_nama"),
    "teknis_jabatan": same_answer("manajer_jabatan"),
    "teknis_alamat": same_answer("manajer_alamat"),
    "teknis_telepon": same_answer("manajer_telepon"),
    "teknis_faksimile": same_answer("manajer_fax"),
    "teknis_email": same_answer("manajer_email"),
    # 4.1 -> 3.2; 7.5 -> 3.3; 4.2 -> 3.4
    "tujuan": same_answer("tujuan_survei"),
    "jadwal_perencanaan": same_answer("jadwal_perencanaan", hint=ONE_DATE_EACH),
    "jadwal_pengumpulan": same_answer("jadwal_lapangan"),
    "jadwal_pengolahan": same_answer("jadwal_pengolahan"),
    "jadwal_analisis": same_answer("jadwal_analisis"),
    "jadwal_diseminasi": same_answer("jadwal_penyajian"),
    "variabel": table_of_rows("variabel", {name: name for name in ("nama", "konsep", "definisi", "referensi_waktu")}),
    # 3.1 -> 4.1; 3.2 -> 4.2: the same codes, except 9, which MS-Keg does not have; 3.3 -> 4.3
    "dilakukan": recoded("survei_dilakukan", {1: 1, 2: 2}),
    "frekuensi": recoded(
        "frekuensi", {code: code for code in range(1, 9)}, why=NO_FREQUENCY, detail="frekuensi_lainnya"
    ),
    "tipe": recoded(
        "tipe_pengumpulan",
        {2: 3, 3: 2},
        why="Longitudinal: MS-Keg membedakan panel (1, responden sama) dan longitudinal cross sectional (2).",
    ),
    # 5.2 -> 4.4; 5.3 -> 4.5; 5.4 -> 4.6: MS-Keg has one code for both kinds of interview
    "cakupan": recoded("cakupan_wilayah", {1: 1, 2: 2}),
    "wilayah": table_of_rows("wilayah", {"provinsi": "provinsi", "kabkota": "kabkota"}),
    "metode": recoded_all(
        "metode_pengumpulan", {1: 1, 2: 1, 4: 2, 8: 4, 16: 16}, specified={16: "metode_pengumpulan_lainnya"}
    ),
    # 6.1 -> 5.1; 5.5 -> 5.2; 5.6 and 6.3 -> 5.3: in MS-Keg, snowball (9) is before saturation (10); 6.2 -> 5.4
    "rancangan": recoded("jenis_rancangan", {1: 1, 2: 2}),
    "pemilihan": recoded("metode_penelitian", {1: 1, 2: 2}),
    "metode_sampel": sampling_method_of("metode_penelitian", "metode_nonprob", "metode_pemilihan"),
    "kerangka": to_decide("kerangka_sampel", why="Uraian: tentukan List Frame (1) atau Area Frame (2)."),
    # 6.4 -> 5.5; 6.6 -> 5.6; 6.5 -> 5.7; 6.7 -> 5.8
    "fraksi": same_answer("fraksi_sampel"),
    "sampling_error": same_answer("sampling_error"),
    "unit_sampel": same_answer("unit_sampel"),
    "unit_observasi": same_answer("responden"),
    # 5.7 -> 6.1; 5.8 -> 6.4; 5.9 -> 6.5: MS-Keg takes one answer; 5.11 -> 6.6; 5.10 -> 6.7
    "uji_coba": recoded("uji_coba", SAME_YES_NO),
    "petugas": together("petugas", STAFF, why=OTHER_STAFF, detail="petugas_lainnya"),
    "pendidikan": together(
        "pendidikan_petugas",
        {(1,): 1, (2,): 2},
        why=f"MS-Keg meminta satu pendidikan terendah. {WHICH_DIPLOMA}",
        detail="pendidikan_petugas_sebutkan",
    ),
    "supervisor": same_answer("jumlah_supervisor"),
    "enumerator": same_answer("jumlah_enumerator"),
    "pelatihan": recoded("pelatihan", SAME_YES_NO),
    # 7.1 -> 7.1, without data entry; 7.3 -> 7.2; 7.2 -> 7.4
    "editing": recoded("olah_editing", SAME_YES_NO),
    "coding": recoded("olah_coding", SAME_YES_NO),
    "validasi": recoded("olah_validasi", SAME_YES_NO),
    "analisis": recoded("metode_analisis", {1: 1, 2: 2, 3: 3}),
    "penyajian": recoded_all("tingkat_estimasi", LEVELS, specified={16: "tingkat_estimasi_lainnya"}, why=NO_LEVEL),
    # 7.4 -> 8.1; 7.6 -> 8.2
    "tercetak": recoded("produk_cetak", SAME_YES_NO),
    "digital": digital_of("produk_elektronik", "produk_makro"),
    "mikro": recoded("produk_mikro", SAME_YES_NO),
    "rilis": release_of("tanggal_ketersediaan", "produk_cetak", "produk_elektronik", "produk_mikro"),
}

FPKPA_RULES: dict[str, Recoding] = {
    # cover; "cara" needs no answer, because every FP-KPA is a compilation
    "judul": same_answer("judul_kegiatan"),
    "tahun": same_answer("tahun_kegiatan"),
    "cara": always(COMPILATION, item_id="judul_kegiatan"),
    # 1.1 -> 1.1; 1.2 -> 1.2
    "instansi": same_answer("penyelenggara"),
    "alamat": same_answer("penyelenggara_alamat"),
    "kabkota": same_answer("penyelenggara_kabkota"),
    "provinsi": same_answer("penyelenggara_provinsi"),
    "telepon": same_answer("penyelenggara_telepon"),
    "faksimile": same_answer("penyelenggara_faksimile"),
    "email": same_answer("penyelenggara_email"),
    # 2.2 -> 2.2
    "teknis_nama": same_answer("teknis_nama"),
    "teknis_jabatan": same_answer("teknis_jabatan"),
    "teknis_alamat": same_answer("teknis_alamat"),
    "teknis_telepon": same_answer("teknis_telepon"),
    "teknis_faksimile": same_answer("teknis_fax"),
    "teknis_email": same_answer("teknis_email"),
    # 3.1 -> 3.2; 3.2 -> 3.3; IV -> 3.4: MS-Keg asks for a concept, and for no source
    "tujuan": same_answer("tujuan_manfaat"),
    "jadwal_perencanaan": same_answer("jadwal_perencanaan", hint=ONE_DATE_EACH),
    "jadwal_pengumpulan": same_answer("jadwal_pengumpulan"),
    "jadwal_pengolahan": same_answer("jadwal_pengolahan"),
    "jadwal_analisis": same_answer("jadwal_analisis"),
    "jadwal_diseminasi": same_answer("jadwal_diseminasi"),
    "variabel": table_of_rows(
        "variabel",
        {"nama": "nama", "konsep": "", "definisi": "definisi", "referensi_waktu": "referensi_waktu"},
        hint="FP-KPA tidak menanyakan konsep; sumber data pada FP-KPA tidak ditanya MS-Keg.",
    ),
    # 5.1 -> 4.1; 5.2 -> 4.2: the codes 1, 2, 3 of the paper are monthly, quarterly, yearly; 5.3 -> 4.3
    "dilakukan": recoded("kegiatan_dilakukan", {1: 1, 2: 2}),
    "frekuensi": recoded("frekuensi", {1: 3, 2: 4, 3: 7}, why=NO_FREQUENCY, detail="frekuensi_lainnya"),
    "tipe": recoded(
        "jenis_data", {2: 3}, why="Series: MS-Keg membedakan panel (1) dan longitudinal cross sectional (2)."
    ),
    # 5.5 -> 4.4; 5.6 -> 4.5; 5.4 -> 4.6: dokumentasi is secondary data
    "cakupan": recoded("cakupan_wilayah", {1: 1, 2: 2}),
    "wilayah": table_of_rows("wilayah", {"provinsi": "provinsi", "kabkota": "kabkota"}),
    "metode": recoded_all("metode_pengumpulan", {1: 2, 2: 8, 4: 16}, specified={4: "metode_pengumpulan_lainnya"}),
    # 6.1 -> 6.4; 6.2 -> 6.5; 6.3 -> 6.6; 6.4 -> 6.7
    "petugas": together("petugas", STAFF, why=OTHER_STAFF, detail="petugas_lainnya"),
    "pendidikan": recoded("pendidikan_petugas", {1: 1, 2: 2}, why=WHICH_DIPLOMA),
    "supervisor": same_answer("jumlah_supervisor"),
    "enumerator": same_answer("jumlah_enumerator"),
    "pelatihan": recoded("pelatihan", SAME_YES_NO),
    # 7.1 -> 7.1; 7.2 -> 7.2; 7.3 -> 7.3; 7.4 -> 7.4
    "editing": recoded("olah_editing", SAME_YES_NO),
    "coding": recoded("olah_coding", SAME_YES_NO),
    "entry": recoded("olah_entry", SAME_YES_NO),
    "validasi": recoded("olah_validasi", SAME_YES_NO),
    "analisis": to_decide("metode_analisis", why="Uraian: tentukan Deskriptif (1), Inferensia (2), atau keduanya (3)."),
    "unit_analisis": to_decide("unit_analisis", why="Uraian: pilih Individu, Rumah tangga, Usaha/perusahaan, Lainnya."),
    "penyajian": recoded_all("tingkat_penyajian", LEVELS, specified={16: "tingkat_penyajian_lainnya"}, why=NO_LEVEL),
    # 7.5 -> 8.1, without micro data; 7.6 -> 8.2
    "tercetak": recoded("produk_cetak", SAME_YES_NO),
    "digital": recoded("produk_elektronik", SAME_YES_NO),
    "rilis": release_of("tanggal_publikasi", "produk_cetak", "produk_elektronik"),
}

MAPPING = {"FS3": FS3_RULES, "FP-KPA": FPKPA_RULES}
