"""Similar activities appear beside the title while it is typed, and the examiner decides on them."""

import re

import pytest
from playwright.sync_api import expect

from recommendations.archive.activity_index import keep_archived
from recommendations.models import ArchivedActivity
from tests.factories import SubmissionFactory, recorded_submission

pytestmark = pytest.mark.django_db(transaction=True)


def test_similar_activities_follow_the_title_as_it_is_typed(petugas, page_of):
    titles = ("Survei Harga Ikan Kota Banjarmasin", "Survei Minat Baca Kota Banjarmasin")
    keep_archived([ArchivedActivity.objects.create(title=title, agency_name="Dinas", year=2019) for title in titles])
    submission = SubmissionFactory()
    desk = page_of(petugas)
    panel = desk.get_by_role("region", name="Kegiatan serupa")

    desk.goto(f"/permohonan/{submission.pk}/rekam/sampul/")
    expect(panel.get_by_text("Isi judul kegiatan")).to_be_visible()
    title = desk.locator("[name=judul_survei]")
    title.press_sequentially("Survei Harga Ikan")
    expect(panel.get_by_text(titles[0])).to_be_visible()
    expect(title).to_be_focused()
    title.fill("Survei Minat Baca")
    expect(panel.get_by_text(titles[1])).to_be_visible()
    expect(panel.get_by_text(titles[0])).to_have_count(0)


def test_the_examiner_compares_before_verifying(petugas, page_of, picture):
    submission = recorded_submission(petugas)
    other = recorded_submission(petugas)
    desk = page_of(petugas)

    desk.goto(f"/permohonan/{submission.pk}/periksa/")
    desk.get_by_role("link", name="Bandingkan dahulu").click()
    expect(desk.get_by_text(other.applicant.agency.name).first).to_be_visible()
    picture(desk, "similar")
    desk.get_by_label("Alasan, bila perlu").fill("Instansinya berbeda.")
    desk.get_by_role("button", name="Bukan duplikasi").click()
    expect(desk.get_by_role("status").filter(has_text="bukan duplikasi")).to_be_visible()
    desk.get_by_role("link", name=re.compile("Verifikasi")).click()
    desk.get_by_role("dialog").get_by_role("button", name="Verifikasi").click()
    expect(desk.get_by_text("Menunggu Kepala").first).to_be_visible()
