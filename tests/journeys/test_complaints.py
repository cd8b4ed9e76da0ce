"""An anonymous complaint: told at the kiosk in two taps, followed by its code, reopened once, and closed."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, expect

from complaints import guesses
from complaints.models import Complaint, ComplaintTerm
from guestbook.models import Visit
from reports.health import BADGE
from tests.factories import assigned_complaint, new_complaint, paper
from tests.journeys.test_accessibility import complaints_now

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = (390, 844)


def tell_at_the_kiosk(kiosk: Page, text: str, picture: Callable[..., None]) -> str:
    """Write a complaint without a name, and return its code."""
    kiosk.goto("/kios/")
    kiosk.get_by_role("link", name="Sampaikan pengaduan").click()
    kiosk.get_by_label("Isi pengaduan").fill(text)
    picture(kiosk, "complaint-kiosk-form")
    kiosk.get_by_role("button", name="Kirim pengaduan").click()
    expect(kiosk.get_by_role("heading", name="Terima kasih, pengaduan Anda kami terima")).to_be_visible()
    return kiosk.locator(".code").inner_text()


def open_by_code(phone: Page, code: str) -> None:
    phone.goto("/pengaduan/ikuti/")
    phone.get_by_label("Kode pengaduan").fill(code)
    phone.get_by_role("button", name="Buka").click()
    expect(phone.get_by_role("heading", name="Percakapan")).to_be_visible()


def opened(desk: Page, act: str) -> Locator:
    """Open the form of an act by the keyboard, and return it. The form of another act closes."""
    form = desk.locator(f"#{act}")
    form.locator("summary").press("Enter")
    expect(desk.locator("details[name=act][open]")).to_have_count(1)
    return form


def write_answer(desk: Page, text: str) -> None:
    answer = opened(desk, "tanggapi")
    answer.get_by_label("Tanggapan untuk pelapor").fill(text)
    answer.get_by_role("button", name="Kirim tanggapan").click()
    expect(desk.get_by_role("status").filter(has_text="Tanggapan tersimpan.")).to_be_visible()


def close(desk: Page, note: str) -> None:
    closing = opened(desk, "selesaikan")
    closing.get_by_label("Hasil", exact=False).first.select_option("done")
    closing.get_by_label("Penjelasan untuk pelapor").fill(note)
    closing.get_by_role("button", name="Selesaikan pengaduan").click()
    expect(desk.get_by_role("status").filter(has_text="Pengaduan selesai.")).to_be_visible()


def test_a_visitor_complains_at_the_kiosk_and_follows_it_by_the_code_to_its_end(
    office, petugas, kepala, new_page, page_of, picture
):
    kiosk, phone = new_page(1080, 1920), new_page(*PHONE)
    code = tell_at_the_kiosk(kiosk, "Antrian panjang.", picture)
    picture(kiosk, "complaint-kiosk")
    assert Visit.objects.count() == 0
    complaint = Complaint.objects.get()
    assert complaint.is_anonymous

    head = page_of(kepala)
    head.goto(f"/aduan/{complaint.key}/")
    opened(head, "tugaskan")
    head.get_by_label("Ditangani oleh").select_option(label=str(petugas))
    head.get_by_label("Golongan").select_option(label=str(ComplaintTerm.objects.get(code="sederhana")))
    head.get_by_role("button", name="Tugaskan").click()
    expect(head.get_by_role("status").filter(has_text="Pengaduan ditugaskan.")).to_be_visible()

    desk = page_of(petugas)
    desk.goto(f"/aduan/{complaint.key}/")
    write_answer(desk, "Loket kedua kami buka.")
    opened(desk, "tanya")
    opened(desk, "selesaikan")
    picture(desk, "complaint", full_page=True)
    desk.reload()
    close(desk, "Sejak hari ini dua loket.")

    open_by_code(phone, code)
    expect(phone.get_by_text("Loket kedua kami buka.")).to_be_visible()
    phone.get_by_label("Belum puas", exact=True).check()
    phone.get_by_label("Yang belum selesai").fill("Masih satu loket.")
    phone.get_by_role("button", name="Kirim penilaian").click()
    expect(phone.get_by_text("Pengaduan dibuka lagi.")).to_be_visible()
    picture(phone, "complaint-phone", full_page=True)

    desk.reload()
    write_answer(desk, "Kini dua.")
    close(desk, "Diperiksa Kepala.")
    phone.reload()
    phone.get_by_label("Puas", exact=True).check()
    phone.get_by_role("button", name="Kirim penilaian").click()
    expect(phone.get_by_text("Terima kasih atas penilaian Anda.")).to_be_visible()
    complaint.refresh_from_db()
    assert (complaint.status, complaint.is_satisfied) == ("closed", True)
    assert code not in phone.content() + desk.content()


FITS = "document.documentElement.scrollHeight <= innerHeight"
FITS_WHOLE = f"{FITS} && document.querySelector('main').scrollHeight <= document.querySelector('main').clientHeight"
SCREENS = pytest.mark.parametrize(
    "screen", [(1080, 1920), (1366, 768), (1280, 800)], ids=["portrait", "landscape", "small"]
)


@SCREENS
def test_the_kiosks_form_fits_its_screen_without_a_serious_problem(office, new_page, screen):
    kiosk = new_page(*screen)
    kiosk.goto("/kios/pengaduan/")

    assert complaints_now(kiosk) == []
    assert kiosk.evaluate(FITS_WHOLE)
    sizes = [kiosk.get_by_role("button", name="Kirim pengaduan").bounding_box()["height"]]
    assert min(sizes) >= 48


@SCREENS
def test_the_kiosks_pages_fit_also_with_an_error_and_with_the_code(
    office, kepala, new_page, picture, screen, problems, monkeypatch
):
    kiosk = new_page(*screen)
    kiosk.goto("/kios/pengaduan/")
    kiosk.get_by_role("button", name="Kirim pengaduan").click()
    expect(kiosk.get_by_text("Tulis pengaduan Anda.")).to_be_visible()
    expect(kiosk.get_by_text("Tulis pengaduan Anda.")).to_be_in_viewport()
    assert kiosk.evaluate(FITS)
    refused_once(kiosk, monkeypatch)
    problems.clear()  # the 422 and the 429 were meant
    expect(kiosk.get_by_text("Terlalu banyak pengaduan")).to_be_in_viewport()
    assert kiosk.evaluate(FITS)

    kiosk.get_by_label("Isi pengaduan").fill("Antrian panjang.")
    kiosk.get_by_role("button", name="Kirim pengaduan").click()

    expect(kiosk.get_by_role("img", name="Kode QR halaman untuk mengikuti pengaduan")).to_be_visible()
    expect(kiosk.get_by_text("Tanggapan pertama paling lambat")).to_be_visible()
    assert kiosk.locator("[data-idle]").get_attribute("data-idle") == "60"
    assert kiosk.evaluate(FITS_WHOLE)
    assert complaints_now(kiosk) == []


@SCREENS
def test_the_text_box_and_the_buttons_of_the_kiosk_keep_their_places(office, new_page, problems, screen):
    kiosk = new_page(*screen)
    kiosk.goto("/kios/pengaduan/")
    box, button = kiosk.get_by_label("Isi pengaduan"), kiosk.get_by_role("button", name="Kirim pengaduan")
    height, place = box.bounding_box()["height"], button.bounding_box()

    kiosk.get_by_text("Saya ingin dihubungi").click()
    kiosk.get_by_label("E-mail").fill("belum lengkap")
    assert button.bounding_box() == place
    button.click()
    expect(kiosk.get_by_text("Belum lengkap, contoh")).to_be_visible()

    problems.clear()  # the 422 was meant
    assert button.bounding_box() == place
    assert box.bounding_box()["height"] == height


def refused_once(kiosk: Page, monkeypatch) -> None:
    """Send a complaint that the desk refuses with the longest of its reasons."""
    with monkeypatch.context() as patch:
        patch.setattr(guesses, "COMPLAINTS_A_MINUTE", 0)
        kiosk.get_by_label("Isi pengaduan").fill("Antrian panjang.")
        kiosk.get_by_role("button", name="Kirim pengaduan").click()
        expect(kiosk.get_by_text("Terlalu banyak pengaduan")).to_be_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_the_register_shows_every_column_on_a_telephone(office, petugas, kepala, page_of, picture, width):
    asked = assigned_complaint(petugas, by=kepala, element="kompetensi")
    new_complaint()
    Complaint.objects.filter(pk=asked.pk).update(first_due_on=date(2026, 1, 5), is_confidential=True)
    phone = page_of(kepala, width, 844)
    phone.goto("/aduan/")

    assert phone.evaluate("document.documentElement.scrollWidth") == width
    cells = phone.locator(".grid-complaints tbody :is(th, td)").all()
    assert len(cells) == 14
    assert [one for one in map(Locator.bounding_box, cells) if one["x"] < 0 or one["x"] + one["width"] > width] == []
    assert complaints_now(phone) == []
    if width == PHONE[0]:
        picture(phone, "complaint-list-390", full_page=True)


def test_what_is_wrong_is_in_view_after_a_refusal(office, petugas, kepala, new_page, page_of, problems):
    phone, desk = new_page(*PHONE), page_of(petugas, 1280, 720)
    for window, address, button in (
        (phone, "/pengaduan/", "Kirim pengaduan"),
        (desk, "/aduan/catat/", "Catat pengaduan"),
    ):
        window.goto(address)
        window.get_by_label("Isi pengaduan").fill("Antrian panjang.")
        if window is desk:
            window.get_by_label("Saluran").select_option(label="WhatsApp")
        field = window.get_by_label("Berkas, boleh dikosongkan")
        field.set_input_files([{"name": "foto.pdf", "mimeType": "application/pdf", "buffer": b"not a PDF"}])
        window.get_by_role("button", name=button).click()

        expect(window.get_by_text("foto.pdf:")).to_be_in_viewport()
        expect(window.get_by_label("Berkas, boleh dikosongkan")).to_be_focused()
    problems.clear()  # both 422 were meant


def test_a_telephone_shows_no_qr_of_its_own_page(office, kepala, new_page):
    wide, phone = new_page(1280, 800), new_page(390, 844)
    for window in (wide, phone):
        window.goto("/pengaduan/")
        window.get_by_label("Isi pengaduan").fill("Antrian panjang.")
        window.get_by_role("button", name="Kirim pengaduan").click()
        expect(window.get_by_role("link", name="/pengaduan/ikuti/")).to_be_visible()

    expect(wide.get_by_role("img", name="Kode QR")).to_be_visible()
    expect(phone.get_by_role("img", name="Kode QR")).to_be_hidden()


def test_the_receipt_of_a_reporter_is_copied_and_fits_a_telephone(office, kepala, new_page, picture):
    phone = new_page(*PHONE, permissions=["clipboard-read", "clipboard-write"])
    phone.goto("/pengaduan/")
    field = phone.get_by_label("Berkas, boleh dikosongkan")
    field.set_input_files([{"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": paper().read()}])
    phone.get_by_label("Isi pengaduan").fill("Antrian panjang.")
    picture(phone, "complaint-file", full_page=True)
    phone.get_by_role("button", name="Kirim pengaduan").click()
    phone.get_by_role("button", name="Salin kode").click()

    expect(phone.get_by_role("button", name="Tersalin")).to_be_visible()
    assert phone.evaluate("navigator.clipboard.readText()") == Complaint.objects.get().shown_code
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert complaints_now(phone) == []
    picture(phone, "complaint-sent", full_page=True)


def test_an_officer_hands_over_a_receipt_and_cannot_use_its_code(office, petugas, kepala, page_of, picture, problems):
    desk = page_of(petugas, 1366, 768)
    desk.goto("/aduan/catat/")
    desk.get_by_label("Saluran").select_option(label="WhatsApp")
    desk.get_by_label("Isi pengaduan").fill("Antrian panjang.")
    file = {"name": "foto.pdf", "mimeType": "application/pdf", "buffer": paper().read()}
    desk.get_by_label("Berkas, boleh dikosongkan").set_input_files([file])
    desk.get_by_role("button", name="Catat pengaduan").click()
    expect(desk.get_by_text(Complaint.objects.get().shown_code)).to_be_visible()
    assert complaints_now(desk) == []
    picture(desk, "complaint-receipt", full_page=True)

    desk.goto("/aduan/")
    picture(desk, "complaint-list", full_page=True)
    desk.goto("/pengaduan/ikuti/")
    expect(desk.get_by_role("heading", name="Percakapan dibuka oleh pelapor sendiri")).to_be_visible()
    expect(desk.get_by_text("Rina Contoh masuk sebagai pegawai")).to_be_visible()
    picture(desk, "complaint-by-staff")
    problems.clear()  # the 403 was meant


def test_a_field_for_files_speaks_indonesian_and_keeps_its_error_in_place(office, new_page, problems):
    phone = new_page(*PHONE)
    phone.goto("/pengaduan/")
    field = phone.get_by_label("Berkas, boleh dikosongkan")
    box = phone.locator(".file-box")
    expect(box).to_contain_text("Belum ada berkas")

    field.set_input_files([{"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": b"bukan PDF"}])
    expect(box).to_contain_text("bukti.pdf")
    expect(field).to_have_attribute("title", "bukti.pdf")
    phone.get_by_label("Isi pengaduan").fill("Antrian panjang.")
    phone.get_by_role("button", name="Kirim pengaduan").click()

    expect(phone.locator(".file-box.is-invalid ~ .invalid-feedback")).to_contain_text("bukti.pdf")
    expect(phone.locator(".file-box")).to_contain_text("Belum ada berkas")
    assert complaints_now(phone) == []
    problems.clear()  # the 422 was meant


@pytest.mark.parametrize("width", [390, 320])
def test_the_bar_of_a_telephone_has_room_for_the_account(office, kepala, page_of, width):
    cache.set(BADGE, True)  # the system is ill, which adds a seventh link
    phone = page_of(kepala, width, 844)
    phone.goto("/aduan/")
    expect(phone.get_by_role("link", name="Sistem")).to_have_count(1)

    account = phone.get_by_role("link", name="akun").bounding_box()

    assert account["x"] + account["width"] <= width
    assert phone.evaluate("document.documentElement.scrollWidth") == width


def test_no_serious_problem_on_the_pages_of_a_complaint(office, petugas, kepala, new_page, page_of):
    complaint = assigned_complaint(petugas, by=kepala)
    phone, desk, head = new_page(*PHONE), page_of(petugas), page_of(kepala)

    found = []
    for reader, address in (
        *((phone, f"/pengaduan/{place}") for place in ("", "ikuti/")),
        *((desk, f"/aduan/{place}") for place in ("", "catat/", f"{complaint.key}/")),
        *((head, f"/aduan/{place}") for place in ("", "rekap/", f"{complaint.key}/")),
    ):
        reader.goto(address)
        found += [f"{address}: {line}" for line in complaints_now(reader)]
    open_by_code(phone, complaint.shown_code)
    found += complaints_now(phone)

    assert found == []
