"""The officer finds a visit again and corrects it, by the keyboard only."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from guestbook import actions
from guestbook.models import Visit
from office.models import Counter, User
from tests import factories
from tests.journeys.test_accessibility import complaints, complaints_now

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = [(1366, 768), (390, 844)]


def served_visit(name: str, by: User, **facts: str) -> Visit:
    counter = Counter.objects.get(number=1)
    visit = factories.VisitFactory(visitor=factories.VisitorFactory(name=name, **facts))
    return actions.finish(actions.start(actions.call(visit, counter, by=by), by=by), by=by)


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the field with this label has the focus."""
    field = page.get_by_label(label, exact=True)
    for _ in range(60):
        if field.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {label}")


def test_a_visit_is_found_and_corrected_by_the_keyboard(office, petugas, page_of, picture):
    served_visit("Sari Percobaan", petugas, phone="+6281200000009", email="sari@contoh.example")
    served_visit("Budi Conto", petugas)
    desk = page_of(petugas, 1366, 768)
    desk.goto(reverse("guestbook:visit_list"))

    desk.keyboard.press("/")
    desk.keyboard.type("budi")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("row")).to_have_count(2)
    picture(desk, "guestbook")
    desk.keyboard.press("o")
    expect(desk.get_by_role("heading", name="Budi Conto", exact=True)).to_be_visible()
    desk.keyboard.press("p")
    expect(desk.get_by_role("heading", name="Perbaiki data kunjungan R-002")).to_be_visible()
    tab_to(desk, "Nama lengkap*")
    desk.keyboard.press("End")
    desk.keyboard.type("h")
    tab_to(desk, "Alasan perbaikan*")
    desk.keyboard.type("Salah ketik di kios.")
    desk.keyboard.press("Control+Enter")

    expect(desk.get_by_text("Nama lengkap diperbaiki")).to_be_visible()
    expect(desk.get_by_text("Semula “Budi Conto”, menjadi “Budi Contoh”.")).to_be_visible()
    picture(desk, "visit-corrected")


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_no_serious_problem_in_the_guestbook(office, petugas, page_of, picture, screen):
    desk = page_of(petugas, *screen)
    grave = complaints(desk, "guestbook:visit_list")
    visit = served_visit("Budi Contoh", petugas)
    served_visit("Budi Contoh", petugas)
    actions.correct_visit(visit, changes={"position": "Kepala Bidang"}, reason="Naik jabatan.", by=petugas)

    for page, args in (("visit_list", ()), ("visit_detail", (visit.pk,)), ("correct_visit", (visit.pk,))):
        grave += complaints(desk, f"guestbook:{page}", *args)
        picture(desk, f"{page}-{screen[0]}", full_page=True)
        assert desk.evaluate("document.documentElement.scrollWidth") <= screen[0]
    desk.locator("main").get_by_role("button", name="Simpan perbaikan").click()
    expect(desk.get_by_text("Tulis alasannya")).to_be_visible()
    grave += complaints_now(desk)
    desk.goto(f"{reverse('guestbook:visit_list')}?dari=2026-11-30&sampai=2026-11-01")
    grave += complaints_now(desk)

    assert grave == []
