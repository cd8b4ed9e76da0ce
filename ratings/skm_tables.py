"""The SKM report as tables of texts and numbers. The page and the PDF show the same tables. Pure."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from guestbook import charts
from guestbook.recap_tables import Cell, Table
from guestbook.skd import CLASSES, UNFILLED
from office.formats import figure, percent, tenths
from ratings.follow_up_figures import PlanFigures
from ratings.ikm import CHI_SQUARE, ERROR, PROPORTION, to_two_decimals
from ratings.instruments import SKM_9
from ratings.models import Rating
from ratings.skm_readings import QuarterIndex
from ratings.skm_report import TOLD_BY, AnswerFigures, SkmReport

SUBJECT = "Laporan SKM"
TITLE = "Laporan Survei Kepuasan Masyarakat"
RULE = (
    "PermenPANRB 14/2017: NRR adalah jumlah nilai unsur dibagi jumlah responden; IKM adalah 25 kali rata-rata sembilan "
    "NRR dengan bobot tepat 1/9, dibulatkan sekali pada akhir. Mutu A sejak 88,31, B sejak 76,61, C sejak 65,00, "
    "selebihnya D. Penilaian masuk ke periode kunjungannya, penilaian surat rekomendasi ke periode surat diterima."
)
PLAN_SUBJECT = "Rencana tindak lanjut SKM"
PLAN_RULE = (
    "PEKPPP (PermenPANRB 29/2022 yang diubah dengan 4/2023) menanyakan bagian rencana tindak lanjut SKM yang selesai "
    "dan lamanya. Persen: dari semua rencana periode ini. Lamanya dihitung dalam bulan kalender sejak hari laporan "
    "dibekukan, karena rencana dibuka pada hari itu; yang selesai sebelumnya dihitung selesai pada hari itu. Rencana "
    "yang dilanjutkan dari periode lain dihitung pada setiap periodenya."
)
ON_PAPER = "Kuesioner kertas, di luar tingkat respons"
RESPONDENTS, PERCENT = "Responden", "Persen"


def share_in_percent(share: Fraction | None) -> float | None:
    """Return a share as a percentage with one decimal, rounded half up; None for None."""
    return None if share is None else tenths(share * 100)


def target_words(served: int, target: int) -> str:
    """Return how the target of respondents was computed, with the formula of Krejcie and Morgan (1970)."""
    chi_square, proportion, error = (figure_of(value) for value in (CHI_SQUARE, PROPORTION, ERROR))
    return (
        f"Sasaran responden menurut Krejcie dan Morgan: X² N P (1 − P) / (d² (N − 1) + X² P (1 − P)), dengan "
        f"X² = {chi_square}, P = {proportion}, d = {error}, dan N = {figure(served)} kunjungan selesai dan surat "
        f"diterima: {figure(target)} responden."
    )


def figure_of(value: Fraction) -> str:
    """Return a short decimal fraction as written here, e.g. 3,841."""
    return f"{float(value):g}".replace(".", ",")


def summary_table(report: SkmReport) -> Table:
    """Return the report in a few rows, without an index below the minimum of respondents."""
    figures = report.figures
    papers: list[list[Cell]] = [[ON_PAPER, report.on_paper]] if report.on_paper else []
    rows: list[list[Cell]] = [
        ["Indeks Kepuasan Masyarakat (IKM)", figures.ikm if figures else None],
        ["Mutu pelayanan", f"{figures.mutu.letter}, {figures.mutu.words}" if figures else report.problem],
        ["Responden (n)", report.n],
        ["Kunjungan selesai dan surat diterima (N)", report.served],
        ["Tingkat respons, persen", share_in_percent(report.response_rate)],
        *papers,
        ["Sasaran responden", report.target],
        ["Sembilan jawaban sama, persen", share_in_percent(figures.alike) if figures else None],
        ["Lama mengisi, median detik", median_seconds(report)],
    ]
    return Table("ringkasan", "Ringkasan", ["Ukuran", "Nilai"], rows)


def median_seconds(report: SkmReport) -> float | None:
    """Return the median time to answer in seconds, or None when no time is known."""
    return None if report.median_seconds is None else float(report.median_seconds)


def answer_tables(figures: AnswerFigures) -> list[Table]:
    """Return the tables that come from the answers: each unsur, and the three lowest."""
    aspects = [(one.name, one.total, to_two_decimals(one.mean)) for one in figures.aspects]
    bars = [(name, mean) for name, _, mean in aspects]
    chart = charts.lying("NRR per unsur, skala 1 sampai 4", bars, full=SKM_9.scale[1])
    rows: list[list[Cell]] = [[name, total, mean] for name, total, mean in aspects]
    low: list[list[Cell]] = [[one.name, to_two_decimals(one.mean)] for one in figures.lowest]
    return [
        Table("unsur", "NRR per unsur", ["Unsur", "Jumlah nilai", "NRR"], rows, chart=chart),
        Table("terendah", "Tiga unsur terendah", ["Unsur", "NRR"], low),
    ]


def respondent_tables(report: SkmReport) -> list[Table]:
    """Return who answered: by sex, age, education, occupation, service, and on what they answered."""
    told = [_of_class(report, field) for field in TOLD_BY]
    services = sorted(report.services.items(), key=lambda pair: (-pair[1], pair[0]))
    sources = [(str(label), report.sources[value]) for value, label in Rating.Source.choices if report.sources[value]]
    return [
        *told,
        _counted("layanan", "Layanan", services, report.n),
        _counted("sumber", "Diisi lewat", sources, report.n),
    ]


def _of_class(report: SkmReport, field: str) -> Table:
    label, classes = CLASSES[field]
    counts: Counter[str] = report.classes[field]
    pairs = [(str(words), counts[value]) for value, words in classes.choices] + [(UNFILLED, counts[""])]
    return _counted(field, label.capitalize(), pairs, report.n)


def _counted(key: str, title: str, pairs: Iterable[tuple[str, int]], whole: int) -> Table:
    """Return the table of some classes with their share of all respondents."""
    counted = list(pairs)
    rows: list[list[Cell]] = [[words, count, percent(count, whole)] for words, count in counted]
    chart = charts.lying(f"Responden menurut {title.lower()}", counted, charts.NARROW) if whole else None
    return Table(key, title, [title, RESPONDENTS, PERCENT], rows, ["Jumlah", whole, percent(whole, whole)], chart)


def trend_table(trend: list[QuarterIndex]) -> Table:
    """Return the index of each quarter, oldest first; a quarter below the minimum of respondents has no index."""
    rows: list[list[Cell]] = [
        [one.period.words, one.n, one.ikm, one.mutu.letter if one.mutu else None] for one in trend
    ]
    bars = [(_short(one), one.ikm or 0) for one in trend]
    chart = charts.upright("IKM delapan triwulan", bars) if any(one.ikm for one in trend) else None
    return Table("tren", "IKM delapan triwulan", ["Triwulan", RESPONDENTS, "IKM", "Mutu"], rows, chart=chart)


def _short(one: QuarterIndex) -> str:
    """Return the label under a quarter's bar, e.g. T4/26."""
    return f"T{one.period.number}/{one.period.year % 100:02}"


def plan_shares_table(figures: PlanFigures) -> Table:
    """Return how much of a plan is finished, and within how many months, each with its denominator."""
    shares = [("Selesai", figures.finished, figures.share)]
    for months, share in figures.shares_within.items():
        shares.append((f"Selesai dalam {months} bulan", figures.within[months], share))
    rows: list[list[Cell]] = [[words, n, figures.total, share_in_percent(share)] for words, n, share in shares]
    if figures.early:
        early = percent(figures.early, figures.total)
        rows.append(["Selesai sebelum laporan dibekukan", figures.early, figures.total, early])
    return Table("capaian", "Capaian tindak lanjut", ["Ukuran", "Selesai", "Dari rencana", PERCENT], rows)
