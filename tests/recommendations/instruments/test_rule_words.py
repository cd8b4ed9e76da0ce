"""The functions with which rules read names, titles, definitions and other texts."""

from datetime import date

import pytest

from recommendations.instruments.rules.periods import ends_on
from recommendations.instruments.rules.samples import FRACTION, MEASURES, SEVERAL_STAGES, error_values
from recommendations.instruments.rules.titles import acronyms, missing_parts, names_no_indicator
from recommendations.instruments.rules.variables import is_badly_put, says_nothing, shortenings


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Keadaan 31 Desember 2026", date(2026, 12, 31)),
        ("1 Januari sampai 31 Desember 2026", date(2026, 12, 31)),
        ("per 30/06/2026", date(2026, 6, 30)),
        ("2026-06-30", date(2026, 6, 30)),
        ("30 Nop. 2026", date(2026, 11, 30)),
        ("Februari 2028", date(2028, 2, 29)),
        ("Januari-Juni 2026", date(2026, 6, 30)),
        ("Triwulan III tahun 2026", date(2026, 9, 30)),
        ("TW 4 2026", date(2026, 12, 31)),
        ("semester I 2027", date(2027, 6, 30)),
        ("Semester II 2027", date(2027, 12, 31)),
        ("Tahun ajaran 2026/2027", date(2027, 6, 30)),
        ("tahun 2025 dan 2026", date(2026, 12, 31)),
        ("31 Februari 2026", None),
        ("Saat pencacahan", None),
        ("20260 orang", None),
        ("", None),
    ],
)
def test_the_day_on_which_a_reference_time_ends(words, day):
    assert ends_on(words) == day


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Disbudporapar Kota Banjarmasin", ["Disbudporapar"]),
        ("Diskominfotik", ["Diskominfotik"]),
        ("Bappeda dan Kesbangpol", ["Bappeda", "Kesbangpol"]),
        ("BKPSDM Kota Banjarmasin", ["BKPSDM"]),
        ("RSUD Sultan Suriansyah", ["RSUD"]),
        ("Dinas Kependudukan dan Pencatatan Sipil Kota Banjarmasin", []),
        ("DINAS SOSIAL KOTA BANJARMASIN", []),
        ("Inspektorat Wilayah III", []),
        ("Kementerian Kesehatan", []),
        ("Biro Umum Provinsi DKI Jakarta", []),
        ("Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah", []),
    ],
)
def test_short_names_of_agencies(name, short):
    assert acronyms(name) == short


@pytest.mark.parametrize(
    ("title", "lacks"),
    [
        ("Survei Wisatawan 2027", ["cakupan wilayah"]),
        ("Wisatawan Nusantara Kota Banjarmasin", ["cara pengumpulan"]),
        ("Survei Kota Banjarmasin", ["komponen utama"]),
        ("Survei", ["komponen utama", "cakupan wilayah"]),
        ("Pendataan Pedagang Pasar Terapung Kecamatan Banjarmasin Utara", []),
        ("Survei Harga Bahan Pokok di Kalimantan Selatan", []),
        ("SURVEI KEPUASAN PASIEN KOTA BANJARMASIN", []),
    ],
)
def test_missing_parts_of_a_title_are_named(title, lacks):
    assert missing_parts(title, "Kota Banjarmasin") == lacks


def test_the_region_of_another_office_is_known_to_it():
    assert missing_parts("Survei Kepuasan Pasien Sleman", "Kabupaten Sleman") == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Jml wisatawan (org)", ["Jml", "org"]),
        ("Luas lahan (ha)", ["ha"]),
        ("Luas lahan dalam hektare", ["dalam hektare"]),
        ("Pendapatan Rp", ["Rp"]),
        ("Persentase hadir (%)", ["%"]),
        ("Kepemilikan NIK", ["NIK"]),
        ("Tgl. lahir", ["Tgl."]),
        ("Umur (tahun)", ["(tahun)"]),
        ("UMUR RESPONDEN", []),
        ("Tahun pendirian", []),
        ("Sistem, mekanisme, dan prosedur", []),
        ("Kelas harapan", []),
        ("Golongan II", []),
    ],
)
def test_abbreviations_and_units_in_names_of_variables(name, short):
    assert shortenings(name) == short


@pytest.mark.parametrize(
    ("definition", "is_bad"),
    [
        ("Adalah umur.", True),
        ("Umur pada ulang tahun terakhir", True),
        ("Umur pada ulang tahun terakhir.", False),
        ("Umur (pada ulang tahun terakhir.)", False),
        ("", False),
    ],
)
def test_a_badly_worded_definition_is_found(definition, is_bad):
    assert is_badly_put({"definisi": definition}) is is_bad


@pytest.mark.parametrize(
    ("definition", "is_empty"),
    [
        ("Jumlah anak telantar.", True),
        ("Adalah banyaknya anak yang telantar.", True),
        ("Anak berumur 5 sampai 18 tahun yang telantar", True),
        ("Anak berumur 5 sampai 18 tahun yang telantar.", False),
        ("", False),
    ],
)
def test_a_definition_that_only_repeats_the_name(definition, is_empty):
    assert says_nothing({"nama": "Jumlah anak telantar", "definisi": definition}) is is_empty


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("MoE 5 persen pada tingkat kepercayaan 95 persen", [5]),
        ("RSE 12,5%", [12.5]),
        ("margin of error 0,05 dengan confidence level 95%", [5]),
        ("CV 3% sampai 7% (selang kepercayaan 90%)", [3, 7]),
        ("95% kepercayaan, MoE 4%", [4]),
        ("10", [10]),
        ("e = 0.1, tahun 2027", [10]),
        ("belum dihitung", []),
    ],
)
def test_the_values_of_sampling_errors_are_read_from_words(words, values):
    assert error_values(words) == values


@pytest.mark.parametrize(
    ("words", "names"),
    [("RSE 5%", True), ("moe 5", True), ("Margin of error", True), ("α = 5%", True), ("5 persen", False)],
)
def test_a_measure_of_the_sampling_error(words, names):
    assert bool(MEASURES.search(words)) is names


@pytest.mark.parametrize(
    ("words", "pair"),
    [
        ("377/20000 = 0,019", [("377", "20000")]),
        ("377 dari 20.000", [("377", "20.000")]),
        ("10/52 x 20/100", [("10", "52"), ("20", "100")]),
        ("0,019", []),
    ],
)
def test_fractions_are_found(words, pair):
    assert FRACTION.findall(words) == pair


@pytest.mark.parametrize("words", ["0,1 x 0,2", "f1 = 0,1; f2 = 0,2", "10/52 × 20/100", "untuk seluruh tahap 0,02"])
def test_a_fraction_of_several_stages(words):
    assert SEVERAL_STAGES.search(words)


@pytest.mark.parametrize(
    ("purpose", "is_vague"),
    [
        ("Mengetahui wisatawan.", True),
        ("Menyediakan data pada tingkat kecamatan.", True),
        ("Menghasilkan persentase anak telantar.", False),
        ("Menghitung angka putus sekolah.", False),
        ("", False),
    ],
)
def test_a_purpose_without_an_indicator(purpose, is_vague):
    assert names_no_indicator(purpose) is is_vague
