"""The tablet at the counter: it shows the number just served, takes its rating, and returns to standby."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from complaints.models import Complaint
from office import device_actions
from office.models import Counter, Device, Office
from ratings.models import QuickRating, Rating
from tests import factories
from tests.journeys import people

pytestmark = pytest.mark.django_db(transaction=True)
TABLET = (1024, 768)


@pytest.fixture
def tablet(office, new_page: Callable[..., Page]) -> Page:
    """Return the tablet of counter 1, paired with the admin's code."""
    Office.objects.update(devices_required=True)
    device = Device.objects.create(kind="tablet", name="di loket 1", counter=Counter.objects.get(number=1))
    page = new_page(*TABLET)
    page.goto("/pasang/")
    page.get_by_label("Kode pemasangan").fill(device_actions.make_code(device, by=None))
    page.get_by_role("button", name="Pasangkan").click()
    expect(page.get_by_role("heading", name="Suara Anda memperbaiki layanan kami")).to_be_visible()
    return page


@pytest.fixture
def desk(petugas, page_of: Callable[..., Page]) -> Page:
    """Return the console of counter 1 while it serves a visitor."""
    factories.VisitFactory()
    desk = page_of(petugas)
    people.call_and_serve(desk)
    return desk


def finish(desk: Page) -> None:
    desk.keyboard.press("s")
    expect(desk.get_by_role("status").filter(has_text="selesai.")).to_be_visible()


def test_a_served_visitor_rates_on_the_tablet_and_the_next_one_sees_nothing_of_it(tablet, desk, petugas, picture):
    finish(desk)

    expect(tablet.locator(".offer .number")).to_have_text("R-001")  # by itself
    picture(tablet, "tablet")
    tablet.get_by_role("link", name="Nilai").click()
    people.rate_service(tablet)
    assert Rating.objects.get().officer == petugas
    tablet.get_by_role("link", name="Selesai").click()

    expect(tablet.get_by_role("heading", name="Suara Anda memperbaiki layanan kami")).to_be_visible()
    tablet.go_back()
    expect(tablet.get_by_text("R-001")).to_have_count(0)
    assert tablet.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_form_that_was_left_behind_goes_back_to_standby_and_so_do_the_thanks(tablet, desk):
    finish(desk)
    tablet.clock.install()
    tablet.get_by_role("link", name="Nilai").click()
    expect(tablet.get_by_role("button", name="Sangat puas")).to_be_visible()

    tablet.clock.run_for(76_000)
    expect(tablet.get_by_text("Masih di sini? Sentuh layar.")).to_be_visible()
    tablet.clock.run_for(15_000)
    expect(tablet.locator(".offer .number")).to_have_text("R-001")
    assert QuickRating.objects.count() == 0

    tablet.get_by_role("link", name="Nilai").click()
    tablet.get_by_role("button", name="Sangat puas").click()
    answer_with_complaint(tablet)
    code = Complaint.objects.get().shown_code
    expect(tablet.get_by_text(code)).to_be_visible()
    tablet.clock.run_for(58_000)
    expect(tablet.get_by_text(code)).to_be_visible()
    tablet.clock.run_for(3_000)
    expect(tablet.get_by_role("heading", name="Suara Anda memperbaiki layanan kami")).to_be_visible()


def answer_with_complaint(tablet: Page) -> None:
    for number in range(1, 10):
        expect(tablet.get_by_text(f"Pertanyaan {number} dari 9")).to_be_visible()
        tablet.locator("fieldset:visible label.answer").last.click()
        tablet.clock.run_for(300)
    tablet.get_by_label("Ada, saya ingin mengadu").check()
    tablet.get_by_label("Isi pengaduan").fill("Antrian panjang.")
    tablet.get_by_role("button", name="Kirim").click()
    expect(tablet.get_by_role("heading", name="Terima kasih, penilaian Anda tersimpan")).to_be_visible()


def test_one_touch_is_kept_when_the_visitor_stops_at_a_question(tablet, desk, picture):
    finish(desk)
    tablet.get_by_role("link", name="Nilai").click()
    expect(tablet.get_by_role("button", name="Sangat puas")).to_be_visible()
    picture(tablet, "tablet-faces")

    tablet.get_by_role("button", name="Tidak puas", exact=True).click()
    expect(tablet.get_by_text("Pertanyaan 1 dari 9")).to_be_visible()
    tablet.locator("fieldset:visible label.answer").last.click()
    expect(tablet.get_by_text("Pertanyaan 2 dari 9")).to_be_visible()
    picture(tablet, "tablet-question")
    tablet.get_by_role("link", name="Berhenti di sini").click()

    expect(tablet.get_by_role("heading", name="Terima kasih, penilaian Anda tersimpan")).to_be_visible()
    tablet.get_by_role("link", name="Selesai").click()
    expect(tablet.get_by_role("heading", name="Suara Anda memperbaiki layanan kami")).to_be_visible()
    assert (QuickRating.objects.get().face, Rating.objects.count()) == (2, 0)


def test_not_to_rate_is_one_touch_and_the_tablet_waits_for_the_next_visitor(tablet, desk):
    finish(desk)
    tablet.get_by_role("link", name="Nilai").click()

    tablet.get_by_role("button", name="Tidak menilai").click()

    expect(tablet.get_by_role("heading", name="Terima kasih atas kunjungan Anda")).to_be_visible()
    tablet.get_by_role("link", name="Selesai").click()
    expect(tablet.get_by_role("heading", name="Suara Anda memperbaiki layanan kami")).to_be_visible()
    assert QuickRating.objects.get().face is None


def test_while_the_server_is_away_the_tablet_says_so_and_keeps_the_answers(tablet, desk, problems):
    finish(desk)
    tablet.get_by_role("link", name="Nilai").click()
    tablet.get_by_role("button", name="Sangat puas").click()
    for number in range(1, 10):
        expect(tablet.get_by_text(f"Pertanyaan {number} dari 9")).to_be_visible()
        tablet.locator("fieldset:visible label.answer").last.click()
    tablet.get_by_label("Tidak ada", exact=True).last.check()

    tablet.context.set_offline(True)
    tablet.get_by_role("button", name="Kirim").click()
    expect(tablet.get_by_text("Tablet ini sedang tidak tersambung")).to_be_visible()
    tablet.context.set_offline(False)
    tablet.get_by_role("button", name="Kirim").click()

    expect(tablet.get_by_role("heading", name="Terima kasih, penilaian Anda tersimpan")).to_be_visible()
    assert Rating.objects.count() == 1
    problems.clear()  # the browser logs the unanswered request


def test_a_revoked_tablet_shows_no_data(tablet, desk, problems):
    device_actions.revoke(Device.objects.get(), by=None)

    expect(tablet.get_by_role("heading", name="Mesin ini belum dipasangkan")).to_be_visible()
    problems.clear()  # 403
