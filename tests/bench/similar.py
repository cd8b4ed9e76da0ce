"""Measure one search for similar activities among 200,000."""

import random
import time
from collections.abc import Iterator

from django.db import connection

from recommendations.archive.actions.loading import import_archive
from recommendations.archive.archive_file import ArchiveRow
from recommendations.archive.similar import similar_activities
from tests.bench.figures import Figure, median_of

ARCHIVE, QUERIES, WARM_UP = 200_000, 30, 5
BUDGETS = {"postgresql": 100, "sqlite": 300}
"""Milliseconds, for the 95th percentile."""
JOB = f"similar among {ARCHIVE:,}"

KINDS = ("Survei", "Survei", "Survei", "Kompilasi Data", "Kompilasi Produk Administrasi", "Pendataan")
SUBJECTS = (
    "Kepuasan Masyarakat", "Kepuasan Masyarakat", "Kepuasan Masyarakat", "Kepuasan Pelanggan", "Kepuasan Pasien",
    "Profil", "Kondisi Sosial Ekonomi", "Produksi", "Konsumsi", "Harga", "Nilai Tambah", "Penyerapan Tenaga Kerja",
    "Pendapatan", "Pengeluaran", "Kebutuhan Pelatihan", "Persebaran", "Kepemilikan Dokumen", "Status Gizi",
    "Partisipasi", "Literasi Digital", "Minat Baca", "Kualitas Lingkungan", "Kelayakan Hunian", "Lama Tinggal",
    "Asal Tujuan Perjalanan", "Kecelakaan", "Kekerasan", "Ketahanan Keluarga", "Kinerja", "Potensi Pajak",
)  # fmt: skip
OBJECTS = (
    "Administrasi Kependudukan", "Perizinan Terpadu", "Puskesmas", "Rumah Sakit Umum Daerah", "Pasar Tradisional",
    "Pasar Terapung", "Terminal Angkutan", "Parkir Tepi Jalan", "Rumah Susun", "Perpustakaan Keliling", "Taman Kota",
    "Pengrajin Sasirangan", "Pengrajin Rotan", "Kelompok Tani", "Nelayan Sungai", "Pembudidaya Ikan", "Peternak Unggas",
    "Koperasi Simpan Pinjam", "Usaha Mikro Kuliner", "Pelaku Ekonomi Kreatif", "Karang Taruna", "Lanjut Usia",
    "Ibu Hamil", "Balita", "Siswa Sekolah Dasar", "Guru Honorer", "Pengemudi Ojek Daring", "Pelanggan Air Minum",
    "Penyandang Disabilitas", "Penerima Beasiswa", "Pencari Kerja", "Pekerja Migran", "Wisatawan Nusantara",
    "Hotel Melati", "Angkutan Sungai", "Bank Sampah", "Drainase Permukiman", "Penerangan Jalan", "Arsip Daerah",
    "Aparatur Sipil Negara",
)  # fmt: skip
FOLLOWED_BY = ("", "", "", "menurut Kecamatan", "Berbasis Rumah Tangga", "Triwulan I", "Triwulan III", "Semester II")
PLACES = ("Kota Banjarmasin",) * 4 + ("Kecamatan Banjarmasin Utara", "Kecamatan Banjarmasin Barat", "Kabupaten Banjar")
VARIABLES = ("Umur responden", "Jenis kelamin", "Pendidikan", "Pekerjaan", "Persyaratan", "Prosedur", "Biaya", "Sarana")
SYLLABLES = ("ba", "ka", "tu", "la", "mi", "ran", "sung", "pa", "dir", "gan", "so", "tam", "wi", "ja", "ya", "nu")


def measure() -> list[Figure]:
    """Measure loading the archive as an office does, and searching as the panel does."""
    began = time.monotonic()
    import_archive(archive(), source="bench")
    loaded = time.monotonic() - began
    with connection.cursor() as cursor:  # on a real desk autovacuum or SQLite's PRAGMA optimize has done this
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    times = _times()
    middle, slow, budget = median_of(times), times[round(0.95 * QUERIES) - 1], BUDGETS[connection.vendor]
    return [
        Figure(JOB, "load_archive", f"{loaded:.0f} s, {ARCHIVE / loaded:,.0f} activities a second"),
        Figure(
            JOB,
            f"search, {QUERIES} titles",
            f"p50 {middle:.0f} ms, p95 {slow:.0f} ms (budget {budget})",
            holds=slow <= budget,
            depends_on_load=True,
        ),
    ]


def archive() -> list[ArchiveRow]:
    """Yield made-up activities, the same in every run. A third of them name a place of their own."""
    chance = random.Random(1)  # noqa: S311 - made-up titles, no secret
    return [
        ArchiveRow(title, f"Dinas {chance.choice(OBJECTS)}", 2000 + number % 26, f"V-{number}", _variables(chance))
        for number, title in zip(range(ARCHIVE), _titles(chance), strict=False)
    ]


def _titles(chance: random.Random) -> Iterator[str]:
    while True:
        place = f"Kelurahan {_name(chance)}" if chance.random() < 1 / 3 else chance.choice(PLACES)
        year = f"Tahun {chance.randint(2000, 2026)}" if chance.random() < 1 / 2 else ""
        words = [*map(chance.choice, (KINDS, SUBJECTS, OBJECTS, FOLLOWED_BY)), place, year]
        yield " ".join(filter(None, words))


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3)).capitalize()


def _variables(chance: random.Random) -> str:
    return "\n".join(chance.sample(VARIABLES, 5))


def _times() -> list[float]:
    """Return the sorted milliseconds of searches for titles of the same kind; every third has a typing error."""
    chance = random.Random(2)  # noqa: S311 - as above
    titles = [title for title, _ in zip(_titles(chance), range(WARM_UP + QUERIES), strict=False)]
    return sorted(
        [_timed(_slipped(title) if number % 3 == 0 else title) for number, title in enumerate(titles)][WARM_UP:]
    )


def _slipped(title: str) -> str:
    """Return the title with two letters swapped."""
    middle = len(title) // 2
    return title[:middle] + title[middle + 1] + title[middle] + title[middle + 2 :]


def _timed(title: str) -> float:
    began = time.monotonic()
    found = similar_activities(title, list(VARIABLES), "Dinas Perizinan Terpadu")
    assert found, title
    return (time.monotonic() - began) * 1000
