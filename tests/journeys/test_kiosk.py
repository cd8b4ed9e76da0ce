"""The kiosk while the server does not answer, when it answers again, and after a visitor has gone."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from guestbook.models import Visit
from office.models import Mail, Service
from tests.journeys import people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kiosk(office, new_page) -> Page:
    return new_page(1080, 1920)


def test_typed_text_survives_while_the_server_does_not_answer(kiosk, problems, picture):
    kiosk.goto("/kios/layanan/K/")
    kiosk.get_by_label("Nama lengkap").fill("Budi Contoh")

    kiosk.context.set_offline(True)
    kiosk.get_by_role("button", name="Ambil nomor").click()
    expect(kiosk.get_by_role("heading", name="Mesin ini sedang tidak tersambung")).to_be_visible()
    picture(kiosk, "kiosk-offline")
    kiosk.keyboard.press("Escape")
    kiosk.get_by_role("button", name="Coba sekarang").click()
    expect(kiosk.get_by_text("Silakan langsung ke petugas loket.")).to_be_visible()
    assert Visit.objects.count() == 0

    kiosk.context.set_offline(False)
    expect(kiosk.get_by_role("alertdialog")).to_be_hidden()  # by itself
    expect(kiosk.get_by_label("Nama lengkap")).to_have_value("Budi Contoh")
    kiosk.get_by_role("button", name="Ambil nomor").click()
    expect(kiosk.get_by_text("Pendaftaran berhasil.")).to_be_visible()
    assert Visit.objects.count() == 1
    problems.clear()  # the browser logs the unanswered requests


def test_a_link_does_not_lead_into_a_page_that_cannot_be_read(kiosk, problems):
    kiosk.goto("/kios/")
    kiosk.context.set_offline(True)

    kiosk.get_by_role("link", name="Mulai").click()

    expect(kiosk.get_by_role("heading", name="Mesin ini sedang tidak tersambung")).to_be_visible()
    kiosk.context.set_offline(False)
    kiosk.get_by_role("button", name="Coba sekarang").click()
    kiosk.get_by_role("link", name="Mulai").click()
    expect(kiosk.get_by_role("heading", name="Layanan apa yang Anda perlukan?")).to_be_visible()
    problems.clear()


def test_an_answer_that_was_lost_on_the_way_gives_the_same_ticket(kiosk, problems):
    kiosk.goto("/kios/layanan/K/")
    kiosk.get_by_label("Nama lengkap").fill("Budi Contoh")

    def lose(route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    kiosk.route(re.compile("/kios/layanan/K/"), lose, times=1)
    kiosk.get_by_role("button", name="Ambil nomor").click()
    expect(kiosk.get_by_role("alertdialog")).to_be_visible()
    kiosk.get_by_role("button", name="Coba sekarang").click()
    kiosk.get_by_role("button", name="Ambil nomor").click()

    expect(kiosk.locator("h1.number")).to_have_text("K-001")
    assert Visit.objects.count() == 1
    problems.clear()


def test_an_incomplete_form_says_so_at_once(kiosk):
    kiosk.goto("/kios/layanan/R/")
    kiosk.get_by_label("Nama lengkap").fill("Budi Contoh")

    kiosk.get_by_role("button", name="Ambil nomor").click()

    expect(kiosk.get_by_text("Isi nama instansi Anda.")).to_be_visible()
    expect(kiosk.get_by_label("Instansi")).to_be_focused()
    expect(kiosk.get_by_label("Nama lengkap")).to_have_value("Budi Contoh")


@pytest.mark.parametrize("leaves", ["by the back button", "by Selesai, then the back button"])
def test_the_back_button_ends_at_the_welcome_page(kiosk, leaves):
    people.draw_number(kiosk)
    if "Selesai" in leaves:
        kiosk.get_by_role("link", name="Selesai").click()
        expect(kiosk.get_by_role("link", name="Mulai")).to_be_visible()

    kiosk.go_back()

    expect(kiosk.get_by_role("link", name="Mulai")).to_be_visible()
    assert kiosk.url.endswith("/kios/")
    assert kiosk.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_after_a_countdown_the_next_visitor_finds_empty_fields(kiosk):
    kiosk.clock.install()
    kiosk.goto("/kios/")
    kiosk.get_by_role("link", name="Mulai").click()
    kiosk.get_by_role("link", name="Rekomendasi Kegiatan Statistik").click()
    kiosk.get_by_label("Nama lengkap").fill("Budi Contoh")

    kiosk.clock.run_for(76_000)
    expect(kiosk.get_by_text("Masih di sini? Sentuh layar.")).to_be_visible()
    kiosk.keyboard.press("Shift")
    expect(kiosk.get_by_text("Layar kembali ke awal dalam 90 detik")).to_be_visible()
    kiosk.clock.run_for(91_000)

    expect(kiosk.get_by_role("link", name="Mulai")).to_be_visible()
    kiosk.go_back()
    expect(kiosk.get_by_text("Budi Contoh")).to_have_count(0)


def test_the_ticket_goes_to_the_visitor_s_email_with_one_touch(kiosk):
    people.draw_number(kiosk)
    expect(kiosk.get_by_text("f***@contoh.example")).to_be_visible()

    kiosk.get_by_role("button", name="Kirim ke e-mail saya").click()

    expect(kiosk.get_by_role("status").filter(has_text="Tiket sedang dikirim ke f***@contoh.example")).to_be_visible()
    expect(kiosk.get_by_role("button", name="Kirim ke e-mail saya")).to_have_count(0)
    assert Mail.objects.get().to == "fajar@contoh.example"
    kiosk.go_back()
    expect(kiosk.get_by_role("link", name="Mulai")).to_be_visible()


@pytest.mark.parametrize("millimetres", [58, 80])
def test_the_number_is_saved_before_it_is_printed_and_the_paper_is_that_of_the_printer(kiosk, millimetres):
    kiosk.add_init_script("window.print = () => { document.title = 'dicetak'; }")
    number = people.draw_number(kiosk)
    assert Visit.objects.get().ticket == number
    assert kiosk.title() != "dicetak"
    kiosk.get_by_role("button", name="Cetak").click()
    assert kiosk.title() == "dicetak"

    paper = PdfReader(BytesIO(kiosk.pdf(width=f"{millimetres}mm", height="150mm")))

    words = " ".join(page.extract_text() for page in paper.pages)
    assert len(paper.pages) == 1
    assert round(float(paper.pages[0].mediabox.width) / 72 * 25.4) == millimetres
    assert words.count(number) == 1
    assert "Fajar" not in words
    assert "fajar@" not in words


def test_what_was_typed_is_kept_when_the_service_is_closed_meanwhile(kiosk, picture, problems):
    kiosk.goto("/kios/layanan/R/")
    kiosk.get_by_label("Nama lengkap").fill("Budi Contoh")
    Service.objects.filter(prefix="R").update(is_open=False)

    kiosk.get_by_role("button", name="Ambil nomor").click()
    expect(kiosk.get_by_role("alert")).to_contain_text("baru saja ditutup, jadi nomor antrian belum diambil.")
    expect(kiosk.get_by_label("Nama lengkap")).to_have_value("Budi Contoh")
    expect(kiosk.get_by_role("button", name="Ambil nomor")).to_have_count(0)
    picture(kiosk, "kiosk-closed")
    kiosk.get_by_label("Nama lengkap").press("Enter")
    assert Visit.objects.count() == 0
    problems.clear()  # the browser logs the answer 410
    kiosk.get_by_role("button", name="Konsultasi Statistik").click()

    expect(kiosk.get_by_text("Pendaftaran berhasil.")).to_be_visible()
    assert (Visit.objects.get().service.prefix, Visit.objects.get().visitor.name) == ("K", "Budi Contoh")
