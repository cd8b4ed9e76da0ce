"""The rules of FP-KPA from Blok V on: design, regions, staff, processing, results."""

from recommendations.instruments.rules import codes, schedule, territory, variables
from recommendations.instruments.rules.shape import ERROR, ITSELF, WARNING, Rule, when

PROCESSING = ("olah_editing", "olah_coding", "olah_entry", "olah_validasi")

BLOCK_V = (
    Rule(
        id="K-5.2a",
        level=ERROR,
        item="frekuensi",
        message="R.5.1 berkode 1, R.5.2 harus kosong.",
        source="FP-KPA",
        check=codes.skipped_but_filled("kegiatan_dilakukan", "frekuensi"),
    ),
    Rule(
        id="K-5.2b",
        level=ERROR,
        item="frekuensi",
        message="R.5.1 berkode 2, R.5.2 harus terisi.",
        source="FP-KPA, katalog R-IV-01",
        check=codes.asked_but_empty("kegiatan_dilakukan", "frekuensi"),
        lacks=(ITSELF,),
    ),
    Rule(
        id="K-5.3",
        level=WARNING,
        item="jenis_data",
        message="R.5.3: cross section, tetapi referensi waktu pada Blok IV lebih dari satu.",
        source="usulan",
        check=when(lambda form: form.code("jenis_data") == 2 and variables.differing_times(form)),
    ),
    Rule(
        id="K-5.4",
        level=ERROR,
        item="metode_pengumpulan",
        message="R.5.4: kompilasi lazimnya memakai dokumentasi atau data sekunder.",
        source="katalog R-IV-09",
        check=when(codes.without_documents),
    ),
    territory.NATIONWIDE,
    Rule(
        id="K-5.6a",
        level=ERROR,
        item="wilayah",
        message="R.5.5 berkode 1, R.5.6 harus kosong.",
        source="FP-KPA",
        check=codes.skipped_but_filled("cakupan_wilayah", "wilayah"),
    ),
    Rule(
        id="K-5.6b",
        level=ERROR,
        item="wilayah",
        message="R.5.5 berkode 2, R.5.6 harus terisi.",
        source="FP-KPA, katalog R-IV-07",
        check=codes.asked_but_empty("cakupan_wilayah", "wilayah"),
        lacks=(ITSELF,),
    ),
    territory.ELSEWHERE,
)

BLOCKS_VI_AND_VII = (
    Rule(
        id="K-6.3",
        level=WARNING,
        item="jumlah_supervisor",
        message="R.6.3: supervisor lebih banyak daripada pengumpul data.",
        source="katalog R-VI-05",
        check=when(codes.more_supervisors),
    ),
    Rule(
        id="K-6.3b",
        level=ERROR,
        item="jumlah_enumerator",
        message="R.6.3: jumlah pengumpul data harus lebih dari nol.",
        source="usulan",
        check=when(codes.nobody_collects),
    ),
    Rule(
        id="K-7.1",
        level=ERROR,
        item="olah_editing",
        message="R.7.1: tidak ada tahapan pengolahan yang dipilih.",
        source="katalog R-VII-01",
        check=codes.all_no(*PROCESSING),
    ),
    Rule(
        id="K-7.4",
        level=ERROR,
        item="tingkat_penyajian",
        message="R.7.4: “tidak dilakukan estimasi” tidak dapat bersama tingkat lain.",
        source="usulan",
        check=codes.no_estimates_beside("tingkat_penyajian"),
        doubt="Petunjuk formulir tidak menulis bahwa R.7.4 boleh lebih dari satu.",
    ),
    Rule(
        id="K-7.5",
        level=ERROR,
        item="produk_cetak",
        message="R.7.5: tidak ada produk untuk umum; pastikan memang tidak dipublikasikan.",
        source="FP-KPA, katalog R-VIII-01",
        check=codes.all_no("produk_cetak", "produk_elektronik"),
        doubt="Formulir mengizinkannya (stop); katalog menyebutnya salah.",
    ),
    Rule(
        id="K-7.6",
        level=ERROR,
        item="tanggal_publikasi",
        message="R.7.6: terbit sebelum masa diseminasi.",
        source="usulan",
        check=schedule.results_before("tanggal_publikasi", "jadwal_diseminasi"),
    ),
)

BLOCKS_V_TO_VII = (*BLOCK_V, *BLOCKS_VI_AND_VII)
