"""Build the letter of recommendation as a dict, as HTML and as PDF.

The dict is stored in the row when the letter is issued. The PDF is drawn from it once (letter/pdf.py).
"""

from datetime import date
from typing import Any

import segno
from django.template.loader import render_to_string
from django.urls import reverse

from office.formats import plain_date
from office.models import Head, LetterStyle, Office, SigningRoute
from office.paper import PageLayout, draw_pdf
from office.texts import text_lines
from recommendations.instruments.structure import Instrument
from recommendations.letter.annex import Examination, annex_content, examination_of, way_words, where_and_when
from recommendations.letter.answers_file import answers_files, answers_for_programs
from recommendations.letter.sentences import styled
from recommendations.models import Letter, Round, Submission

TTE_FOOT = 24
"""In mm: the bottom margin in which the sentence on the electronic signature, number and check address fit."""


def letter_content(
    submission: Submission,
    *,
    office: Office,
    style: LetterStyle,
    head: Head,
    number: str,
    identity_number: str,
    issued_on: date,
    token: str,
    replaces: Letter | None = None,
    examination: Examination | None = None,
) -> dict[str, Any]:
    """Return every word of the letter and its annex, as JSON types. With `token` "" (a draft) `check_url` is "".

    A caller that has read the examination of many submissions at once passes it; otherwise it is read here. Raise
    ValueError when the submission has no date of a surat pengantar.
    """
    examination = examination or examination_of(submission)
    examined, annex = examination.examined, annex_content(submission, examination)
    content = {
        "office": office.letterhead,
        "number": number,
        "identity_number": identity_number,
        "date": plain_date(issued_on),
        "issued_on": issued_on.isoformat(),
        "place": office.place,
        "addressee": submission.applicant.agency.name,
        "addressed_to": submission.applicant.agency.head,
        "addressee_place": submission.applicant.agency.place,
        "replaces": _replaced(replaces),
        "cover": _cover(submission),
        "form": letter_form(submission.instrument),
        "recorded_on": plain_date(examined.completed_at),
        "has_remarks": annex["remark_count"] > 0,
        "finding": _finding(submission, examined),
        "signatory": _signatory(office, head),
        "is_example": office.is_example,
        "is_tte": SigningRoute(office.signing_route).is_bsre,
        "copies": text_lines(office.copies_to),
        "check_url": office.full_address(reverse("check_letter", args=[token])) if token else "",
        "annex": annex,
        "answers": answers_for_programs(submission.instrument, examined.answers),
    }
    return content | styled(content, style)


def _replaced(letter: Letter | None) -> dict[str, str] | None:
    """Return how the letter names the one that it replaces; None when it replaces none."""
    return {"number": letter.number, "date": letter.content["date"]} if letter else None


def _cover(submission: Submission) -> dict[str, str]:
    if submission.cover_date is None:  # the recording requires it before a form is recorded complete
        raise ValueError("A letter answers a surat pengantar, and this submission has no date of one.")
    return {"number": submission.cover_number, "date": plain_date(submission.cover_date)}


def letter_form(instrument: Instrument) -> dict[str, str]:
    """Return what the letter says about its form: code, title, and where the identity is to be printed."""
    return {"code": instrument.code, "title": instrument.title, "identity_on": instrument.identity_on}


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
    """Return the NIP in groups, `19780101 200012 2 001`: birth, start of service, sex, running number."""
    return " ".join(filter(None, (nip[:8], nip[8:14], nip[14:15], nip[15:])))


def render_html(content: dict[str, Any], *, draft: bool) -> str:
    """Return the letter and its annex as one HTML page for print. A draft has KONSEP behind the text."""
    letter = _complete(content)
    return render_to_string("letters/letter.html", {"letter": letter, "draft": draft, "qr": _qr(content["check_url"])})


def _complete(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content. A letter from the time before offices worded their letters gets the standard words."""
    return content if "words" in content else styled(content, LetterStyle()) | content


def _qr(url: str) -> str:
    return segno.make(url, error="m").svg_data_uri(border=0) if url else ""


def render_pdf(content: dict[str, Any], *, draft: bool = False) -> bytes:
    """Return the letter as PDF/A and PDF/UA, with the answers inside for programs. A draft has no file inside."""
    files = [] if draft else answers_files(content)
    chosen = _complete(content)["layout"]
    foot = TTE_FOOT if content.get("is_tte") else PageLayout.least_bottom
    layout = PageLayout(chosen["font"], chosen["margins"], least_bottom=foot)
    return draw_pdf(render_html(content, draft=draft), files=files, layout=layout, for_everybody=True)
