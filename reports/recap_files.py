"""The recap of recommendations as files: its own page and the evidence packet give the same ones."""

from datetime import date

from guestbook.periods import Period
from guestbook.recap_paper import paper_html
from guestbook.recap_sheets import workbook
from office.models import Office
from office.paper import draw_pdf
from reports.recap_tables import METHOD, SUBJECT, TITLE, remarks, submission_tables
from reports.recaps import SubmissionRecap


def submission_recap_book(found: SubmissionRecap, period: Period, *, office: Office) -> bytes:
    """Return the tables as XLSX. They name agencies and officers, but no applicant."""
    said = " ".join([METHOD, *remarks(found.omitted)])
    return workbook(submission_tables(found), office=office, period=period, subject=SUBJECT, method=said)


def draw_submission_recap(found: SubmissionRecap, period: Period, *, office: Office, today: date) -> bytes:
    """Return the tables as PDF on A4, with kop and the signature of the head of the period's last day."""
    html = paper_html(
        submission_tables(found),
        subject=SUBJECT,
        title=TITLE,
        remarks=[METHOD, *remarks(found.omitted)],
        office=office,
        period=period,
        today=today,
    )
    return draw_pdf(html)
