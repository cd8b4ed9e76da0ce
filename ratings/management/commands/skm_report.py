import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guestbook.periods import SPANS, NotAPeriod, Period, period_around, period_of
from office.formats import figure
from office.models import Office
from ratings.period_report import ShownReport, shown_report
from ratings.skm_figures import report_figures
from ratings.skm_files import draw_skm_report
from ratings.skm_report import SkmReport
from ratings.skm_tables import SUBJECT, summary_table


def month_of(text: str) -> Period:
    """Return the month, e.g. of `2026-10`. Raise ArgumentTypeError for another text."""
    try:
        period = period_of(text)
    except NotAPeriod:
        period = None
    if not period or period.months != 1:
        raise ArgumentTypeError(f"{text!r} bukan bulan. Tulis seperti 2026-10.")
    return period


class Command(BaseCommand):
    help = (
        "The SKM report of a month, quarter, half-year or year, in a few lines or as JSON; --pdf also draws it,"
        " into a file that is not there yet. The page of the report shows the same figures."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", type=month_of, required=True, metavar="YYYY-MM")
        parser.add_argument("--to", dest="end", type=month_of, required=True, metavar="YYYY-MM")
        parser.add_argument("--pdf", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, start: Period, end: Period, pdf: Path | None = None, **options: object) -> None:
        period, office = _between(start, end), Office.objects.current()
        shown = shown_report(period, office)
        report = shown.report
        if pdf:
            _draw(shown, office, pdf)
        self.stdout.write(_as_json(report) if options.get("json") else _as_lines(report))


def _between(start: Period, end: Period) -> Period:
    """Return the period from the first to the last month. Raise CommandError when no period has these borders."""
    spans = [period_around(start.first, months) for _, months in SPANS]
    found = next((one for one in spans if (one.first, one.last) == (start.first, end.last)), None)
    if not found:
        raise CommandError(f"{start.words} sampai {end.words} bukan bulan, triwulan, semester, atau tahun.")
    return found


def _draw(shown: ShownReport, office: Office, file: Path) -> None:
    """Write the PDF into a new file. Raise CommandError when it is there already or cannot be made."""
    drawn = draw_skm_report(shown, office=office, today=timezone.localdate())
    try:
        with file.open("xb") as made:
            made.write(drawn)
    except OSError as wrong:
        raise CommandError(f"{file} tidak dapat ditulis: {wrong.strerror}.") from wrong


def _as_json(report: SkmReport) -> str:
    return json.dumps(report_figures(report))


def _as_lines(report: SkmReport) -> str:
    lines = [f"{name}: {figure(value)}" for name, value in summary_table(report).rows]
    return "\n".join([f"{SUBJECT} {report.period.words}, {report.unit}", *lines])
