"""`manage.py skm_report` prints the figures of a period, and draws its paper."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from guestbook.periods import period_of
from guestbook.workflow import Status
from ratings.skm_figures import report_figures, report_from
from ratings.skm_report import read_skm_report
from tests.factories import RatingFactory, VisitFactory, skm_answers


@pytest.fixture
def rated(office) -> None:
    """Make five ratings of the last quarter of 2026."""
    for answers in (skm_answers(4), skm_answers(4), skm_answers(4), skm_answers(3), skm_answers(3, waktu=1)):
        visit = VisitFactory(day=date(2026, 11, 2), status=Status.SERVED)
        RatingFactory(visit=visit, answers=answers, source="tablet", seconds=31)


def said(*options: str) -> str:
    out = io.StringIO()
    call_command("skm_report", *options, stdout=out)
    return out.getvalue()


def test_the_json_has_the_figures_of_the_period(rated):
    found = json.loads(said("--from", "2026-10", "--to", "2026-12", "--json"))

    # 18 of each unsur, waktu 16; 25 x (8 x 18 + 16) / 45 = 88.89
    assert found["sums"] == skm_answers(18, waktu=16)
    assert (found["nrr"]["waktu"], found["nrr"]["biaya"]) == ("3.20", "3.60")
    assert (found["n"], found["served"], found["ikm"], found["mutu"]) == (5, 5, "88.89", "A")
    assert (found["period"], found["from"], found["to"]) == ("2026-T4", "2026-10-01", "2026-12-31")
    assert (found["lowest"][0], found["alike"], found["response_rate"]) == ("waktu", 80.0, 100.0)
    assert (found["sources"], found["median_seconds"]) == ({"tablet": 5}, 31.0)
    assert found["respondents"]["sex"] == {"": 5}


def test_without_an_option_a_few_lines_are_printed(rated):
    lines = said("--from", "2026-07", "--to", "2026-12").splitlines()

    assert lines[0] == "Laporan SKM Semester II 2026, BPS Kota Banjarmasin"
    assert "Indeks Kepuasan Masyarakat (IKM): 88,89" in lines
    assert "Mutu pelayanan: A, Sangat Baik" in lines


def test_below_the_minimum_no_figure_of_the_answers_is_printed(rated):
    found = json.loads(said("--from", "2026-10", "--to", "2026-10", "--json"))

    assert (found["n"], found["ikm"], found["nrr"], found["sums"]) == (0, None, None, None)
    assert "Responden belum cukup: 0 dari paling sedikit 5." in said("--from", "2026-10", "--to", "2026-10")


def test_the_paper_is_drawn_into_a_new_file_only(rated, tmp_path: Path):
    file = tmp_path / "skm.pdf"
    said("--from", "2026-10", "--to", "2026-12", "--pdf", str(file))

    assert "Laporan Survei Kepuasan Masyarakat" in PdfReader(file).pages[0].extract_text()
    with pytest.raises(CommandError, match="tidak dapat ditulis"):
        said("--from", "2026-10", "--to", "2026-12", "--pdf", str(file))


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("2026-10", "2026-11", "bukan bulan, triwulan, semester, atau tahun"),
        ("2026-12", "2026-10", "bukan bulan, triwulan, semester, atau tahun"),
        ("2026-T4", "2026-12", "Tulis seperti 2026-10"),
        ("2026-13", "2026-12", "Tulis seperti 2026-10"),
    ],
)
def test_months_that_are_no_period_are_refused(office, start, end, why):
    with pytest.raises(CommandError, match=why):
        said("--from", start, "--to", end)


@pytest.mark.parametrize("code", ["2026-T4", "2026-10"])
def test_the_figures_give_the_same_report_again(rated, office, code):
    report = read_skm_report(period_of(code), office)
    rows = report.figures.rows if report.figures else []

    assert report_from(json.loads(json.dumps(report_figures(report))), rows) == report
