"""An officer leaves the counter: the page is covered, keeps what was typed, and opens again by the password."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from office.models import User
from tests.factories import PASSWORD
from tests.journeys.test_accessibility import complaints_now

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Survei Kepuasan Contoh"


@pytest.fixture
def desk(new_page, petugas: User) -> Page:
    """Return the desk's window, on the page of a new agency, with a name typed."""
    desk = new_page(1366, 768)
    desk.goto(reverse("login"))
    desk.get_by_label("Nama pengguna").fill(petugas.username)
    desk.get_by_label("Sandi").fill(PASSWORD)
    desk.get_by_role("button", name="Masuk").click()
    expect(desk.get_by_role("navigation", name="Utama")).to_be_visible()
    desk.goto(reverse("recommendations:agency_list"))
    desk.get_by_role("searchbox").fill(WORDS)
    return desk


def unlock(desk: Page, password: str = PASSWORD) -> None:
    desk.get_by_label("Kata sandi").fill(password)
    desk.get_by_role("button", name="Buka kunci").click()


def test_a_left_desk_is_covered_and_keeps_what_was_typed(desk, petugas, problems, picture):
    other = desk.context.new_page()
    other.goto(reverse("office:account"))
    desk.bring_to_front()
    desk.keyboard.press("Alt+l")

    cover = desk.get_by_role("dialog", name="Terkunci")
    expect(cover).to_contain_text(petugas.name)
    expect(desk.get_by_label("Kata sandi")).to_be_focused()
    expect(desk.get_by_role("searchbox")).to_have_count(0)
    expect(desk).to_have_title("Terkunci")
    assert complaints_now(desk) == []
    picture(desk, "lock")
    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")
    expect(cover).to_be_visible()

    expect(other.get_by_role("dialog", name="Terkunci")).to_be_visible()
    third = desk.context.new_page()
    third.goto(reverse("recommendations:submission_list"))
    expect(third.get_by_role("heading", name="Terkunci")).to_be_visible()
    assert complaints_now(third) == []

    unlock(desk, "salah")
    expect(cover.get_by_role("alert")).to_be_visible()
    problems.clear()  # the browser logs the answer 422
    unlock(desk)
    expect(cover).to_be_hidden()
    expect(desk.get_by_role("searchbox")).to_have_value(WORDS)
    expect(other.get_by_role("dialog", name="Terkunci")).to_be_hidden()
    desk.get_by_role("button", name="Cari").click()
    expect(desk).to_have_url(re.compile("Kepuasan"))


def test_a_desk_without_a_key_or_a_touch_is_covered_by_itself(desk, settings):
    desk.clock.install()
    desk.reload()
    desk.get_by_role("searchbox").fill(WORDS)
    desk.clock.run_for(settings.IDLE_LOCK_MINUTES * 60_000 - 5000)
    expect(desk.get_by_role("searchbox")).to_be_visible()
    desk.keyboard.press("Shift")
    desk.clock.run_for(30_000)
    expect(desk.get_by_role("searchbox")).to_be_visible()

    desk.clock.run_for(settings.IDLE_LOCK_MINUTES * 60_000)
    expect(desk.get_by_role("dialog", name="Terkunci")).to_be_visible()
    unlock(desk)
    expect(desk.get_by_role("searchbox")).to_have_value(WORDS)
