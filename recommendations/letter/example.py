"""An example letter with fictional contents, as the office would print it, for the page that sets words and layout."""

import hashlib
import json
from datetime import date
from typing import Any

from django.urls import reverse

from office.cache import cached
from office.formats import plain_date
from office.models import LetterStyle, Office, SigningRoute
from office.texts import text_lines
from recommendations.instruments import instrument
from recommendations.letter.content import letter_form, render_pdf
from recommendations.letter.sentences import styled
from recommendations.uploads.pages import own_pages_in_colour
from recommendations.uploads.refusal import BadFile
from recommendations.uploads.slots import slot

KEPT_FOR = 15 * 60
MOST_PAGES = 4
AGENCY = "Dinas Kependudukan dan Pencatatan Sipil Kota Contoh"
TITLES = {
    "FS3": "Survei Kepuasan Masyarakat terhadap Pelayanan Administrasi Kependudukan Kota Contoh",
    "FP-KPA": "Kompilasi Data Pelayanan Administrasi Kependudukan Kota Contoh",
}
WAYS = {"FS3": "Survei (sampel probabilitas)", "FP-KPA": "Kompilasi produk administrasi"}
REMARK = "Mohon hasil disajikan pula menurut jenis layanan."


class NoExampleNow(BadFile):
    """Raised when the example cannot be drawn now, because others are being drawn."""

    def __init__(self) -> None:
        super().__init__("Pratinjau belum sempat dibuat. Coba lagi sebentar lagi.")


def example_pages(office: Office, style: LetterStyle, *, code: str, today: date) -> list[bytes]:
    """Return the pages of the example on a form, as JPEG. Raise NoExampleNow.

    Only one example is drawn at a time, over all processes; the same one is drawn once and cached.
    """
    content = example_content(office, style, code=code, today=today)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    try:
        return cached(f"example-{digest}", lambda: _drawn(content), seconds=KEPT_FOR)
    except BadFile:
        raise NoExampleNow from None


def _drawn(content: dict[str, Any]) -> list[bytes]:
    with slot("example", size=1, threads=2):
        return own_pages_in_colour(render_pdf(content), most=MOST_PAGES)


def example_content(office: Office, style: LetterStyle, *, code: str, today: date) -> dict[str, Any]:
    """Return the words of the example on a form, with remarks, as `letter_content` returns those of a letter."""
    form = instrument(code)
    numbering = office.numbering
    content = {
        "office": office.letterhead,
        "number": numbering.write(numbering.next(41, today)),
        "identity_number": f"{form.activity_letter}-{today:%y}.{office.satker}.001",
        "date": plain_date(today),
        "place": office.place,
        "addressee": AGENCY,
        "addressed_to": f"Kepala {AGENCY}",
        "addressee_place": "Contoh",
        "replaces": None,
        "cover": {"number": "400.12/0123/CONTOH", "date": plain_date(today)},
        "form": letter_form(form),
        "recorded_on": plain_date(today),
        "has_remarks": True,
        "finding": [
            ["Judul kegiatan", TITLES[code]],
            ["Penyelenggara", AGENCY],
            ["Cara pengumpulan data", WAYS[code]],
            ["Wilayah, pelaksanaan", f"Kota Contoh, mulai {plain_date(today)}"],
        ],
        "signatory": {
            "title": "Kepala Badan Pusat Statistik",
            "city": office.city,
            "name": "Budi Contoh, S.Si., M.Si.",
            "nip": "00000000 000000 0 000" if office.print_nip else "",
        },
        "is_example": True,
        "is_tte": SigningRoute(office.signing_route).is_bsre,
        "copies": text_lines(office.copies_to),
        "check_url": office.full_address(reverse("check_letter", args=["contoh"])),
        "annex": _annex(code, today),
    }
    return content | styled(content, style)


def _annex(code: str, today: date) -> dict[str, Any]:
    lines = [
        ("1.1", "Instansi pemerintah penyelenggara", AGENCY, []),
        ("1.2", "Alamat lengkap", "Jalan Contoh Nomor 1, Kota Contoh", [REMARK]),
    ]
    return {
        "form_code": code,
        "title": TITLES[code],
        "year": str(today.year),
        "remark_count": 1,
        "cover": [],
        "blocks": [
            {
                "title": "Blok I. Identifikasi Penyelenggara",
                "rincians": [
                    {"number": number, "label": label, "value": value, "rows": [], "remarks": remarks}
                    for number, label, value, remarks in lines
                ],
            }
        ],
        "unanswered": [],
        "examined_by": "Sari Contoh",
        "examined_on": plain_date(today),
    }
