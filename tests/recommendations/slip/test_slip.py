"""The slip: its frozen words, its PDF, which is drawn once and checked by its hash, and its pages."""

import hashlib
import io
from datetime import date
from pathlib import Path

import pytest
import time_machine
from pypdf import PdfReader

from office.calendar import add_months
from office.models import Mail, Office
from recommendations.examination.actions.examining import accept_remark, return_to_applicant, write_remark
from recommendations.models import Slip
from recommendations.papers import FileDamaged
from recommendations.slip.content import render_slip_html, render_slip_pdf, slip_content
from recommendations.slip.mailing import owe_mail
from recommendations.slip.pdf import draw_slip_pdf, slip_pdf
from tests.factories import recorded_submission
from tests.pages import pdf_pages

LONG = "Mohon dilengkapi dengan sumber, tahun, dan cara penghitungannya, sesuai pedoman yang berlaku. " * 6


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2026, 11, 24), 3, date(2027, 2, 24)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 15), -3, date(2025, 10, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day, count, later):
    assert add_months(day, count) == later


def test_the_slip_says_what_to_correct_in_the_order_of_the_form(petugas, office):
    submission = recorded_submission(petugas)
    for item, kind in (("tujuan_survei", "correction"), ("judul_survei", "advice"), ("manajer_telepon", "correction")):
        write_remark(submission, item_id=item, kind=kind, text=f"Mohon {item}.", by=petugas)

    with time_machine.travel("2026-11-30 09:00+08:00", tick=False):
        return_to_applicant(submission, by=petugas)

    words = Slip.objects.get().content
    assert [(one["number"], one["label"], one["is_correction"]) for one in words["remarks"]] == [
        ("", "Judul Survei", False),
        ("2.2", "Nama Manajer Survei: Telepon", True),
        ("4.1", "Tujuan Survei", True),
    ]
    assert words["returned_on"] == "Senin, 30 November 2026"
    assert words["answer_until"] == "Minggu, 28 Februari 2027"
    assert words["page_url"] == f"{office.public_url}/lacak/{submission.token}/"
    assert (words["correction_count"], words["advice_count"], words["examined_by"]) == (2, 1, "Rina Contoh")


def test_a_remark_accepted_before_the_return_is_not_on_the_slip(petugas, office):
    submission = recorded_submission(petugas)
    settled = write_remark(submission, item_id="manajer_telepon", kind="correction", text="Mohon nomornya.", by=petugas)
    write_remark(submission, item_id="tujuan_survei", kind="correction", text="Mohon indikatornya.", by=petugas)
    accept_remark(submission, settled, by=petugas)

    opened = return_to_applicant(submission, by=petugas)

    assert [one["number"] for one in Slip.objects.get().content["remarks"]] == ["4.1"]
    assert "tujuan_survei" in opened.open_items
    assert "manajer_telepon" not in opened.open_items


def test_the_pdf_is_drawn_once_from_the_frozen_words_and_proven(slip, petugas):
    Office.objects.update(city="Kota Lain")
    draw_slip_pdf(slip.pk)
    slip.refresh_from_db()
    first = slip.sha256
    draw_slip_pdf(slip.pk)

    slip.refresh_from_db()
    pdf = slip_pdf(slip)
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert slip.sha256 == first == hashlib.sha256(pdf).hexdigest()
    for words in (
        "KOTA BANJARMASIN",
        "Catatan perbaikan FS3",
        "Mohon indikator yang dihasilkan disebut.",
        slip.content["answer_until"],
        "tidak dipungut biaya",
        "Halaman 1 dari 1",
        "0812-1010-6371",
    ):
        assert words in text
    assert "KOTA LAIN" not in text
    again = slip_content(slip.round, office=Office.objects.current(), returned_on=date(2026, 11, 2), by=petugas)
    assert "KOTA LAIN" in "\n".join(pdf_pages(render_slip_pdf(again)))


def test_a_changed_file_is_never_given_out(mailed):
    Path(mailed.pdf.path).write_bytes(b"%PDF another")

    with pytest.raises(FileDamaged, match="hilang atau berubah"):
        slip_pdf(mailed)


def test_forty_long_remarks_break_between_remarks_and_every_page_has_number_and_foot(slip):
    remark = {"label": "Tujuan Survei", "is_correction": True, "text": LONG}
    remarks = [remark | {"number": f"9.{place}", "text": f"Awal{place} {LONG}Akhir{place}"} for place in range(1, 41)]
    content = slip.content | {"remarks": remarks, "correction_count": 40}

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(render_slip_pdf(content))).pages]

    assert len(pages) > 3
    for number, text in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in text
        assert "Bukan surat rekomendasi" in text
    for place in range(1, 41):
        (whole,) = [text for text in pages if f"Awal{place} " in text]
        assert f"9.{place}" in whole
        assert f"Akhir{place}" in whole


def test_words_of_a_remark_never_become_markup_or_a_fetch(slip):
    text = '</p><img src="http://203.0.113.1/x.png"><script>alert(1)</script>\n& selesai'
    content = slip.content | {"remarks": [slip.content["remarks"][0] | {"text": text}]}

    html = render_slip_html(content)

    assert "<script>alert" not in html
    assert "&lt;img src=" in html
    assert render_slip_pdf(content).startswith(b"%PDF-")


def test_the_mail_carries_the_slip_and_the_link_and_is_owed_once(mailed):
    owe_mail(mailed.pk)

    mail = Mail.objects.get(key=f"slip:{mailed.pk}")
    with mail.file.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == mailed.sha256
    assert mail.to == mailed.round.submission.applicant.email
    assert mailed.content["page_url"] in mail.body
    assert mailed.content["answer_until"] in mail.body
