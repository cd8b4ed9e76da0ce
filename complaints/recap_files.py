"""The recap of complaints as a workbook: its own page and the evidence packet give the same one."""

from collections.abc import Collection
from datetime import date

from complaints.recaps import COMPLAINTS_METHOD, complaint_tables, complaints_of, register_table
from guestbook.periods import Period
from guestbook.recap_sheets import workbook
from office.models import Office

COMPLAINTS_SUBJECT = "Rekap pengaduan"


def complaint_recap_book(period: Period, *, office: Office, today: date, hidden_from: Collection[int]) -> bytes:
    """Return the tables and the register as XLSX, without a text, a reporter or a whole code.

    Complaints about the users with the ids in `hidden_from` are counted as received and left out of all else.
    """
    found = complaints_of(period)
    tables = [
        *complaint_tables(found, period, today, hidden_from=hidden_from),
        register_table(found, hidden_from=hidden_from),
    ]
    return workbook(tables, office=office, period=period, subject=COMPLAINTS_SUBJECT, method=COMPLAINTS_METHOD)
