"""The 39 rules of FS3, in the order of the form; those of Blok VI and VII are in fs3_results.py.

`source` names the origin of a rule: the form itself (FS3), the checks of BPS for MS-Keg, the BPS booklet of 2021, a
published catalogue of rules ("katalog R-..."), the remarks of a real examiner, or our own proposal ("usulan").
"""

from recommendations.instruments.rules import codes, territory, titles, variables
from recommendations.instruments.rules.characters import characters_rule
from recommendations.instruments.rules.fs3_results import BLOCKS_VI_AND_VII
from recommendations.instruments.rules.shape import ERROR, ITSELF, WARNING, Rule, when

SKIPS = "R.5.5 dianggap dilewati bila R.5.1 berkode 2; formulir tidak mencetaknya."

COVER_TO_IV = (
    Rule(
        id="F-J1",
        level=WARNING,
        item="judul_survei",
        message="Judul memuat tahun; tahun sudah dicatat tersendiri.",
        source="katalog R-ID-04A",
        check=titles.year_in("judul_survei"),
        doubt=titles.HABITS,
    ),
    Rule(
        id="F-J2",
        level=WARNING,
        item="judul_survei",
        message="Susun judul: cara pengumpulan + komponen utama + cakupan wilayah.",
        source="catatan pemeriksa",
        check=titles.parts_missing_in("judul_survei"),
    ),
    Rule(
        id="F-1.1",
        level=WARNING,
        item="instansi_penyelenggara",
        message="Nama instansi jangan disingkat.",
        source="katalog R-I-02A",
        check=titles.acronym_in("instansi_penyelenggara"),
    ),
    Rule(
        id="F-3.2a",
        level=ERROR,
        item="frekuensi",
        message="R.3.1 berkode 1, R.3.2 harus kosong.",
        source="FS3, MS-Keg",
        check=codes.skipped_but_filled("survei_dilakukan", "frekuensi"),
    ),
    Rule(
        id="F-3.2b",
        level=ERROR,
        item="frekuensi",
        message="R.3.1 berkode 2, R.3.2 harus terisi.",
        source="FS3, MS-Keg, katalog R-IV-01",
        check=codes.asked_but_empty("survei_dilakukan", "frekuensi"),
        lacks=(ITSELF,),
    ),
    Rule(
        id="F-3.3",
        level=ERROR,
        item="tipe_pengumpulan",
        message="Survei yang hanya sekali semestinya cross sectional (R.3.3 berkode 2).",
        source="katalog R-IV-05",
        check=when(lambda form: form.code("survei_dilakukan") == 1 and form.code("tipe_pengumpulan") in (1, 3)),
    ),
    Rule(
        id="F-4.2a",
        level=ERROR,
        item="variabel",
        message="R.4.2: ada variabel tanpa definisi.",
        source="katalog R-III-09",
        check=variables.lacks("definisi"),
        doubt="FS3 kertas tidak mempunyai kolom definisi.",
    ),
    Rule(
        id="F-4.2b",
        level=WARNING,
        item="variabel",
        message="R.4.2: definisi jangan diawali “adalah”, jelaskan batasannya, dan akhiri dengan titik.",
        source="katalog R-III-10",
        check=variables.some_row(variables.is_badly_put),
    ),
    Rule(
        id="F-4.2c",
        level=ERROR,
        item="variabel",
        message="R.4.2: referensi waktu belum lengkap.",
        source="FS3, katalog R-III-12",
        check=variables.lacks("referensi_waktu"),
        lacks=("referensi_waktu",),
    ),
    Rule(
        id="F-4.2d",
        level=WARNING,
        item="variabel",
        message="R.4.2: nama variabel memuat singkatan atau satuan.",
        source="katalog R-III-08A",
        check=variables.shortened_names,
    ),
)

BLOCK_V = (
    territory.NATIONWIDE,
    Rule(
        id="F-5.3a",
        level=ERROR,
        item="wilayah",
        message="R.5.2 berkode 1, R.5.3 harus kosong.",
        source="FS3, MS-Keg",
        check=codes.skipped_but_filled("cakupan_wilayah", "wilayah"),
    ),
    Rule(
        id="F-5.3b",
        level=ERROR,
        item="wilayah",
        message="R.5.2 berkode 2, R.5.3 harus terisi.",
        source="FS3, MS-Keg, katalog R-IV-07",
        check=codes.asked_but_empty("cakupan_wilayah", "wilayah"),
        lacks=(ITSELF,),
    ),
    territory.ELSEWHERE,
    Rule(
        id="F-5.6a",
        level=ERROR,
        item="metode_nonprob_uraian",
        message="R.5.5 berkode 1, R.5.6 harus kosong.",
        source="FS3",
        check=codes.skipped_but_filled("metode_penelitian", "metode_nonprob_uraian"),
        doubt=SKIPS,
    ),
    Rule(
        id="F-5.6b",
        level=ERROR,
        item="metode_nonprob_uraian",
        message="R.5.6: jelaskan metode sampel non probabilitas dan komposisi sampelnya.",
        source="FS3",
        check=when(codes.method_not_told),
        lacks=(ITSELF,),
        doubt=SKIPS,
    ),
    Rule(
        id="F-5.7",
        level=WARNING,
        item="uji_coba",
        message="R.5.7: survei disarankan melakukan uji coba.",
        source="katalog R-VI-01",
        check=when(lambda form: form.code("uji_coba") == 2),
    ),
    Rule(
        id="F-5.9",
        level=WARNING,
        item="pendidikan_petugas",
        message="R.5.9 memuat SMP: tinjau kecukupan pendidikan petugas.",
        source="katalog R-VI-04A",
        check=when(lambda form: 1 in form.codes("pendidikan_petugas")),
    ),
    Rule(
        id="F-5.10",
        level=ERROR,
        item="pelatihan",
        message="Wawancara atau pengamatan (R.5.4) memerlukan pelatihan petugas.",
        source="katalog R-VI-07",
        check=when(lambda form: form.code("pelatihan") == 2 and codes.is_interview(form)),
    ),
    Rule(
        id="F-5.11",
        level=WARNING,
        item="jumlah_supervisor",
        message="R.5.11: supervisor lebih banyak daripada enumerator.",
        source="MS-Keg, katalog R-VI-05",
        check=when(codes.more_supervisors),
    ),
    Rule(
        id="F-5.11b",
        level=ERROR,
        item="jumlah_enumerator",
        message="R.5.11: jumlah pengumpul data harus lebih dari nol.",
        source="MS-Keg",
        check=when(lambda form: codes.nobody_collects(form) and codes.is_interview(form)),
    ),
)

FS3_RULES = (characters_rule("F-S1", "judul_survei"), *COVER_TO_IV, *BLOCK_V, *BLOCKS_VI_AND_VII)
