"""The SKM report on A4 paper with kop, charts and signature, and the poster with the index for publication."""

from datetime import date

from django.template.loader import render_to_string

from guestbook.recap_paper import signatory
from guestbook.recap_tables import Cell, Table
from guestbook.skd import UNFILLED
from office.models import TOLD_FROM, Office
from ratings.follow_up_readings import Plan
from ratings.skm_readings import ShownRemark
from ratings.skm_report import SkmReport
from ratings.skm_tables import (
    PLAN_RULE,
    RULE,
    SUBJECT,
    TITLE,
    answer_tables,
    plan_shares_table,
    respondent_tables,
    summary_table,
    target_words,
)

ON_POSTER = ("sex", "education")


def skm_paper_html(
    report: SkmReport,
    *,
    trend: Table,
    remarks: list[ShownRemark],
    office: Office,
    today: date,
    plan: Plan | None = None,
    seal: str = "",
    later: str = "",
) -> str:
    """Return the HTML of the report, with the follow-up plan when there is one.

    The head of the period's last day signs it. `seal` says how it was frozen, `later` what has happened to
    its answers since.
    """
    tables = [
        summary_table(report),
        *(answer_tables(report.figures) if report.figures else []),
        *respondent_tables(report),
        trend,
    ]
    content = {
        "office": office,
        "period": report.period,
        "report": report,
        "tables": tables,
        "remarks": remarks,
        "plan": plan,
        "shares": plan_shares_table(plan.figures) if plan else None,
        "plan_rule": PLAN_RULE,
        "told": [
            f"Metode: {report.method}.",
            RULE,
            target_words(report.served, report.target),
            *(sentence for sentence in (seal, later) if sentence),
        ],
        "subject": SUBJECT,
        "title": TITLE,
        "head": signatory(report.period),
        "today": today,
    }
    return render_to_string("letters/skm_report.html", content)


def skm_poster_html(report: SkmReport, *, office: Office, seal_broken: str = "") -> str:
    """Return the HTML of the poster: index, class, respondents and thanks. The report must have an index.

    `seal_broken` says that the answers are not those that were frozen; "" when they are.
    """
    told = [(table.title, rows_told(table)) for table in respondent_tables(report) if table.key in ON_POSTER]
    tables = [(title, rows) for title, rows in told if any(row[0] != UNFILLED for row in rows)]
    content = {"office": office, "period": report.period, "report": report, "tables": tables, "later": seal_broken}
    return render_to_string("letters/skm_poster.html", content | {"told_from": TOLD_FROM})


def rows_told(table: Table) -> list[list[Cell]]:
    """Return the classes of at least TOLD_FROM respondents, for everybody to read.

    Those that are left out are together none or at least TOLD_FROM too: their difference from n shows no small class.
    """
    rows = sorted((row for row in table.rows if row[1]), key=_count)
    hidden = 0
    while rows and (_count(rows[0]) < TOLD_FROM or 0 < hidden < TOLD_FROM):
        hidden += _count(rows.pop(0))
    return [row for row in table.rows if row in rows]


def _count(row: list[Cell]) -> int:
    return int(row[1] or 0)
