"""The SKM report on A4 paper with kop, charts and signature, and the poster with the index for publication."""

from datetime import date

from django.template.loader import render_to_string

from guestbook.recap_paper import signatory
from guestbook.recap_tables import Table
from office.models import Office
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
) -> str:
    """Return the HTML of the report, with the follow-up plan when there is one.

    The head of the period's last day signs it. `seal` says how it was frozen.
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
            *([seal] if seal else []),
        ],
        "subject": SUBJECT,
        "title": TITLE,
        "head": signatory(report.period),
        "today": today,
    }
    return render_to_string("letters/skm_report.html", content)


def skm_poster_html(report: SkmReport, *, office: Office) -> str:
    """Return the HTML of the poster: index, class, respondents and thanks. The report must have an index."""
    tables = [table for table in respondent_tables(report) if table.key in ON_POSTER]
    content = {"office": office, "period": report.period, "report": report, "tables": tables}
    return render_to_string("letters/skm_poster.html", content)
