"""A session ends while somebody types: the page says so, keeps the text, and saves it after a new sign-in."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, Route, expect

from guestbook.models import Visit
from office.models import Service, User
from recommendations.letter.actions.issuing import send_back
from recommendations.models import RegisterNumber, Remark
from tests.factories import PASSWORD, SubmissionFactory, VisitFactory, issue, recorded_submission, verified_submission
from tests.journeys import people
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sign_in_again(live_server) -> Callable[[Page, User], None]:
    """Return `sign_in_again(page, user)`, which does what another tab does: a new session and a new form token."""

    def signed_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return signed_in


def test_a_remark_typed_after_the_session_ended_stays_and_is_saved_later(petugas, page_of, sign_in_again, problems):
    submission = recorded_submission(petugas)
    desk = page_of(petugas)
    desk.goto(f"/permohonan/{submission.pk}/periksa/")
    editor = desk.locator(".editor:visible")

    Session.objects.all().delete()
    editor.locator("textarea").fill("Mohon tujuan dirinci.")
    editor.get_by_role("button", name="Simpan catatan").click()
    told = editor.get_by_role("alert").filter(has_text="Tidak tersimpan: Anda sudah keluar")
    expect(told).to_be_visible()
    expect(told.get_by_role("link", name="Masuk lagi")).to_be_visible()
    expect(editor.locator("textarea")).to_have_value("Mohon tujuan dirinci.")
    assert Remark.objects.count() == 0

    sign_in_again(desk, petugas)
    editor.get_by_role("button", name="Simpan lagi").click()
    expect(told).to_have_count(0)
    wait_until(lambda: Remark.objects.filter(text="Mohon tujuan dirinci.").exists())
    problems.clear()  # the browser logs the 401


def test_a_note_typed_after_the_session_ended_stays_on_the_console(petugas, page_of, sign_in_again, problems):
    VisitFactory()
    desk = page_of(petugas)
    people.call_and_serve(desk)
    note = desk.get_by_label("Catatan kunjungan")

    note.press_sequentially("Data ")
    Session.objects.all().delete()
    note.press_sequentially("jumlah penduduk")
    expect(desk.get_by_text("Tidak tersimpan: Anda sudah keluar")).to_be_visible()
    expect(note).to_have_value("Data jumlah penduduk")

    sign_in_again(desk, petugas)
    desk.get_by_role("button", name="Simpan lagi").click()
    wait_until(lambda: Visit.objects.get().note == "Data jumlah penduduk")
    problems.clear()


def sign_in_here(page: Page, user: User) -> None:
    """Sign in on the page to which a form of a signed-out user leads."""
    page.get_by_label("Nama pengguna").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()


def test_a_form_sent_after_the_session_ended_comes_back_filled_in(petugas, page_of, picture, problems):
    submission = SubmissionFactory(officer=petugas)
    desk = page_of(petugas, 1366, 768)
    desk.goto(f"/permohonan/{submission.pk}/lampiran/")
    number = desk.locator(".cover-form input[type=text]").first
    number.fill("400/12/Disdik")

    Session.objects.all().delete()
    desk.get_by_role("button", name="Simpan surat pengantar").click()
    sign_in_here(desk, petugas)

    expect(desk.get_by_role("alert").filter(has_text="Isian Anda dikembalikan")).to_be_visible()
    expect(number).to_have_value("400/12/Disdik")
    picture(desk, "unsent")
    desk.reload()
    expect(number).to_have_value("")  # it is given back once
    problems.clear()  # the browser logs a refused token


def test_a_reason_in_a_dialog_comes_back_in_its_dialog(petugas, kepala, page_of):
    submission = verified_submission(petugas)
    phone = page_of(kepala, 390, 844)
    phone.goto(f"/terbitkan/{submission.pk}/")
    phone.get_by_role("link", name="Kembalikan").click()
    phone.get_by_role("dialog").get_by_role("textbox").fill("Tujuan nomor 2 belum jelas.")

    Session.objects.all().delete()
    phone.get_by_role("dialog").get_by_role("button", name="Kembalikan").click()
    sign_in_here(phone, kepala)

    expect(phone.get_by_role("dialog").get_by_role("textbox")).to_have_value("Tujuan nomor 2 belum jelas.")
    phone.get_by_role("dialog").get_by_role("button", name="Kembalikan").click()
    expect(phone.get_by_role("dialog")).to_have_count(0)
    assert submission.events.filter(note__contains="Tujuan nomor 2 belum jelas.").exists()


def test_a_refused_reason_comes_back_in_its_dialog_with_the_refusal(petugas, kepala, page_of, picture):
    issue(verified_submission(petugas), by=kepala)
    desk = page_of(petugas, 1366, 768)
    desk.goto("/surat/register/")
    desk.get_by_role("link", name="Nyatakan nomor batal").click()
    dialog = desk.get_by_role("dialog")
    for label, typed in (("Dari nomor urut", "400"), ("Sampai nomor urut", "401"), ("Alasan", "Salah cetak.")):
        dialog.get_by_label(label).fill(typed)

    dialog.get_by_role("button", name="Nyatakan batal").click()

    expect(dialog.get_by_role("alert")).to_contain_text("Nomor 401 terlalu jauh")
    expect(dialog.get_by_role("alert")).to_contain_text("Isian Anda dikembalikan")
    expect(dialog.get_by_label("Alasan")).to_have_value("Salah cetak.")
    expect(dialog.get_by_label("Dari nomor urut")).to_have_value("400")
    picture(desk, "refused")
    desk.reload()
    expect(dialog).to_have_count(0)  # it is given back once
    assert not RegisterNumber.objects.filter(state="void").exists()


def test_a_refusal_on_a_page_without_its_form_shows_the_text_to_copy(petugas, kepala, page_of):
    submission = verified_submission(petugas)
    phone = page_of(kepala, 390, 844)
    phone.goto(f"/terbitkan/{submission.pk}/")
    phone.get_by_role("link", name="Kembalikan").click()
    phone.get_by_role("dialog").get_by_role("textbox").fill("Tujuan nomor 2 belum jelas.")
    send_back(submission, reason="Wilayahnya salah.", by=kepala)

    phone.get_by_role("dialog").get_by_role("button", name="Kembalikan").click()

    expect(phone.get_by_role("alert").filter(has_text="Salin bila masih perlu")).to_be_visible()
    expect(phone.get_by_text("Tujuan nomor 2 belum jelas.")).to_be_visible()


def test_a_transfer_after_the_session_ended_leads_back_to_its_page(petugas, page_of):
    visit = VisitFactory()
    desk = page_of(petugas)
    desk.goto(f"/loket/1/{visit.pk}/")
    desk.get_by_label("Pesan untuk petugas berikutnya").fill("Membawa surat tugas.")

    Session.objects.all().delete()
    desk.get_by_role("button", name="Alihkan").click()
    sign_in_here(desk, petugas)

    expect(desk.get_by_label("Pesan untuk petugas berikutnya")).to_have_value("Membawa surat tugas.")


def test_what_one_person_typed_is_not_given_to_another(petugas, budi, page_of):
    visit = VisitFactory()
    desk = page_of(petugas)
    desk.goto(f"/loket/1/{visit.pk}/")
    desk.get_by_label("Pesan untuk petugas berikutnya").fill("Membawa surat tugas.")

    Session.objects.all().delete()
    desk.get_by_role("button", name="Alihkan").click()
    sign_in_here(desk, budi)

    expect(desk.get_by_label("Pesan untuk petugas berikutnya")).to_have_value("")


@pytest.mark.parametrize(
    ("block", "item", "give"),
    [
        ("blok_2", "pj_nama", lambda desk: desk.locator("[name='pj_nama']").fill("Budi Contoh")),
        ("blok_3", "survei_dilakukan", lambda desk: desk.locator("[name='survei_dilakukan'][value='1']").check()),
    ],
)
def test_an_answer_typed_before_the_scripts_have_come_is_saved(petugas, page_of, block, item, give):
    submission = SubmissionFactory(officer=petugas)
    desk = page_of(petugas)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    def page_is_there() -> bool:
        while held:
            held.pop().continue_()
        return desk.evaluate("document.readyState") == "complete" and not held

    desk.route("**/js/record*.js", hold)

    desk.goto(f"/permohonan/{submission.pk}/rekam/{block}/", wait_until="commit")
    give(desk)
    wait_until(page_is_there)

    wait_until(lambda: item in submission.rounds.get().answers)


def test_a_kiosk_s_form_survives_a_sign_in_in_its_browser(office, new_page, problems):
    kiosk = new_page(1080, 1920)
    kiosk.goto("/kios/layanan/K/")
    kiosk.get_by_label("Nama lengkap").fill("Budi Contoh")

    kiosk.context.add_cookies([{"name": "csrftoken", "value": "a" * 32, "url": kiosk.url}])  # as a sign-in does
    kiosk.get_by_role("button", name="Ambil nomor").click()

    expect(kiosk.locator("h1.number")).to_have_text("K-001")
    assert Visit.objects.count() == 1
    problems.clear()  # the browser logs the refused first attempt


def test_a_kiosk_whose_service_closes_before_its_form_opens_returns_to_the_start_by_itself(office, new_page, problems):
    kiosk = new_page(1080, 1920)
    kiosk.clock.install()
    kiosk.goto("/kios/layanan/")

    Service.objects.filter(prefix="K").update(is_open=False)
    kiosk.get_by_role("link", name="Konsultasi Statistik").click()
    expect(kiosk.get_by_role("heading", name="Layanan ini baru saja ditutup")).to_be_visible()
    kiosk.clock.run_for(21_000)

    expect(kiosk.get_by_role("link", name="Mulai")).to_be_visible()
    problems.clear()


def test_a_board_returns_by_itself_from_its_error_page(office, sounds, new_page, problems):
    board = new_page(1920, 1080)
    board.clock.install()
    board.goto("/papan/tidak-ada/")
    expect(board.get_by_role("heading", name="Halaman papan ini tidak ada")).to_be_visible()

    board.clock.run_for(6_000)

    expect(board.get_by_role("main")).to_have_class("halls")
    problems.clear()
