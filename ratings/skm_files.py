"""The SKM report of a period as files: the page, the command and the evidence packet give the same ones."""

from datetime import date

from guestbook.periods import Period
from guestbook.recap_tables import Table
from office.models import Office
from office.paper import draw_pdf
from ratings.follow_up_readings import read_plan
from ratings.period_report import ShownReport
from ratings.skm_paper import skm_paper_html
from ratings.skm_readings import read_trend, remarks_of
from ratings.skm_sheets import skm_workbook
from ratings.skm_tables import trend_table


def draw_skm_report(shown: ShownReport, *, office: Office, today: date) -> bytes:
    """Return the report as PDF, with its remarks and with the follow-up plan as it is `today`."""
    period = shown.report.period
    html = skm_paper_html(
        shown.report,
        trend=trend_of(period, office),
        remarks=remarks_of(period, shown.frozen),
        office=office,
        today=today,
        plan=read_plan(period, today),
        seal=shown.seal,
        later=shown.later,
    )
    return draw_pdf(html)


def skm_report_book(shown: ShownReport, *, office: Office, today: date) -> bytes:
    """Return the report as XLSX, with the follow-up plan as it is `today`."""
    period = shown.report.period
    trend, plan = trend_of(period, office), read_plan(period, today)
    return skm_workbook(shown.report, trend=trend, office=office, plan=plan, later=shown.later)


def trend_of(period: Period, office: Office) -> Table:
    """Return the index of the quarters up to the period."""
    return trend_table(read_trend(period, office.min_respondents))
