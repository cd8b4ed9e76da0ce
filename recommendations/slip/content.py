"""The slip (catatan perbaikan) of a returned round: its words as a dict, as HTML, and as PDF.

The dict is saved in the row when the form is returned, and never changes. pdf.py draws the PDF from it once.
"""

from datetime import date
from typing import Any

import segno
from django.template.loader import render_to_string

from office.calendar import add_months
from office.formats import long_date
from office.models import Office, User
from office.paper import draw_pdf
from recommendations.instruments.structure import Instrument, in_form_order
from recommendations.instruments.words import place_words
from recommendations.links import page_url
from recommendations.models import Remark, Round


def slip_content(examined: Round, *, office: Office, returned_on: date, by: User) -> dict[str, Any]:
    """Return every word that the slip will show, as values that JSON can store.

    `returned_on` is a day in the office's time zone. Accepted remarks are left out.
    """
    submission = examined.submission
    remarks = in_form_order(submission.instrument, examined.remarks.asking())
    corrections = sum(remark.is_correction for remark in remarks)
    return {
        "office": _office_words(office),
        "register": submission.register,
        "form": {"code": submission.instrument.code, "title": submission.instrument.title},
        "round": examined.number,
        "title": examined.title or submission.shown_title,
        "agency": examined.agency_name or submission.applicant.agency.name,
        "recorded_on": long_date(examined.completed_at),
        "examined_by": str(by),
        "returned_on": long_date(returned_on),
        "remarks": [slip_remark(submission.instrument, remark) for remark in remarks],
        "correction_count": corrections,
        "advice_count": len(remarks) - corrections,
        "answer_until": long_date(add_months(returned_on, office.answer_months)),
        "promise_days": office.promise_days,
        "page_url": page_url(submission, office),
    }


def _office_words(office: Office) -> dict[str, str]:
    """Return the letterhead, and how the slip names the office elsewhere."""
    return office.letterhead | {
        "street": office.address,
        "phone": office.phone,
        "whatsapp": office.service_whatsapp,
        "standard": office.standard,
    }


def slip_remark(instrument: Instrument, remark: Remark) -> dict[str, Any]:
    """Return one remark for the slip: number and label of its item, whether it is a correction, and its text."""
    number, label = place_words(instrument, remark.item)
    return {"number": number, "label": label, "is_correction": remark.is_correction, "text": remark.text}


def render_slip_html(content: dict[str, Any]) -> str:
    """Return the HTML of the printed slip, with the QR code of the applicant's page."""
    qr = segno.make(content["page_url"], error="m").svg_data_uri(border=0)
    return render_to_string("letters/slip.html", {"slip": content, "qr": qr})


def render_slip_pdf(content: dict[str, Any]) -> bytes:
    """Return the slip as PDF/A."""
    return draw_pdf(render_slip_html(content))
