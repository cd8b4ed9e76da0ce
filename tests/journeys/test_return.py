"""A form is returned and answered: the mail with the slip, answers from a telephone, the new round, verified."""

import io
import re
import urllib.parse

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from pst_desk.examples import paper_pdf
from recommendations.instruments import instrument
from recommendations.models import Remark, Slip
from tests import factories
from tests.journeys import people
from tests.journeys.test_accessibility import complaints_now

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_returned_form_is_answered_on_a_telephone_and_verified(worker, mailbox, petugas, page_of, new_page, picture):
    submission = factories.recorded_submission(petugas)
    desk, phone = page_of(petugas), new_page(390, 844)

    # the officer returns it with two remarks
    desk.goto(f"/permohonan/{submission.pk}/periksa/")
    people.write_remark(desk, "Tujuan Survei", "Perbaikan", "Mohon indikator yang dihasilkan disebut.")
    people.write_remark(desk, "Kerangka sampel", "Perbaikan", "Mohon tahun kerangka sampel dituliskan.")
    desk.get_by_role("link", name=re.compile("Kembalikan")).click()
    desk.get_by_role("dialog").get_by_role("button", name=re.compile("Kembalikan")).click()
    expect(desk.get_by_role("heading", name="Catatan perbaikan, putaran 1")).to_be_visible()
    # the promise is kept only when the mail with the slip arrives
    message = people.mail_about(mailbox, "Catatan perbaikan")
    (attached,) = message.iter_attachments()
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(attached.get_content())).pages)
    assert message["To"] == submission.applicant.email
    assert "Mohon indikator yang dihasilkan disebut." in words
    assert "Mohon tahun kerangka sampel dituliskan." in words
    expect(desk.get_by_text("Pemohon sudah diberi tahu")).to_be_visible()
    desk.reload()
    expect(desk.locator(".timeline").get_by_text("Hasil diberitahukan")).to_be_visible()
    picture(desk, "slip")

    # the applicant follows the link of the mail on a telephone
    link = re.search(r"https?://\S+/lacak/\S+", message.get_body().get_content())[0]
    phone.goto(urllib.parse.urlsplit(link).path)
    expect(phone.get_by_role("heading", name="2 hal perlu Anda perbaiki")).to_be_visible()
    assert complaints_now(phone) == []
    phone.get_by_label("atas Tujuan Survei").fill("Indikatornya Indeks Kepuasan Masyarakat, lihat lampiran.")
    expect(phone.get_by_text("1 dari 2 dijawab, tersimpan pukul")).to_be_visible()
    phone.get_by_label("atas Kerangka sampel").fill("Tahun 2026.")
    expect(phone.get_by_text("2 dari 2 dijawab, tersimpan pukul")).to_be_visible()
    phone.get_by_label("Atau pilih berkas yang sudah ada").set_input_files(
        {"name": "fs3-perbaikan.pdf", "mimeType": "application/pdf", "buffer": paper_pdf("FS3 yang diperbaiki")}
    )
    expect(phone.get_by_text("Tersimpan", exact=True)).to_be_visible()
    expect(phone.locator("#sent li")).to_have_count(1)
    picture(phone, "track", full_page=True)
    assert complaints_now(phone) == []
    phone.get_by_role("button", name="Kirim perbaikan").click()
    expect(phone.get_by_role("heading", name="Perbaikan Anda sudah kami terima")).to_be_visible()

    # the officer sees it, records the correction, declares it complete, and verifies
    assert people.mail_about(mailbox, "Jawaban pemohon masuk")["To"] == petugas.email
    desk.goto("/permohonan/?lingkup=pemohon")
    expect(desk.get_by_text("Jawaban masuk", exact=True)).to_be_visible()
    desk.goto(f"/permohonan/{submission.pk}/rekam/blok_4/")
    expect(desk.get_by_text("Indikatornya Indeks Kepuasan Masyarakat, lihat lampiran.")).to_be_visible()
    people.type_answer(
        desk, instrument("FS3").item("tujuan_survei"), "Mengukur kepuasan dan menghasilkan Indeks Kepuasan Masyarakat."
    )
    expect(desk.get_by_text(re.compile(r"Tersimpan \d\d\.\d\d\.\d\d")).first).to_be_visible()
    people.declare_complete(desk)
    desk.goto(f"/permohonan/{submission.pk}/periksa/")
    desk.get_by_role("link", name=re.compile("Verifikasi")).click()
    desk.get_by_role("dialog").get_by_role("button", name=re.compile("Verifikasi")).click()
    expect(desk.get_by_text("Menunggu Kepala").first).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name=re.compile("menunggu persetujuan Kepala"))).to_be_visible()

    submission.refresh_from_db()
    slip = Slip.objects.select_related("round", "mail").get()
    assert submission.status == "verified"
    assert submission.rounds.count() == 2
    assert slip.round.told_at == slip.mail.sent_at
    assert not Remark.objects.filter(round=slip.round, answer="").exists()
    assert submission.attachments.filter(name="fs3-perbaikan.pdf", uploaded_by=None).exists()


CLOSED = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"


@pytest.mark.parametrize("script", ["", CLOSED], ids=["clipboard open", "clipboard closed"])
def test_the_officer_copies_the_applicants_link(petugas, page_of, script):
    submission = factories.returned_submission(petugas)
    drawn = {"pdf": "slip.pdf", "sha256": "0" * 64, "drawn_at": timezone.now()}
    Slip.objects.update(**drawn, mail=None)  # otherwise the panel reloads itself again and again
    desk = page_of(petugas)
    desk.add_init_script(script)
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(f"/permohonan/{submission.pk}/")

    desk.get_by_role("button", name="Salin", exact=True).click()

    expect(desk.get_by_role("button", name="Tersalin", exact=True)).to_be_visible()
    link = desk.get_by_label("Tautan pemohon")
    expect(link).to_be_focused()
    address = link.input_value()
    assert link.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == address
    desk.goto("/permohonan/")
    search = desk.get_by_label("Cari judul, instansi, atau nomor")
    search.press("Control+v")
    expect(search).to_have_value(address)
