"""An officer closes the day: opens the recap by a key, and fills in the SKD classes by the keyboard."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import VisitFactory
from tests.journeys.test_accessibility import complaints_now, hall, served
from tests.journeys.test_reports import fits

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_officer_closes_the_day_with_the_keyboard(petugas, counter, page_of, picture):
    first = served(VisitFactory(), petugas)
    second = served(VisitFactory(), petugas)
    desk = page_of(petugas, 1366, 768)
    desk.goto(reverse("guestbook:console", args=[1]))

    desk.keyboard.press("r")

    expect(desk).to_have_url(re.compile("/ringkasan/hari-ini/"))
    expect(desk.get_by_role("form", name=f"Data kunjungan {first}")).to_be_visible()
    assert complaints_now(desk) == []
    picture(desk, "day-recap", full_page=True)
    desk.get_by_role("form", name=f"Data kunjungan {first}").get_by_label("Jenis kelamin").focus()
    for letter in "P1DAPT":  # the first letter of a choice: Perempuan, 17 sampai 25 tahun, D1, ASN, Pemerintah, Tugas
        desk.keyboard.press(letter)
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("form", name=f"Data kunjungan {first}")).to_have_count(0)
    expect(desk.get_by_text(f"{first} disimpan, tinggal 1.")).to_be_visible()
    expect(desk.get_by_role("form", name=f"Data kunjungan {second}").get_by_label("Jenis kelamin")).to_be_focused()
    desk.keyboard.press("Control+Enter")  # the visitor did not want to say
    expect(desk.get_by_text("Tidak ada yang tertinggal pada hari ini.")).to_be_visible()
    first.visitor.refresh_from_db()
    second.visitor.refresh_from_db()
    assert (first.visitor.sex, first.visitor.education, first.visitor.data_use) == ("female", "diploma", "study")
    assert (second.visitor.sex, second.visitor.classified_by) == ("", petugas)


def test_the_recap_fits_a_telephone(petugas, counter, page_of):
    hall(petugas)
    phone = page_of(petugas, 390, 844)

    phone.goto(reverse("reports:day_recap"))

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Rekap hari ini")
    assert fits(phone)
    assert complaints_now(phone) == []
