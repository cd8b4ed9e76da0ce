"""A recap on paper: A4 with kop, tables, and the signature of who headed the office on the last day of the period."""

from datetime import date

from django.template.loader import render_to_string

from guestbook.periods import Period
from guestbook.recap_tables import METHOD, Table, omission
from guestbook.recaps import Group
from office.models import Head, Office

LONG = 12
"""Months from which the days are left to the XLSX: three hundred rows are no reading, and take seconds to draw."""


def signatory(period: Period) -> Head | None:
    """Who headed the office on the last day of `period`; of two, who began later: the Plt. or Plh."""
    return Head.objects.on(period.last).select_related("user").first()


def recap_html(tables: list[Table], *, whole: Group, office: Office, period: Period, today: date) -> str:
    """The words of the paper."""
    content = {
        "office": office,
        "period": period,
        "tables": [table for table in tables if period.months < LONG or table.key != "hari"],
        "leaves_days_out": period.months >= LONG,
        "omissions": {"waits": omission(whole.waits), "services": omission(whole.services)},
        "method": METHOD,
        "head": signatory(period),
        "today": today,
    }
    return render_to_string("letters/recap.html", content)
