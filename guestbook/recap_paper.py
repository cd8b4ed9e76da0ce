"""A recap on A4 paper, with kop, tables, and the signature of the head of the period's last day."""

from datetime import date

from django.template.loader import render_to_string

from guestbook.periods import Period
from guestbook.recap_tables import METHOD, Table, omission
from guestbook.recaps import Group
from office.models import Head, Office

LONG = 6
"""From this many months on, the table per day is only in the XLSX: 150 rows are hard to read and slow to draw."""
TITLE = "Rekap Kunjungan Pelayanan Statistik Terpadu"
DAYS_ELSEWHERE = "Angka per hari ada pada berkas XLSX periode ini."


def signatory(period: Period) -> Head | None:
    """Return the head of the last day of `period`, or None. Of two, return the later one: the Plt. or Plh."""
    return Head.objects.on(period.last).select_related("user").first()


def recap_html(tables: list[Table], *, whole: Group, office: Office, period: Period, today: date) -> str:
    """Return the HTML of the recap of visits."""
    told = f"Waktu tunggu: {omission(whole.waits)} Waktu layanan: {omission(whole.services)}"
    remarks = [METHOD, told, *([DAYS_ELSEWHERE] if period.months >= LONG else [])]
    shown = [table for table in tables if period.months < LONG or table.key != "hari"]
    subject = "Rekap kunjungan"
    return paper_html(shown, subject=subject, title=TITLE, remarks=remarks, office=office, period=period, today=today)


def paper_html(
    tables: list[Table], *, subject: str, title: str, remarks: list[str], office: Office, period: Period, today: date
) -> str:
    """Return the HTML of a recap. `subject` is printed at the foot of each page; `remarks` explain the counting."""
    content = {
        "office": office,
        "period": period,
        "tables": tables,
        "subject": subject,
        "title": title,
        "remarks": remarks,
        "head": signatory(period),
        "today": today,
    }
    return render_to_string("letters/recap.html", content)
