"""MS-Keg, the metadata of a statistical activity (Peraturan BPS 5/2020). Romantik asks in its order and codes."""

from recommendations.instruments.conditions import Condition, Is
from recommendations.instruments.structure import YES_NO, Block, Choice, Column, Instrument, Item, Kind

CENSUS, SURVEY, COMPILATION, OTHER_WAY = 1, 2, 3, 4  # "cara pengumpulan data"
IS_SURVEY, IS_REPEATED, IS_PARTIAL = Is("cara", SURVEY), Is("dilakukan", 2), Is("cakupan", 2)
SPECIFY = "Lainnya (sebutkan)"
UNITS = ("Individu", "Rumah tangga", "Usaha/perusahaan")
SECTORS = (
    "Pertanian dan Perikanan", "Demografi dan Kependudukan", "Pembangunan", "Proyeksi Ekonomi",
    "Pendidikan dan Pelatihan", "Lingkungan", "Keuangan", "Globalisasi", "Kesehatan", "Industri dan Jasa",
    "Teknologi Informasi dan Komunikasi", "Perdagangan Internasional dan Neraca Perdagangan", "Ketenagakerjaan",
    "Neraca Nasional", "Indikator Ekonomi Bulanan", "Produktivitas", "Harga dan Paritas Daya Beli",
    "Sektor Publik, Perpajakan, dan Regulasi Pasar", "Perwilayahan dan Perkotaan", "Ilmu Pengetahuan dan Hak Paten",
    "Perlindungan Sosial dan Kesejahteraan", "Transportasi",
)  # fmt: skip


def _text(name: str, number: str, label: str, *, when: Condition | None = None) -> Item:
    return Item(id=name, number=number, label=label, kind=Kind.TEXT, shown_when=when)


def _long(name: str, number: str, label: str) -> Item:
    return Item(id=name, number=number, label=label, kind=Kind.TEXTAREA)


def _yes_no(name: str, number: str, label: str) -> Item:
    return Item(id=name, number=number, label=label, kind=Kind.YESNO, choices=YES_NO)


def _one(name: str, number: str, label: str, *labels: str, when: Condition | None = None) -> Item:
    """Return an item that takes one answer; its codes count from 1."""
    choices = tuple(Choice(code, words) for code, words in enumerate(labels, 1))
    return Item(id=name, number=number, label=label, kind=Kind.CHOICE, choices=choices, shown_when=when)


def _several(name: str, number: str, label: str, *labels: str) -> Item:
    """Return an item that takes several answers; its codes are 1, 2, 4, 8 ..."""
    choices = tuple(Choice(2**place, words) for place, words in enumerate(labels))
    return Item(id=name, number=number, label=label, kind=Kind.CHOICES, choices=choices)


def _dates(name: str, label: str) -> Item:
    return Item(id=name, number="3.3", label=label, kind=Kind.DATERANGE)


def _block(number: str, title: str, *items: Item, when: Condition | None = None) -> Block:
    return Block(id=number.lower() or "sampul", number=number, title=title, short=title, items=items, shown_when=when)


COVER = _block(
    "",
    "Sampul",
    _text("judul", "sampul", "Judul Kegiatan"),
    Item(id="tahun", number="sampul", label="Tahun Kegiatan", kind=Kind.YEAR),
    _one(
        "cara", "sampul", "Cara Pengumpulan Data",
        "Pencacahan Lengkap", "Survei", "Kompilasi Produk Administrasi",
        "Cara Lain Sesuai dengan Perkembangan Teknologi Informasi",
    ),
    _one("sektor", "sampul", "Sektor Kegiatan", *SECTORS),
    _yes_no("direkomendasi", "sampul", "Apakah Mendapatkan Rekomendasi Kegiatan Statistik?"),
    _text("identitas", "sampul", "Identitas Rekomendasi", when=Is("direkomendasi", 1)),
)  # fmt: skip

BLOCK_I = _block(
    "I",
    "Penyelenggara",
    _text("instansi", "1.1", "Instansi Penyelenggara"),
    _long("alamat", "1.2", "Alamat Lengkap Instansi Penyelenggara"),
    _text("kabkota", "1.2", "Kabupaten/Kota"),
    _text("provinsi", "1.2", "Provinsi"),
    _text("telepon", "1.2", "Telepon"),
    _text("faksimile", "1.2", "Faksimile"),
    _text("email", "1.2", "Email"),
)

BLOCK_II = _block(
    "II",
    "Penanggung Jawab",
    _text("eselon_1", "2.1", "Unit Eselon 1"),
    _text("eselon_2", "2.1", "Unit Eselon 2"),
    _text("teknis_nama", "2.2", "Penanggung Jawab Teknis: Nama"),
    _text("teknis_jabatan", "2.2", "Jabatan"),
    _long("teknis_alamat", "2.2", "Alamat"),
    _text("teknis_telepon", "2.2", "Telepon"),
    _text("teknis_faksimile", "2.2", "Faksimile"),
    _text("teknis_email", "2.2", "Email"),
)

BLOCK_III = _block(
    "III",
    "Perencanaan dan Persiapan",
    _long("latar_belakang", "3.1", "Latar Belakang Kegiatan"),
    _long("tujuan", "3.2", "Tujuan Kegiatan"),
    _dates("jadwal_perencanaan", "Rencana Jadwal: Perencanaan"),
    _dates("jadwal_pengumpulan", "Rencana Jadwal: Pengumpulan"),
    _dates("jadwal_pengolahan", "Rencana Jadwal: Pengolahan"),
    _dates("jadwal_analisis", "Rencana Jadwal: Analisis"),
    _dates("jadwal_diseminasi", "Rencana Jadwal: Diseminasi Hasil"),
    Item(
        id="variabel",
        number="3.4",
        label="Variabel (Karakteristik) yang Dikumpulkan",
        kind=Kind.TABLE,
        columns=(
            Column("nama", "Nama Variabel", Kind.TEXT),
            Column("konsep", "Konsep", Kind.TEXT),
            Column("definisi", "Definisi", Kind.TEXTAREA),
            Column("referensi_waktu", "Referensi Waktu", Kind.TEXT),
        ),
    ),
)

BLOCK_IV = _block(
    "IV",
    "Desain Kegiatan",
    _one("dilakukan", "4.1", "Kegiatan Ini Dilakukan", "Hanya sekali", "Berulang"),
    _one(
        "frekuensi", "4.2", "Frekuensi Penyelenggaraan",
        "Harian", "Mingguan", "Bulanan", "Triwulanan", "Empat Bulanan", "Semesteran", "Tahunan", "> Dua Tahunan",
        when=IS_REPEATED,
    ),
    _one(
        "tipe", "4.3", "Tipe Pengumpulan Data",
        "Longitudinal Panel", "Longitudinal Cross Sectional", "Cross Sectional",
    ),
    _one("cakupan", "4.4", "Cakupan Wilayah", "Seluruh wilayah Indonesia", "Sebagian wilayah Indonesia"),
    Item(
        id="wilayah",
        number="4.5",
        label="Wilayah Kegiatan",
        kind=Kind.TABLE,
        shown_when=IS_PARTIAL,
        columns=(Column("provinsi", "Provinsi", Kind.REGION), Column("kabkota", "Kabupaten/Kota", Kind.REGION)),
    ),
    _several(
        "metode", "4.6", "Metode Pengumpulan Data",
        "Wawancara", "Mengisi kuesioner sendiri (swacacah)", "Pengamatan (observasi)", "Pengumpulan data sekunder",
        SPECIFY,
    ),
    _several("sarana", "4.7", "Sarana Pengumpulan Data", "PAPI", "CAPI", "CATI", "CAWI", "Mail", SPECIFY),
    _text("sarana_lainnya", "4.7", SPECIFY),
    _several("unit_pengumpulan", "4.8", "Unit Pengumpulan Data", *UNITS, SPECIFY),
    _text("unit_pengumpulan_lainnya", "4.8", SPECIFY),
)  # fmt: skip

BLOCK_V = _block(
    "V",
    "Desain Sampel",
    _one("rancangan", "5.1", "Jenis Rancangan Sampel", "Single Stage/Phase", "Multi Stage/Phase"),
    _one("pemilihan", "5.2", "Metode Pemilihan Sampel Tahap Terakhir", "Sampel Probabilitas", "Sampel Nonprobabilitas"),
    _one(
        "metode_sampel", "5.3", "Metode yang Digunakan",
        "Simple Random Sampling", "Systematic Random Sampling", "Stratified Random Sampling", "Cluster Sampling",
        "Multi Stage Sampling", "Quota Sampling", "Accidental Sampling", "Purposive Sampling", "Snowball Sampling",
        "Saturation Sampling",
    ),
    _one("kerangka", "5.4", "Kerangka Sampel Tahap Terakhir", "List Frame", "Area Frame"),
    _text("fraksi", "5.5", "Fraksi Sampel Keseluruhan"),
    _text("sampling_error", "5.6", "Nilai Perkiraan Sampling Error Variabel Utama"),
    _text("unit_sampel", "5.7", "Unit Sampel"),
    _text("unit_observasi", "5.8", "Unit Observasi"),
    when=IS_SURVEY,
)  # fmt: skip

BLOCK_VI = _block(
    "VI",
    "Pengumpulan Data (6.4 sampai 6.7 bila sarana PAPI, CAPI, atau CATI)",
    _yes_no("uji_coba", "6.1", "Apakah Melakukan Uji Coba (Pilot Survey)?"),
    _several("pemeriksaan", "6.2", "Metode Pemeriksaan Kualitas Pengumpulan Data",
             "Kunjungan kembali (revisit)", "Supervisi", "Task Force", SPECIFY),
    _text("pemeriksaan_lainnya", "6.2", SPECIFY),
    _yes_no("nonrespon", "6.3", "Apakah Melakukan Penyesuaian Nonrespon?"),
    _one(
        "petugas", "6.4", "Petugas Pengumpulan Data",
        "Staf instansi penyelenggara", "Mitra/tenaga kontrak", "Staf instansi penyelenggara dan mitra/tenaga kontrak",
    ),
    _one(
        "pendidikan", "6.5", "Persyaratan Pendidikan Terendah Petugas Pengumpulan Data",
        "≤ SMP", "SMA/SMK", "Diploma I/II/III", "Diploma IV/S1/S2/S3",
    ),
    Item(id="supervisor", number="6.6", label="Jumlah Supervisor/Penyelia/Pengawas", kind=Kind.INTEGER),
    Item(id="enumerator", number="6.6", label="Jumlah Pengumpul Data/Enumerator", kind=Kind.INTEGER),
    _yes_no("pelatihan", "6.7", "Apakah Melakukan Pelatihan Petugas?"),
)  # fmt: skip

BLOCK_VII = _block(
    "VII",
    "Pengolahan dan Analisis",
    _yes_no("editing", "7.1", "Tahapan Pengolahan: Penyuntingan (Editing)"),
    _yes_no("coding", "7.1", "Penyandian (Coding)"),
    _yes_no("entry", "7.1", "Data Entry"),
    _yes_no("validasi", "7.1", "Penyahihan (Validasi)"),
    _one("analisis", "7.2", "Metode Analisis", "Deskriptif", "Inferensia", "Deskriptif dan Inferensia"),
    _several("unit_analisis", "7.3", "Unit Analisis", *UNITS, SPECIFY),
    _several("penyajian", "7.4", "Tingkat Penyajian Hasil Analisis",
             "Nasional", "Provinsi", "Kabupaten/Kota", "Kecamatan", SPECIFY),
)  # fmt: skip

BLOCK_VIII = _block(
    "VIII",
    "Diseminasi Hasil",
    _yes_no("tercetak", "8.1", "Produk yang Tersedia untuk Umum: Tercetak"),
    _yes_no("digital", "8.1", "Digital"),
    _yes_no("mikro", "8.1", "Data Mikro"),
    Item(id="rilis", number="8.2", label="Rencana Rilis Produk Kegiatan", kind=Kind.DATE),
)

BLOCK_IX = _block("IX", "Berkas Pendukung", _long("berkas", "IX", "Berkas Pendukung"))

MSKEG = Instrument(
    code="MS-Keg",
    slug="ms-keg",
    title="Metadata Kegiatan Statistik",
    short_title="Metadata kegiatan",
    edition="Peraturan BPS 5/2020",
    title_item="judul",
    agency_item="instansi",
    variables_item="variabel",
    field_period_item="jadwal_pengumpulan",
    release_item="rilis",
    activity_letter="",
    blocks=(COVER, BLOCK_I, BLOCK_II, BLOCK_III, BLOCK_IV, BLOCK_V, BLOCK_VI, BLOCK_VII, BLOCK_VIII, BLOCK_IX),
    attachments=(),
)
