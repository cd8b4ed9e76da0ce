"""An anonymous complaint: told at the kiosk in two taps, followed by its code, reopened once, and closed."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from complaints.models import Complaint, ComplaintTerm
from guestbook.models import Visit
from reports.health import BADGE
from tests.factories import assigned_complaint
from tests.journeys.test_accessibility import complaints_now

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = (390, 844)


def tell_at_the_kiosk(kiosk: Page, text: str) -> str:
    """Write a complaint without a name, and return its code."""
    kiosk.goto("/kios/")
    kiosk.get_by_role("link", name="Sampaikan pengaduan").click()
    kiosk.get_by_label("Isi pengaduan").fill(text)
    kiosk.get_by_role("button", name="Kirim pengaduan").click()
    expect(kiosk.get_by_role("heading", name="Terima kasih, pengaduan Anda kami terima")).to_be_visible()
    return kiosk.locator(".code").inner_text()


def open_by_code(phone: Page, code: str) -> None:
    phone.goto("/pengaduan/ikuti/")
    phone.get_by_label("Kode pengaduan").fill(code)
    phone.get_by_role("button", name="Buka").click()
    expect(phone.get_by_role("heading", name="Percakapan")).to_be_visible()


def write_answer(desk: Page, text: str) -> None:
    answer = desk.locator("#tanggapi")
    answer.get_by_label("Tanggapan untuk pelapor").fill(text)
    answer.get_by_role("button", name="Kirim tanggapan").click()
    expect(desk.get_by_role("status").filter(has_text="Tanggapan tersimpan.")).to_be_visible()


def close(desk: Page, note: str) -> None:
    closing = desk.locator("#selesaikan")
    closing.get_by_label("Hasil", exact=False).first.select_option("done")
    closing.get_by_label("Penjelasan untuk pelapor").fill(note)
    closing.get_by_role("button", name="Selesaikan pengaduan").click()
    expect(desk.get_by_role("status").filter(has_text="Pengaduan selesai.")).to_be_visible()


def test_a_visitor_complains_at_the_kiosk_and_follows_it_by_the_code_to_its_end(
    office, petugas, kepala, new_page, page_of, picture
):
    kiosk, phone = new_page(1080, 1920), new_page(*PHONE)
    code = tell_at_the_kiosk(kiosk, "Antrian panjang.")
    picture(kiosk, "complaint-kiosk")
    assert Visit.objects.count() == 0
    complaint = Complaint.objects.get()
    assert complaint.is_anonymous

    head = page_of(kepala)
    head.goto(f"/aduan/{complaint.pk}/")
    head.get_by_label("Ditangani oleh").select_option(label=str(petugas))
    head.get_by_label("Golongan").select_option(label=str(ComplaintTerm.objects.get(code="sederhana")))
    head.get_by_role("button", name="Tugaskan").click()
    expect(head.get_by_role("status").filter(has_text="Pengaduan ditugaskan.")).to_be_visible()

    desk = page_of(petugas)
    desk.goto(f"/aduan/{complaint.pk}/")
    write_answer(desk, "Loket kedua kami buka.")
    picture(desk, "complaint", full_page=True)
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


@pytest.mark.parametrize("screen", [(1080, 1920), (1366, 768)], ids=["portrait", "landscape"])
def test_the_kiosks_form_fits_its_screen_without_a_serious_problem(office, new_page, screen):
    kiosk = new_page(*screen)
    kiosk.goto("/kios/pengaduan/")

    assert complaints_now(kiosk) == []
    assert kiosk.evaluate("document.documentElement.scrollHeight <= innerHeight")
    sizes = [kiosk.get_by_role("button", name="Kirim pengaduan").bounding_box()["height"]]
    assert min(sizes) >= 48


def test_a_field_for_files_speaks_indonesian_and_keeps_its_error_in_place(office, new_page):
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
        *((desk, f"/aduan/{place}") for place in ("", "catat/", f"{complaint.pk}/")),
        *((head, f"/aduan/{place}") for place in ("", "rekap/", f"{complaint.pk}/")),
    ):
        reader.goto(address)
        found += [f"{address}: {line}" for line in complaints_now(reader)]
    open_by_code(phone, complaint.shown_code)
    found += complaints_now(phone)

    assert found == []
