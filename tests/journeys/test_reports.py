"""An officer filters the list with the keyboard only, and the Kepala reads the dashboard on a telephone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from guestbook.periods import period_around
from guestbook.workflow import Status
from office.models import User
from ratings.models import FollowUp
from recommendations.models import Submission
from recommendations.promise.alerts import alert
from tests import factories
from tests.journeys.test_accessibility import complaints, complaints_now
from tests.pages import pdf_pages

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = (390, 844)


@pytest.fixture
def desk_at_work(petugas: User) -> list[Submission]:
    """Make two submissions of Rina, one long late and one of today, and one just opened by another officer."""
    made = []
    for days, title in ((90, "Survei Literasi Contoh"), (1, "Survei Gizi Contoh")):
        with time_machine.travel(datetime.now(UTC) - timedelta(days=days)):
            made.append(factories.recorded_submission(petugas))
        Submission.objects.filter(pk=made[-1].pk).update(title=title)
    made.append(factories.SubmissionFactory(title="Survei Wisata Contoh"))
    return made


def test_an_officer_filters_by_keyboard_and_the_address_shows_the_same_elsewhere(petugas, desk_at_work, page_of):
    desk = page_of(petugas)
    desk.goto(reverse("recommendations:submission_list"))
    rows = desk.locator("table.grid tbody tr")
    expect(rows).to_have_count(3)

    desk.keyboard.press("/")
    expect(desk.get_by_label("Cari judul, instansi, atau nomor")).to_be_focused()
    desk.keyboard.type("contoh")
    desk.keyboard.press("Tab")
    expect(desk.get_by_label("Tenggat")).to_be_focused()
    desk.keyboard.type("Terl")  # selects Terlambat, the first option that begins so
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    expect(desk.get_by_label("Petugas")).to_be_focused()
    desk.keyboard.type("Rina")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(re.compile(r"cari=contoh&tenggat=terlambat&.*petugas=saya"))
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Survei Literasi Contoh")
    expect(rows).to_contain_text("Terlambat")
    assert complaints_now(desk) == []
    elsewhere = page_of(petugas)
    elsewhere.goto(desk.url)
    expect(elsewhere.locator("table.grid tbody tr")).to_have_count(1)
    expect(elsewhere.get_by_label("Tenggat")).to_have_value("terlambat")
    expect(elsewhere.get_by_label("Petugas")).to_have_value("saya")


def test_the_kepala_reads_the_day_on_a_telephone(petugas, kepala, desk_at_work, page_of):
    today = timezone.localdate()
    while not alert(today):  # no alerts on a weekend or a day off
        today += timedelta(days=1)
    phone = page_of(kepala, *PHONE)
    phone.goto(reverse("office:home"))

    phone.get_by_role("link", name="Ringkasan").first.click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Siti Contoh")
    urgent = phone.get_by_role("region", name="Perlu perhatian")
    expect(urgent).to_contain_text("Survei Literasi Contoh")
    expect(urgent).to_contain_text("Sebab belum ditulis")
    expect(phone.get_by_role("region", name="Beban petugas")).to_contain_text("Rina Contoh")
    assert fits(phone)
    phone.get_by_role("link", name="1 Terlambat").click()
    expect(phone).to_have_url(re.compile("tenggat=terlambat"))
    expect(phone.get_by_role("link", name="Survei Literasi Contoh")).to_be_visible()
    assert fits(phone)


def fits(page: Page) -> bool:
    """Return whether the page fits without scrolling sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def busy_day(petugas: User, kepala: User) -> None:
    """Make the visits, ratings and complaints of an office at work, with the measures of a frozen quarter."""
    today = timezone.localdate()
    for number in range(14):
        visit = factories.VisitFactory(day=today, status=Status.SERVED, officer=petugas)
        if number < 9:
            answers = factories.skm_answers(4, waktu=3 - number % 2, prosedur=3, sarana=3)
            factories.RatingFactory(visit=visit, answers=answers, officer=petugas, source="tablet")
    for _ in range(3):
        factories.VisitFactory(taken_at=timezone.now() - timedelta(minutes=12))
    with time_machine.travel(datetime.now(UTC) - timedelta(days=20)):
        factories.assigned_complaint(petugas, by=kepala)
    factories.new_complaint(text="Kursi ruang tunggu kurang.")
    for aspect, days in (("waktu", -3), ("prosedur", 9), ("sarana", 30)):
        due_on, former = today + timedelta(days=days), period_around(today, 3).former
        plan = {"action": "Tambah satu loket.", "responsible": kepala, "due_on": due_on}
        FollowUp.objects.create(period=former.code, aspect=aspect, **plan)


def test_the_kepala_prints_one_sheet_with_what_is_late_of_each_kind(kepala, desk_at_work, busy_day, page_of):
    head = page_of(kepala)
    head.goto(reverse("reports:dashboard"))

    sheets = pdf_pages(head.pdf(prefer_css_page_size=True))

    assert len(sheets) == 1
    words = " ".join(sheets[0].split())
    kinds = ("Permohonan", "Pengaduan", "Tindak lanjut SKM")
    for line in (*(f"{kind}: 1 terlambat" for kind in kinds), "Peringatan hari ini", "paling lambat"):
        assert line in words


def test_no_serious_problem_on_the_dashboards_and_recaps(petugas, kepala, desk_at_work, busy_day, page_of, picture):
    head, desk, phone = page_of(kepala), page_of(petugas, 768, 1024), page_of(kepala, *PHONE)

    found = complaints(head, "reports:dashboard") + complaints(desk, "reports:dashboard")
    picture(head, "dashboard", full_page=True)
    found += complaints(phone, "reports:dashboard")
    assert fits(phone)
    picture(phone, "dashboard-phone", full_page=True)
    head.get_by_role("link", name="Paket bukti").click()
    expect(head.get_by_role("heading", name="Isi paket")).to_be_visible()
    found += complaints_now(head)
    picture(head, "packet", full_page=True)
    head.goto(f"/ringkasan/triwulan/{timezone.localdate().year}/4/")
    found += complaints_now(head)
    picture(head, "recap")
    found += complaints(desk, "reports:feed_link")
    desk.get_by_role("button", name="Buat tautan").click()
    expect(desk.get_by_label("Tautan rahasia Anda")).to_have_value(re.compile(r"/kalender/tenggat/[\w-]{43}\.ics$"))
    found += complaints_now(desk)
    desk.goto(reverse("reports:feed_link"))
    found += complaints_now(desk)

    assert found == []
