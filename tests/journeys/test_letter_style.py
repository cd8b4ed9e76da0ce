"""The admin words the letter and sees the example follow; the Kepala reads the saved words in the draft."""

import io
import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from office.letter_sentences import CLOSING
from office.models import LetterStyle
from tests.factories import verified_submission
from tests.journeys.test_accessibility import complaints_now
from tests.recommendations.uploads import samples

pytestmark = pytest.mark.django_db(transaction=True)
FITS = "Contoh ini sesuai isian."


def first_page(desk: Page) -> str:
    return desk.get_by_alt_text(re.compile("^Contoh surat .*, halaman 1 ")).get_attribute("src")


def test_the_admin_words_the_letter_and_the_kepala_reads_it_in_the_draft(
    petugas, kepala, admin_user, page_of, client_of, picture
):
    submission = verified_submission(petugas)
    desk = page_of(admin_user, 1366, 768)
    desk.goto(reverse("admin:office_office_change", args=[1]))
    desk.get_by_role("link", name="Kata dan tata letak surat").click()
    state, closing = desk.locator("#keadaan-contoh"), desk.get_by_label("Penutup")
    expect(closing).to_be_visible()
    assert complaints_now(desk) == []
    before = first_page(desk)

    closing.fill("Demikian, atas kerja sama Saudara {kantor")
    expect(desk.get_by_text("Ada kurung { yang tidak ditutup.")).to_be_visible()
    expect(state).to_contain_text("belum berubah")
    assert first_page(desk) == before

    closing.press_sequentially("} berterima kasih.")
    expect(state).to_have_text(FITS)
    expect(desk.get_by_text("Ada kurung { yang tidak ditutup.")).to_have_count(0)
    worded = first_page(desk)
    assert worded != before
    expect(closing).to_be_focused()

    desk.get_by_label("Logo", exact=True).set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": samples.photo((300, 260), kind="PNG")}
    )
    expect(state).to_have_text(FITS)
    desk.get_by_label("FP-KPA", exact=True).check()
    expect(desk.get_by_alt_text("Contoh surat FP-KPA, halaman 1 dari 2")).to_be_visible()
    desk.get_by_label("Sifat").fill("Segera")
    expect(state).to_have_text(FITS)
    assert first_page(desk) != worded
    assert complaints_now(desk) == []
    picture(desk, "letter-style")
    assert not LetterStyle.objects.exists()

    desk.get_by_role("button", name="Simpan").click()
    expect(desk.get_by_role("status").filter(has_text="disimpan")).to_be_visible()
    words = "Demikian, atas kerja sama Saudara BPS Kota Banjarmasin berterima kasih."
    reader = page_of(kepala, 390, 844)
    reader.goto(reverse("recommendations:letter_issue", args=[submission.pk]))
    expect(reader.get_by_alt_text(re.compile("^Konsep surat, halaman 1 "))).to_be_visible()
    draft = client_of(kepala).get(reverse("recommendations:draft_pdf", args=[submission.pk])).content
    told = " ".join(PdfReader(io.BytesIO(draft)).pages[0].extract_text().split())
    assert words in told
    assert "Segera" in told

    desk.get_by_role("button", name="Kembalikan ke baku penutup").click()
    expect(closing).to_have_value(CLOSING)
    assert LetterStyle.objects.get().logo


def test_on_a_phone_and_without_scripts_the_example_is_shown_by_a_button(admin_user, page_of):
    phone = page_of(admin_user, 390, 844, java_script_enabled=False)
    phone.goto(reverse("recommendations:letter_style"))
    before = first_page(phone)

    phone.get_by_label("Penutup").fill("Terima kasih.")
    phone.get_by_role("button", name="Lihat").click()

    expect(phone.get_by_label("Penutup")).to_have_value("Terima kasih.")
    expect(phone.locator("#keadaan-contoh")).to_have_text(FITS)
    assert first_page(phone) != before
    phone.get_by_role("button", name="Kembalikan ke baku penutup").click()
    expect(phone.get_by_label("Penutup")).to_have_value(CLOSING)
    phone.get_by_label("Penutup").fill("Terima kasih.")
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.get_by_label("Penutup")).to_have_value("Terima kasih.")
    assert LetterStyle.objects.get().closing == "Terima kasih."
