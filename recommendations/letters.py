"""The letter of recommendation: its words as a dict, as HTML, and as PDF.

The dict is frozen into the row when the letter is issued; the PDF is drawn from it once (drawing.py) and never again.
"""

import re
from datetime import date
from itertools import count
from typing import Any

import segno
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse

from office.formats import plain_date
from office.models import Head, Office
from office.paper import draw_pdf
from recommendations.annex import annex_content, way_words, where_and_when
from recommendations.models import Letter, Round, Submission


def letter_content(
    submission: Submission,
    *,
    office: Office,
    head: Head,
    number: str,
    identity_number: str,
    issued_on: date,
    token: str,
) -> dict[str, Any]:
    """Every word that the letter and its annex will show, JSON-able. `token` "": a draft, without a check address."""
    examined = submission.rounds.recorded().last()
    annex = annex_content(submission, examined)
    return {
        "office": _letterhead(office),
        "number": number,
        "identity_number": identity_number,
        "date": plain_date(issued_on),
        "place": office.place,
        "addressee": submission.applicant.agency.name,
        "addressee_place": submission.applicant.agency.place,
        "cover": {"number": submission.cover_number, "date": plain_date(submission.cover_date)},
        "form": {"code": submission.instrument.code, "title": submission.instrument.title},
        "recorded_on": plain_date(examined.recorded_at),
        "has_remarks": annex["remark_count"] > 0,
        "finding": _finding(submission, examined),
        "signatory": _signatory(office, head),
        "copies": [line.strip() for line in office.copies_to.splitlines() if line.strip()],
        "check_url": office.public_url.rstrip("/") + reverse("check_letter", args=[token]) if token else "",
        "annex": annex,
    }


def _letterhead(office: Office) -> dict[str, str]:
    return {
        "name": office.name,
        "city": office.city,
        "address": f"{office.address}, telp. {office.phone}",
        "contact": f"{office.website}, {office.email}",
    }


def _finding(submission: Submission, examined: Round) -> list[list[str]]:
    return [
        ["Judul kegiatan", submission.title],
        ["Penyelenggara", str(examined.answers.get(submission.instrument.agency_item, ""))],
        ["Cara pengumpulan data", way_words(submission.instrument, examined.answers)],
        ["Wilayah, pelaksanaan", where_and_when(submission.instrument, examined.answers)],
    ]


def _signatory(office: Office, head: Head) -> dict[str, str]:
    return {
        "title": f"{head.capacity} Kepala Badan Pusat Statistik".strip(),
        "city": office.city,
        "name": str(head.user),
        "nip": _spaced(head.user.nip) if office.print_nip else "",
    }


def _spaced(nip: str) -> str:
    """`19780101 200012 2 001`: birth, start of service, sex, running number."""
    return " ".join(filter(None, (nip[:8], nip[8:14], nip[14:15], nip[15:])))


def render_html(content: dict[str, Any], *, draft: bool) -> str:
    """The letter and its annex as one HTML page for paper; `draft` prints KONSEP under the words."""
    return render_to_string("letters/letter.html", {"letter": content, "draft": draft, "qr": _qr(content["check_url"])})


def _qr(url: str) -> str:
    return segno.make(url, error="m").svg_data_uri(border=0) if url else ""


def render_pdf(content: dict[str, Any], *, draft: bool = False) -> bytes:
    """The letter as PDF/A."""
    return draw_pdf(render_html(content, draft=draft))


def suggested_number(office: Office, issued_on: date) -> str:
    """The next free letter number of the office's pattern in the year of `issued_on`."""
    last = Letter.objects.filter(issued_on__year=issued_on.year).aggregate(last=Max("sequence"))["last"] or 0
    numbers = (_number(office, issued_on, sequence) for sequence in count(last + 1))
    return next(number for number in numbers if not Letter.objects.filter(number=number).exists())


def _number(office: Office, issued_on: date, sequence: int) -> str:
    return office.letter_pattern.format(urut=sequence, **_pattern_facts(office, issued_on))


def _pattern_facts(office: Office, issued_on: date) -> dict[str, str]:
    return {
        "satker": office.satker,
        "unit": office.unit,
        "klasifikasi": office.letter_classification,
        "bulan": f"{issued_on.month:02}",
        "tahun": str(issued_on.year),
    }


def sequence_of(number: str, *, office: Office, issued_on: date) -> int | None:
    """The running number inside `number`; None when it does not follow the office's pattern (a nomor sisipan)."""
    parts = re.split(r"\{urut[^}]*\}", office.letter_pattern)
    around = [re.escape(part.format(**_pattern_facts(office, issued_on))) for part in parts]
    found = re.fullmatch("([0-9]{1,6})".join(around), number) if len(around) == 2 else None
    return int(found[1]) if found else None


def suggested_identity(submission: Submission, office: Office, issued_on: date) -> str:
    """The next `K-TT.WWWW.NNN`; the running number starts anew each year and kind."""
    head = f"{submission.instrument.activity_letter}-{issued_on:%y}.{office.satker}."
    numbers = Letter.objects.filter(identity_number__startswith=head).values_list("identity_number", flat=True)
    last = max((int(number.rpartition(".")[2]) for number in numbers), default=0)
    return f"{head}{last + 1:03}"
