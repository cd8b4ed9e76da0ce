"""The officer imports a workbook that an agency filled in, and copies the answers into Romantik."""

import pytest
from playwright.sync_api import expect

from pst_desk.examples import FS3, read_form
from recommendations.instruments import INSTRUMENTS
from recommendations.workbook.reading import read_workbook
from recommendations.workbook.writing import write_workbook
from tests.factories import SubmissionFactory, recorded_submission
from tests.journeys.test_accessibility import complaints_now

pytestmark = pytest.mark.django_db(transaction=True)
FORM = INSTRUMENTS["FS3"]


def test_a_filled_workbook_is_reviewed_and_taken_over(petugas, page_of, picture):
    submission = SubmissionFactory(answers={"uji_coba": 2})
    desk = page_of(petugas)
    desk.goto(f"/permohonan/{submission.pk}/rekam/")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Unduh templat FS3").click()
    template = read_workbook(download.value.path().read_bytes())
    content = write_workbook(FORM, read_form(FS3)["values"] | {"uji_coba": 1}, about="Uji")

    desk.get_by_role("link", name="Impor dari Excel").click()
    desk.get_by_label("Berkas isian").set_input_files(
        {"name": "isian.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    desk.get_by_role("button", name="Tinjau isian").click()
    expect(desk.get_by_label("Tujuan Survei")).to_be_checked()
    expect(desk.get_by_label("Apakah melakukan Uji Coba")).not_to_be_checked()
    assert complaints_now(desk) == []
    picture(desk, "form-import")
    desk.get_by_role("button", name="Simpan isian yang dicentang").click()

    expect(desk.get_by_role("status").filter(has_text="isian tersimpan dari berkas")).to_be_visible()
    answers = submission.rounds.get().answers
    assert (template.instrument_code, template.values) == ("FS3", {})
    assert answers["uji_coba"] == 2
    assert answers["tujuan_survei"] == read_form(FS3)["values"]["tujuan_survei"]


def test_answers_are_copied_one_after_the_other_by_keys(petugas, page_of, picture):
    submission = recorded_submission(petugas)
    desk = page_of(petugas)
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(f"/permohonan/{submission.pk}/romantik/")

    for key in "jjjc":
        desk.keyboard.press(key)

    expect(desk.locator("[data-copied]")).to_have_text("Tersalin: Cara Pengumpulan Data")
    assert desk.evaluate("navigator.clipboard.readText()") == "2 - Survei"
    assert complaints_now(desk) == []
    picture(desk, "romantik")
    desk.get_by_label("Latar Belakang Kegiatan").fill("j dan c diketik, bukan tombol")
    desk.get_by_role("button", name="Simpan catatan").click()
    expect(desk.get_by_role("status").filter(has_text="tersimpan")).to_be_visible()
    submission.refresh_from_db()
    assert submission.romantik_extras == {"latar_belakang": "j dan c diketik, bukan tombol"}


def test_without_clipboard_access_the_text_is_copied_by_the_older_method(petugas, page_of):
    submission = recorded_submission(petugas)
    desk = page_of(petugas)
    desk.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    desk.goto(f"/permohonan/{submission.pk}/romantik/")

    desk.get_by_role("button", name="Salin Cara Pengumpulan Data").click()

    expect(desk.locator("[data-copied]")).to_have_text("Tersalin: Cara Pengumpulan Data")
    expect(desk.get_by_role("button", name="Tersalin Cara Pengumpulan Data")).to_be_focused()
