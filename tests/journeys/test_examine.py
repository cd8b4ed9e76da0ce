"""An examiner examines the second round of a form with the keyboard only; a second examiner verifies it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from office.models import Office
from recommendations.examination.actions.examining import return_to_applicant, write_remark
from recommendations.models import Remark, Submission
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from tests.factories import recorded_submission

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def again(petugas) -> Submission:
    """Return a submission returned with two remarks, one of them answered in writing, and recorded again."""
    submission = recorded_submission(petugas)
    for item, kind, text in (
        ("tujuan_survei", "correction", "Mohon tujuan dirinci."),
        ("judul_survei", "advice", "Mohon judul dikonfirmasi."),
    ):
        write_remark(submission, item_id=item, kind=kind, text=text, by=petugas)
    return_to_applicant(submission, by=petugas)
    save_answers(submission, {"tujuan_survei": "Mengukur kepuasan menurut sembilan unsur."}, by=petugas)
    record_complete(submission, by=petugas)
    Remark.objects.filter(item="tujuan_survei").update(answer="Sudah kami rinci.")
    return submission


def grave(page: Page) -> list[str]:
    """Return the serious problems that axe finds on the page."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found if one["impact"] in ("serious", "critical")]


def test_an_examiner_reads_the_second_round_by_keys_alone(again, petugas, page_of):
    desk = page_of(petugas)
    desk.goto(f"/permohonan/{again.pk}/periksa/")
    editor, keyboard = desk.locator(".editor:visible"), desk.keyboard

    # the lines with remarks or changes come first: the title, then the purpose
    expect(desk.get_by_role("heading", name="Berubah sejak putaran 1")).to_be_visible()
    expect(editor.get_by_text("Mohon judul dikonfirmasi.")).to_be_visible()
    keyboard.press("j")
    expect(editor.get_by_text("Sudah kami rinci.")).to_be_visible()
    # T accepts the answer
    keyboard.press("t")
    expect(editor.get_by_role("button", name="Buka lagi")).to_be_focused()
    expect(desk.locator("#row-r4-1")).to_contain_text("Diterima")
    expect(desk.locator("#decide")).to_contain_text("1 diterima")
    # C opens the remark; P picks a phrase, which is inserted at the cursor and saved
    keyboard.press("c")
    keyboard.type("Bapak/Ibu,")
    keyboard.press("Escape")
    keyboard.press("p")
    keyboard.type("kebijakan")
    keyboard.press("Enter")
    written = editor.locator("textarea")
    expect(written).to_be_focused()
    expect(written).to_have_value("Bapak/Ibu, Mohon dikonfirmasi kebijakan yang akan memakai hasil survei ini.")
    expect(editor.get_by_label("Konfirmasi/saran")).to_be_checked()
    expect(editor.get_by_text("Tersimpan")).to_be_visible()
    expect(desk.locator("#decide")).to_contain_text("2 saran ikut ke lampiran surat")
    # a digit also picks a phrase: on the next line, a phrase for that line
    keyboard.press("Escape")
    keyboard.press("k")
    keyboard.press("p")
    keyboard.press("1")
    expect(editor.locator("textarea")).to_have_value(
        "Mohon judul memuat apa yang diukur, siapa yang diukur, dan di mana."
    )
    expect(desk.locator("#decide")).to_contain_text("1 perbaikan terbuka")
    assert grave(desk) == []
    # T accepts it, and the form is verified
    keyboard.press("Escape")
    keyboard.press("t")  # the older one
    expect(editor.get_by_role("button", name="Buka lagi")).to_have_count(1)
    keyboard.press("t")
    expect(editor.get_by_role("button", name="Buka lagi")).to_have_count(2)
    verify = desk.locator("#decide").get_by_role("link", name="Verifikasi")
    verify.press("Enter")
    expect(desk.get_by_role("dialog").get_by_role("button", name="Batal")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(desk.get_by_role("status").filter(has_text="menunggu Kepala")).to_be_visible()
    texts = set(Remark.objects.exclude(state="accepted").values_list("text", flat=True))
    assert texts == {"Bapak/Ibu, Mohon dikonfirmasi kebijakan yang akan memakai hasil survei ini."}


def test_a_phrase_is_picked_with_the_mouse_and_nothing_below_moves(again, petugas, page_of):
    desk = page_of(petugas)
    desk.goto(f"/permohonan/{again.pk}/periksa/#p-r4-1")
    phrases = desk.locator("#pustaka")
    before = phrases.evaluate("element => element.offsetTop")  # independent of scrolling

    phrases.get_by_role("button", name="Mohon tujuan dirinci sampai indikator").click()

    editor = desk.locator(".editor:visible")
    expect(editor.get_by_text("Tersimpan")).to_be_visible()
    expect(editor.get_by_role("button", name="Terima T")).to_be_visible()
    assert phrases.evaluate("element => element.offsetTop") == before


def test_on_a_phone_choosing_a_line_leads_to_its_editor(again, petugas, page_of):
    phone = page_of(petugas, 390, 844)
    phone.goto(f"/permohonan/{again.pk}/periksa/")

    phone.get_by_role("link", name="Tujuan Survei").click()

    expect(phone.get_by_role("heading", name="R.4.1 Tujuan Survei")).to_be_in_viewport(ratio=1)
    assert grave(phone) == []


def test_a_second_examiner_verifies_after_the_first(again, petugas, page_of):
    Office.objects.update(two_readers=True)
    desk = page_of(petugas)
    desk.goto(f"/permohonan/{again.pk}/periksa/")

    desk.locator("#decide").get_by_role("link", name="Nyatakan sesuai").click()
    desk.get_by_role("dialog").get_by_role("button", name="Nyatakan sesuai").click()

    expect(desk.get_by_text("Menunggu pemeriksa kedua").first).to_be_visible()
    desk.goto(f"/permohonan/{again.pk}/periksa/")
    expect(desk.locator("#decide")).to_contain_text("Petugas lain memeriksa sekali lagi")
    assert grave(desk) == []


def test_without_script_everything_is_read_and_decided(again, petugas, page_of):
    desk = page_of(petugas, java_script_enabled=False)
    desk.goto(f"/permohonan/{again.pk}/periksa/")

    expect(desk.get_by_text("Mohon isian ini dilengkapi.")).to_be_visible()
    desk.get_by_role("link", name="Bandingkan dahulu").click()
    desk.locator("#decide").get_by_role("link", name="Verifikasi").click()
    desk.get_by_role("dialog").get_by_role("button", name="Verifikasi").click()

    expect(desk.get_by_text("Menunggu Kepala").first).to_be_visible()
