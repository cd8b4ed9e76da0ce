"""The Kepala reads the SKM report of last month on a desk and on a telephone, and freezes it with one press."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from guestbook.periods import Period, period_around
from guestbook.workflow import Status
from ratings.models import FrozenReport
from tests.factories import RatingFactory, VisitFactory, VisitorFactory, skm_answers
from tests.journeys.test_accessibility import complaints_now
from tests.journeys.test_reports import PHONE, fits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def last_month(office) -> Period:
    """Make twelve ratings and four other served visits of last month. Return the month."""
    month = period_around(timezone.localdate(), 1).former
    for number in range(12):
        visitor = VisitorFactory(sex=("female", "male")[number % 2], age_class="26_34", education="bachelor")
        visit = VisitFactory(day=month.first + timedelta(days=number), status=Status.SERVED, visitor=visitor)
        answers = skm_answers(4, waktu=3 - number % 2, sarana=3)
        RatingFactory(visit=visit, answers=answers, source="tablet", seconds=30 + number, remark="Petugas ramah.")
    for _ in range(4):
        VisitFactory(day=month.first, status=Status.SERVED)
    return month


def test_the_kepala_reads_and_freezes_the_report_of_last_month(
    kepala, last_month, page_of, picture, picture_of_paper, tmp_path
):
    head, phone = page_of(kepala), page_of(kepala, *PHONE)
    head.goto(f"/penilaian/laporan/?periode={last_month.code}")

    expect(head.get_by_text("Mutu A, Sangat Baik")).to_be_visible()
    found = complaints_now(head)
    picture(head, "skm-report", full_page=True)
    head.get_by_role("link", name=f"Bekukan laporan {last_month.words}").click()
    expect(head.get_by_role("dialog")).to_contain_text("Ini tidak dapat diurungkan.")
    head.get_by_role("button", name="Bekukan laporan", exact=True).click()
    expect(head.get_by_text(f"Laporan SKM {last_month.words} dibekukan.")).to_be_visible()
    phone.goto(head.url)
    expect(phone.get_by_text(FrozenReport.objects.get().digest)).to_be_visible()
    found += complaints_now(phone)
    head.goto("/penilaian/laporan/?periode=2101")
    expect(head.get_by_text("Belum ada penilaian")).to_be_visible()
    found += complaints_now(head)

    assert found == []
    assert fits(phone)
    head.goto(f"/penilaian/laporan/?periode={last_month.code}")
    for kind in ("pdf", "poster"):
        paper = tmp_path / f"{kind}.pdf"
        with head.expect_download() as download:
            head.locator(f"[formaction*='unduh/{kind}/'], [action*='unduh/{kind}/'] button").first.click()
        download.value.save_as(paper)
        picture_of_paper(paper, f"skm-{kind}")


def test_the_kepala_freezes_writes_finishes_and_reads_the_share(kepala, last_month, page_of, picture):
    head, phone = page_of(kepala, 1366, 768), page_of(kepala, *PHONE)
    report = f"/penilaian/laporan/?periode={last_month.code}"
    head.goto(report)
    head.get_by_role("link", name=f"Bekukan laporan {last_month.words}").click()
    expect(head.get_by_role("dialog")).to_contain_text("Ini tidak dapat diurungkan.")
    head.get_by_role("button", name="Bekukan laporan", exact=True).click()
    expect(head.get_by_text("Belum ditulis")).to_have_count(3)
    found = complaints_now(head)

    head.get_by_role("link", name="Waktu", exact=True).click()
    head.get_by_label("Yang akan dilakukan").fill("Tambah satu loket pada hari Senin.")
    head.get_by_label("Penanggung jawab").select_option(str(kepala))
    head.get_by_label("Selesai paling lambat").fill("31/12/2099")
    head.get_by_role("button", name="Simpan rencana").click()
    expect(head.get_by_text("Rencana tersimpan.")).to_be_visible()
    found += complaints_now(head)
    picture(head, "follow-up")
    head.get_by_label("Bukti", exact=True).fill("Loket 3 dibuka.")
    head.get_by_role("button", name="Tandai selesai").click()
    expect(head.get_by_text("Tindak lanjut selesai.")).to_be_visible()
    phone.goto(head.url)
    expect(phone.get_by_role("button", name="Buka lagi")).to_be_visible()
    found += complaints_now(phone)
    assert fits(phone)

    head.goto(report)
    row = head.get_by_role("row", name="Selesai dalam 1 bulan 1 3 33,3")
    expect(row).to_be_visible()
    head.goto("/penilaian/tindak-lanjut/")
    expect(head.get_by_text("2 belum selesai, 0 terlambat")).to_be_visible()
    found += complaints_now(head)
    picture(head, "follow-up-list")
    for address in ("/penilaian/tindak-lanjut/", f"/penilaian/tindak-lanjut/?periode={last_month.code}"):
        phone.goto(address)
        expect(phone.get_by_role("link", name="Waktu", exact=True)).to_be_visible()
        found += complaints_now(phone)
        assert fits(phone)
        assert phone.locator(".scroll-x").first.evaluate("box => box.scrollWidth <= box.clientWidth")
        if "?" not in address:
            picture(phone, "follow-up-phone-list", full_page=True)
    assert found == []
