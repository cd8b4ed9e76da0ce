"""The rules of FS3 from Blok VI on: design of the sample, processing and results, schedule."""

from recommendations.instruments.rules import codes, samples, schedule, territory
from recommendations.instruments.rules.shape import ERROR, ITSELF, WARNING, Rule, when

PROCESSING = ("olah_editing", "olah_coding", "olah_validasi")
PRODUCTS = ("produk_cetak", "produk_elektronik", "produk_makro", "produk_mikro", "produk_lainnya")
STAGES = ("jadwal_perencanaan", "jadwal_lapangan", "jadwal_pengolahan", "jadwal_analisis", "jadwal_penyajian")

BLOCK_VI = (
    Rule(
        id="F-6.0a",
        level=ERROR,
        item="jenis_rancangan",
        message="Blok VI harus lengkap untuk sampel probabilitas.",
        source="FS3, MS-Keg, katalog R-V-01 s.d. 03D",
        check=samples.design_incomplete,
        lacks=(ITSELF,),
    ),
    Rule(
        id="F-6.0b",
        level=ERROR,
        item="jenis_rancangan",
        message="Blok VI hanya diisi bila R.5.1 berkode 1 dan R.5.5 berkode 1.",
        source="FS3, MS-Keg",
        check=samples.design_uncalled_for,
    ),
    Rule(
        id="F-6.1",
        level=WARNING,
        item="fraksi_sampel",
        message="R.6.4: fraksi sampel belum mewakili seluruh tahap (R.6.1 berkode 2).",
        source="FS3, katalog R-V-08A",
        check=when(samples.fraction_of_one_stage),
    ),
    Rule(
        id="F-6.4",
        level=WARNING,
        item="fraksi_sampel",
        message="R.6.4: fraksi sampel tidak cocok dengan jumlah sampel R.6.5.",
        source="usulan",
        check=samples.fraction_differs,
    ),
    Rule(
        id="F-6.6a",
        level=WARNING,
        item="sampling_error",
        message="R.6.6: sampling error melebihi 5 persen.",
        source="katalog R-V-11",
        check=samples.error_too_high,
    ),
    Rule(
        id="F-6.6b",
        level=WARNING,
        item="sampling_error",
        message="R.6.6: sebutkan ukuran sampling error (RSE, CV, MoE).",
        source="katalog R-V-12",
        check=when(samples.error_without_measure),
    ),
)

BLOCK_VII = (
    Rule(
        id="F-7.1",
        level=ERROR,
        item="olah_editing",
        message="R.7.1: tidak ada tahapan pengolahan yang dipilih.",
        source="katalog R-VII-01",
        check=codes.all_no(*PROCESSING),
    ),
    Rule(
        id="F-7.2",
        level=ERROR,
        item="tingkat_estimasi",
        message="R.7.2: “tidak dilakukan estimasi” tidak dapat bersama tingkat lain.",
        source="usulan",
        check=codes.no_estimates_beside("tingkat_estimasi"),
    ),
    Rule(
        id="F-7.2b",
        level=ERROR,
        item="tingkat_estimasi",
        message="R.7.2: tingkat estimasi lebih luas daripada wilayah survei (R.5.3).",
        source="usulan",
        check=territory.estimates_too_wide,
    ),
    Rule(
        id="F-7.3",
        level=ERROR,
        item="metode_analisis",
        message="R.7.3: analisis inferensia memerlukan sampel probabilitas (R.5.5 berkode 1).",
        source="katalog R-VII-03",
        check=when(codes.inference_without_probability),
    ),
    Rule(
        id="F-7.4",
        level=ERROR,
        item="produk_cetak",
        message="R.7.4: belum ada produk hasil untuk umum.",
        source="katalog R-VIII-01",
        check=codes.all_no(*PRODUCTS),
    ),
)

SCHEDULE = (
    Rule(
        id="F-7.5a",
        level=ERROR,
        item="jadwal_perencanaan",
        message="R.7.5: tanggal awal sesudah tanggal akhir.",
        source="MS-Keg",
        check=schedule.reversed_stages(STAGES),
    ),
    Rule(
        id="F-7.5b",
        level=ERROR,
        item="jadwal_perencanaan",
        message="R.7.5: perencanaan berakhir sesudah pelaksanaan lapang dimulai.",
        source="katalog R-III-06",
        check=schedule.planned_too_long("jadwal_perencanaan", "jadwal_lapangan"),
    ),
    Rule(
        id="F-7.5c",
        level=WARNING,
        item="jadwal_pengolahan",
        message="R.7.5: tahapan tumpang tindih; tinjau kewajarannya.",
        source="katalog R-III-05A",
        check=schedule.overlapping_stages(STAGES[1:]),
    ),
    Rule(
        id="F-7.5d",
        level=ERROR,
        item="jadwal_lapangan",
        message="R.7.5: pengajuan harus sebelum pelaksanaan lapang.",
        source="katalog R-III-04, PP 51/1999",
        check=schedule.submitted_late("jadwal_lapangan"),
    ),
    Rule(
        id="F-7.5e",
        level=ERROR,
        item="tahun_kegiatan",
        message="Tahun kegiatan tidak cocok dengan jadwal R.7.5.",
        source="katalog R-ID-05A",
        check=schedule.other_year("jadwal_lapangan"),
    ),
    Rule(
        id="F-7.6",
        level=ERROR,
        item="tanggal_ketersediaan",
        message="R.7.6: hasil tersedia sebelum penyajian.",
        source="usulan",
        check=schedule.results_before("tanggal_ketersediaan", "jadwal_penyajian"),
    ),
)

BLOCKS_VI_AND_VII = (*BLOCK_VI, *BLOCK_VII, *SCHEDULE)
