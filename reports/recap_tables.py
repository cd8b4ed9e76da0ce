"""A recap of submissions as tables of texts and numbers. The page, the XLSX and the PDF show the same tables."""

from collections.abc import Callable
from operator import attrgetter
from textwrap import shorten

from guestbook import charts
from guestbook.recap_tables import Cell, Table
from office.calendar import MONTHS
from reports.recaps import Omitted, SubmissionGroup, SubmissionRecap

SUBJECT = "Rekap rekomendasi"
TITLE = "Rekap Layanan Rekomendasi Kegiatan Statistik"
MOST_BARS, LABEL = 12, 44
"""The most bars in a chart, and the most letters of a label. The table beside it has every row with its full name."""
_Measure = tuple[str, Callable[[SubmissionGroup], Cell]]


HAPPENED: list[_Measure] = [
    ("Diterima", attrgetter("received")),
    ("Terekam lengkap", attrgetter("recorded")),
    ("Dikembalikan", attrgetter("returned")),
    ("Diverifikasi", attrgetter("verified")),
    ("Surat terbit", attrgetter("issued")),
    ("Surat disampaikan", attrgetter("sent")),
    ("Dibatalkan", attrgetter("cancelled")),
]
PROMISED: list[_Measure] = [
    ("Janji ditepati", attrgetter("kept")),
    ("Janji terlambat", attrgetter("broken")),
    ("Ditepati, persen", attrgetter("kept_share")),
    ("Hari kerja, median", attrgetter("median")),
    ("Hari kerja, persentil 90", attrgetter("ninetieth")),
    ("Putaran per surat", attrgetter("rounds_mean")),
]
FEW = (
    *("Diterima", "Terekam lengkap", "Dikembalikan", "Surat terbit", "Dibatalkan"),
    *("Janji ditepati", "Janji terlambat", "Ditepati, persen", "Hari kerja, median", "Putaran per surat"),
)
"""The columns of the tables per month, agency, officer and form; the summary has all figures."""
SHORT = {"Dikembalikan": "Kembali", "Dibatalkan": "Batal", "Lewat tempo, masih berjalan": "Lewat tempo"}
"""Short column headings: A4 has room for twelve narrow columns."""
OVERDUE: _Measure = ("Lewat tempo, masih berjalan", attrgetter("overdue"))
METHOD = (
    "Dasar: standar pelayanan SK 019/KPA/2024, hasil diberitahukan paling lama 30 hari kerja sejak terekam lengkap. "
    "Diterima: permohonan dibuka. Terekam lengkap, dikembalikan: setiap putaran dihitung. Diverifikasi, surat sampai: "
    "setiap permohonan sekali. Janji ditepati: hasil diberitahukan kepada pemohon paling lambat pada jatuh tempo yang "
    "berlaku; terlambat: sesudahnya; persen dari keduanya. Hari kerja: dari hari terekam lengkap sampai hari "
    "pemberitahuan. Median dan persentil 90 dengan interpolasi linear (sama dengan PERCENTILE.INC). Janji yang masih "
    "berjalan lewat jatuh tempo pada akhir periode disebut tersendiri dan tidak masuk persen. Putaran per surat: "
    "rata-rata putaran terekam lengkap dari permohonan yang suratnya terbit. Petugas: yang memegangnya sekarang."
)


def submission_tables(recap: SubmissionRecap) -> list[Table]:
    """Return every table of the recap, in the order of the page."""
    months = [_months(recap)] if recap.period.months > 1 else []
    return [
        submission_summary(recap.whole),
        *months,
        _grouped("formulir", "Per formulir", recap.forms, recap),
        _grouped("instansi", "Per instansi", recap.agencies, recap),
        _grouped("petugas", "Per petugas", recap.officers, recap),
        _rounds(recap),
    ]


def submission_summary(whole: SubmissionGroup) -> Table:
    """Return the figures of the whole period, one per row."""
    rows: list[list[Cell]] = [[name, measure(whole)] for name, measure in [*HAPPENED, *PROMISED, OVERDUE]]
    return Table("ringkasan", "Ringkasan", ["Ukuran", "Nilai"], rows)


def remarks(omitted: Omitted) -> list[str]:
    """Return in words what the figures leave out and which due dates they use. Never empty."""
    said = [
        (omitted.stopped, "{} janji berhenti karena permohonan dibatalkan; tidak dihitung ditepati atau terlambat."),
        (omitted.untold, "{} surat terbit pada periode ini belum sampai pada pemohon dalam periode yang sama."),
        (omitted.provisional, "{} janji dihitung dengan kalender sementara (cuti bersama belum ditetapkan)."),
        (omitted.moved, "{} janji dihitung menurut jatuh tempo yang pernah dipindah, dengan alasan tercatat."),
    ]
    words = [text.format(count) for count, text in said if count]
    return words or ["Semua janji yang berakhir pada periode ini dihitung."]


def _months(recap: SubmissionRecap) -> Table:
    first = recap.period.month - 1
    bars = [(MONTHS[first + place][:3], one.received) for place, one in enumerate(recap.months)]
    chart = charts.upright("Permohonan diterima per bulan", bars) if any(count for _, count in bars) else None
    return _table("bulan", "Per bulan", recap.months, recap, _few(), chart)


def _grouped(key: str, title: str, groups: list[SubmissionGroup], recap: SubmissionRecap) -> Table:
    bars = [(shorten(group.name, LABEL, placeholder=" …"), group.received) for group in groups[:MOST_BARS]]
    chart = charts.lying(f"Permohonan diterima {title.lower()}", bars) if bars else None
    return _table(key, title, groups, recap, [*_few(), OVERDUE], chart)


def _few() -> list[_Measure]:
    return [one for one in [*HAPPENED, *PROMISED] if one[0] in FEW]


def _table(
    key: str,
    title: str,
    groups: list[SubmissionGroup],
    recap: SubmissionRecap,
    measures: list[_Measure],
    chart: charts.Chart | None,
) -> Table:
    rows: list[list[Cell]] = [[group.name, *(measure(group) for _, measure in measures)] for group in groups]
    total: list[Cell] = [recap.whole.name, *(measure(recap.whole) for _, measure in measures)]
    head = [key.capitalize(), *(SHORT.get(name, name) for name, _ in measures)]
    return Table(key, title, head, rows, total if rows else None, chart)


def _rounds(recap: SubmissionRecap) -> Table:
    """Return how many letters took how many rounds."""
    rows: list[list[Cell]] = [[f"{rounds} putaran", recap.rounds[rounds]] for rounds in sorted(recap.rounds)]
    total: list[Cell] = [recap.whole.name, recap.rounds.total()]
    return Table("putaran", "Putaran surat terbit", ["Putaran", "Surat"], rows, total if rows else None)
