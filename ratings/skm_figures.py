"""The SKM report as plain figures for JSON, and back. Pure.

The keys of the index are those of `manage.py ikm`: n, sums, nrr, ikm, mutu. Below the minimum of respondents sums,
nrr, ikm, mutu, lowest and alike are None.
"""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from guestbook.periods import period_of
from ratings.ikm import to_two_decimals
from ratings.instruments import SKM_9
from ratings.skm_report import SkmReport, answer_figures
from ratings.skm_tables import median_seconds, share_in_percent


def report_figures(report: SkmReport) -> dict[str, Any]:
    """Return every figure of the report. Means and index are texts of two decimals with a dot; shares are percentages.

    `median_seconds` is in seconds. `lowest` are keys of the unsur, lowest first.
    """
    return {
        "period": report.period.code,
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "unit": report.unit,
        "method": report.method,
        "n": report.n,
        "served": report.served,
        "minimum": report.minimum,
        "response_rate": share_in_percent(report.response_rate),
        "target": report.target,
        **_index_figures(report),
        "respondents": {field: dict(counts) for field, counts in report.classes.items()},
        "sources": dict(report.sources),
        "services": dict(report.services),
        "median_seconds": median_seconds(report),
    }


def _index_figures(report: SkmReport) -> dict[str, Any]:
    figures = report.figures
    if not figures:
        return dict.fromkeys(("sums", "nrr", "ikm", "mutu", "lowest", "alike"))
    return {
        "sums": {one.key: one.total for one in figures.aspects},
        "nrr": {one.key: str(to_two_decimals(one.mean)) for one in figures.aspects},
        "ikm": str(figures.ikm),
        "mutu": figures.mutu.letter,
        "lowest": [one.key for one in figures.lowest],
        "alike": share_in_percent(figures.alike),
    }


def report_from(figures: Mapping[str, Any], rows: list[list[int]]) -> SkmReport:
    """Return the report again, from `report_figures` and the nine answers of each respondent."""
    seconds = figures["median_seconds"]
    answers = [dict(zip(SKM_9.keys, row, strict=True)) for row in rows]
    return SkmReport(
        period=period_of(figures["period"]),
        unit=figures["unit"],
        method=figures["method"],
        n=figures["n"],
        served=figures["served"],
        minimum=figures["minimum"],
        classes={field: Counter(counts) for field, counts in figures["respondents"].items()},
        sources=Counter(figures["sources"]),
        services=Counter(figures["services"]),
        median_seconds=None if seconds is None else Fraction(seconds),
        figures=answer_figures(answers),
    )
