"""A recap on paper: A4 with kop, tables, and the signature of who headed the office on the last day of the period."""

from datetime import date

from django.template.loader import render_to_string

from guestbook.periods import Period
from guestbook.recap_tables import METHOD, Table, omission
from guestbook.recaps import Group
from office.models import Head, Office

LONG = 12
"""Months from which the days are left to the XLSX: three hundred rows are no reading, and take seconds to draw."""
TITLE = "Rekap Kunjungan Pelayanan Statistik Terpadu"
DAYS_ELSEWHERE = "Angka per hari ada pada berkas XLSX periode ini."


def signatory(period: Period) -> Head | None:
    """Who headed the office on the last day of `period`; of two, who began later: the Plt. or Plh."""
    return Head.objects.on(period.last).select_related("user").first()


def recap_html(tables: list[Table], *, whole: Group, office: Office, period: Period, today: date) -> str:
    """The words of the paper about visits."""
    told = f"Waktu tunggu: {omission(whole.waits)} Waktu layanan: {omission(whole.services)}"
    remarks = [METHOD, told, *([DAYS_ELSEWHERE] if period.months >= LONG else [])]
    shown = [table for table in tables if period.months < LONG or table.key != "hari"]
    facts = {"subject": "Rekap kunjungan", "title": TITLE, "remarks": remarks}
    return paper_html(shown, office=office, period=period, today=today, **facts)


def paper_html(
    tables: list[Table], *, subject: str, title: str, remarks: list[str], office: Office, period: Period, today: date
) -> str:
    """The words of a paper of `tables`: `subject` at the foot of each page, `remarks` say how it was counted."""
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
