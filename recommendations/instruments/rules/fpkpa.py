"""The 31 rules of FP-KPA, in the order of the form. fs3.py explains `source`."""

from recommendations.instruments.rules import schedule, titles, variables
from recommendations.instruments.rules.characters import characters_rule
from recommendations.instruments.rules.fpkpa_design import BLOCKS_V_TO_VII
from recommendations.instruments.rules.shape import ERROR, WARNING, Rule

STAGES = ("jadwal_perencanaan", "jadwal_pengumpulan", "jadwal_pengolahan", "jadwal_analisis", "jadwal_diseminasi")

COVER_AND_I = (
    Rule(
        id="K-J1",
        level=WARNING,
        item="judul_kegiatan",
        message="Judul belum mencantumkan kata Kompilasi.",
        source="katalog R-ID-03",
        check=titles.word_missing_in("judul_kegiatan", "kompilasi"),
    ),
    Rule(
        id="K-J2",
        level=WARNING,
        item="judul_kegiatan",
        message="Tambahkan cakupan wilayah pada judul.",
        source="catatan pemeriksa",
        check=titles.region_missing_in("judul_kegiatan"),
    ),
    Rule(
        id="K-J3",
        level=WARNING,
        item="judul_kegiatan",
        message="Judul memuat tahun; tahun sudah dicatat tersendiri.",
        source="katalog R-ID-04A",
        check=titles.year_in("judul_kegiatan"),
        doubt=titles.HABITS,
    ),
    Rule(
        id="K-J4",
        level=ERROR,
        item="judul_kegiatan",
        message="Judul tidak sesuai jenis kegiatan; mungkin seharusnya FS3.",
        source="katalog R-ID-02A",
        check=titles.survey_words_in("judul_kegiatan"),
    ),
    Rule(
        id="K-1.1",
        level=WARNING,
        item="penyelenggara",
        message="Nama instansi jangan disingkat.",
        source="katalog R-I-02A",
        check=titles.acronym_in("penyelenggara"),
    ),
)

BLOCK_III = (
    Rule(
        id="K-3.1",
        level=WARNING,
        item="tujuan_manfaat",
        message="R.3.1: sebutkan indikator yang dihasilkan.",
        source="catatan pemeriksa",
        check=titles.indicator_missing_in("tujuan_manfaat"),
    ),
    Rule(
        id="K-3.2a",
        level=ERROR,
        item="jadwal_perencanaan",
        message="R.3.2: tanggal awal sesudah tanggal akhir.",
        source="MS-Keg",
        check=schedule.reversed_stages(STAGES),
    ),
    Rule(
        id="K-3.2b",
        level=ERROR,
        item="jadwal_perencanaan",
        message="R.3.2: perencanaan berakhir sesudah pengumpulan dimulai.",
        source="katalog R-III-06",
        check=schedule.planned_too_long("jadwal_perencanaan", "jadwal_pengumpulan"),
    ),
    Rule(
        id="K-3.2c",
        level=WARNING,
        item="jadwal_pengolahan",
        message="R.3.2: tahapan tumpang tindih; tinjau kewajarannya.",
        source="katalog R-III-05A",
        check=schedule.overlapping_stages(STAGES[1:]),
    ),
    Rule(
        id="K-3.2d",
        level=WARNING,
        item="jadwal_pengumpulan",
        message="R.3.2: pengumpulan adalah masa penarikan data, bukan masa pencatatan administrasi.",
        source="catatan pemeriksa; batas 180 hari usulan",
        check=schedule.longer_than(180, "jadwal_pengumpulan"),
    ),
    Rule(
        id="K-3.2e",
        level=ERROR,
        item="jadwal_pengumpulan",
        message="R.3.2: pengajuan harus sebelum pengumpulan data.",
        source="katalog R-III-04",
        check=schedule.submitted_late("jadwal_pengumpulan"),
    ),
    Rule(
        id="K-3.2f",
        level=ERROR,
        item="tahun_kegiatan",
        message="Tahun kegiatan tidak cocok dengan jadwal R.3.2.",
        source="katalog R-ID-05A",
        check=schedule.other_year("jadwal_pengumpulan"),
    ),
)

BLOCK_IV = (
    Rule(
        id="K-4a",
        level=ERROR,
        item="variabel",
        message="Blok IV: referensi waktu atau sumber belum lengkap.",
        source="FP-KPA",
        check=variables.lacks("referensi_waktu", "sumber"),
        lacks=("referensi_waktu", "sumber"),
    ),
    Rule(
        id="K-4b",
        level=WARNING,
        item="variabel",
        message="Blok IV: referensi waktu melewati awal pengumpulan data (R.3.2).",
        source="catatan pemeriksa",
        check=variables.refers_past("jadwal_pengumpulan"),
    ),
    Rule(
        id="K-4c",
        level=ERROR,
        item="variabel",
        message="Blok IV: ada variabel tanpa definisi.",
        source="katalog R-III-09",
        check=variables.lacks("definisi"),
        doubt="FP-KPA kertas tidak mempunyai kolom definisi.",
    ),
    Rule(
        id="K-4d",
        level=WARNING,
        item="variabel",
        message="Blok IV: jelaskan batasan variabel agar dipahami awam, dan akhiri dengan titik.",
        source="catatan pemeriksa, katalog R-III-10",
        check=variables.some_row(variables.says_nothing),
    ),
)

FPKPA_RULES = (characters_rule("K-S1", "judul_kegiatan"), *COVER_AND_I, *BLOCK_III, *BLOCK_IV, *BLOCKS_V_TO_VII)
