"""Which SKM report is shown of a period: the frozen one, if the Kepala has frozen it, or the one counted now."""

from dataclasses import dataclass

from guestbook.periods import Period
from office.formats import clock, figure, long_date
from office.models import Office
from ratings.report_models import FrozenReport, answers_digest
from ratings.skm_figures import report_from
from ratings.skm_report import SkmReport, read_skm_report


@dataclass(frozen=True)
class ShownReport:
    """A report, and how it was frozen; `frozen` is None when it was counted now."""

    report: SkmReport
    frozen: FrozenReport | None = None
    later: str = ""
    """What has happened to the answers since the report was frozen, as a sentence; "" for nothing."""

    @property
    def seal(self) -> str:
        """When and by whom the report was frozen, and the SHA-256 of its answers; "" when it was not."""
        one = self.frozen
        if not one:
            return ""
        when = f"{long_date(one.frozen_at)}, {clock(one.frozen_at)}"
        return f"Dibekukan {when}, oleh {one.frozen_by}; SHA-256 jawaban {one.digest}."

    @property
    def seal_broken(self) -> str:
        """The sentence that the frozen answers are not those of their SHA-256; "" when they are, or none are frozen."""
        return "" if not self.frozen or self.frozen.is_intact else self.later


def shown_report(period: Period, office: Office) -> ShownReport:
    """Return the report of `period` that pages and papers show. Seven queries at most for any number of ratings."""
    now = read_skm_report(period, office)
    frozen = FrozenReport.objects.select_related("frozen_by").filter(period=period.code).first()
    if not frozen:
        return ShownReport(now)
    return ShownReport(report_from(frozen.figures, frozen.answers), frozen, _later(frozen, now))


@dataclass(frozen=True)
class Freezing:
    """What the confirmation says will be frozen, and the digest of its answers."""

    title: str
    words: str
    digest: str


def freezing(shown: ShownReport) -> Freezing | None:
    """Return what would be frozen of a report that was counted now; None without an index, or when it is frozen."""
    report = shown.report
    if shown.frozen or not report.figures:
        return None
    index = f"IKM {figure(report.figures.ikm)}, mutu {report.figures.mutu.letter}, dari {figure(report.n)} responden"
    words = f"{index}. Angka, jawaban, dan saran disimpan tetap. Ini tidak dapat diurungkan."
    return Freezing(f"Bekukan laporan {report.period.words}?", words, answers_digest(report.figures.rows))


def _later(frozen: FrozenReport, now: SkmReport) -> str:
    """Return how the answers of today differ from the frozen ones."""
    if not frozen.is_intact:
        return "Jawaban yang dibekukan tidak lagi cocok dengan SHA-256-nya. Hubungi admin."
    more = now.n - len(frozen.answers)
    if more > 0:
        return f"{more} penilaian masuk sesudah laporan dibekukan dan tidak dihitung di sini."
    if more < 0 or (now.figures and answers_digest(now.figures.rows) != frozen.digest):
        return "Penilaian periode ini berubah sesudah laporan dibekukan. Angka di sini tetap."
    return ""
