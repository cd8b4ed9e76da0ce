"""The service standard on a telephone and a computer, and its form as the admin uses it."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from office.models import ServiceStandard
from tests import factories
from tests.journeys.test_accessibility import complaints, complaints_now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
NARROW, DESKTOP = (320, 700), (1280, 900)


def is_wide_enough(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("screen", [NARROW, DESKTOP], ids=["narrow", "desktop"])
def test_the_page_fits_and_has_no_serious_problem(office, petugas, new_page, screen):
    factories.returned_submission(petugas).rounds.filter(number=1).update(told_at=timezone.now())
    ServiceStandard.objects.update(maklumat="Kami sanggup.", maklumat_by="Kepala, Budi Contoh")
    reader = new_page(*screen)

    found = complaints(reader, "reports:service_standard")

    expect(reader.get_by_text("1 dari 1")).to_be_visible()
    assert found == []
    assert is_wide_enough(reader)


def test_the_admin_adds_an_answer_and_notes_the_review(office, admin_user, page_of):
    desk = page_of(admin_user)
    found = complaints(desk, "reports:standard_edit")

    desk.get_by_label("Pertanyaan").nth(3).fill("Bolehkah diwakilkan?")
    desk.get_by_role("button", name="Simpan").last.click()
    expect(desk.get_by_text("Belum disimpan.")).to_be_in_viewport()
    found += complaints_now(desk)
    desk.get_by_role("link", name="Pertanyaan ke-4, Jawaban").click()
    expect(desk.get_by_label("Jawaban").nth(3)).to_be_focused()
    desk.get_by_label("Jawaban").nth(3).fill("Boleh.")
    desk.get_by_role("button", name="Simpan").last.click()
    expect(desk.get_by_text("Standar pelayanan disimpan.")).to_be_visible()
    desk.get_by_role("button", name="Sudah ditinjau hari ini").click()
    expect(desk.get_by_text("Terakhir ditinjau")).to_be_visible()
    desk.goto(reverse("reports:service_standard"))

    expect(desk.get_by_text("Bolehkah diwakilkan?")).to_be_visible()
    assert found == []
    assert ServiceStandard.objects.get().reviewed_on
