"""The officer picks a known contact; a code or a link confirms the e-mail; the admin merges two agencies."""

import email
import email.policy
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from recommendations.models import Agency, Applicant
from tests import factories
from tests.journeys.test_accessibility import complaints, complaints_now
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = (390, 844)


def words_of(raw: bytes) -> str:
    return email.message_from_bytes(raw, policy=email.policy.default).get_content()


def test_an_email_is_shown_to_work_by_the_code_that_arrives(worker, mailbox, petugas, page_of):
    submission = factories.SubmissionFactory(applicant__email="sari@contoh.example")
    desk = page_of(petugas)

    desk.goto(reverse("recommendations:submission_detail", args=[submission.pk]))
    desk.get_by_role("button", name="Kirim kode").click()
    expect(desk.get_by_text("Diserahkan ke server e-mail", exact=True)).to_be_visible()
    assert complaints_now(desk) == []
    desk.get_by_label("Kode yang dibacakan pemohon").fill(
        re.search(r"Kode Anda: ([0-9]{6})", words_of(mailbox.messages[0]))[1]
    )
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("E-mail terbukti aktif")).to_be_visible()
    expect(desk.locator(".ticks li.is-ok")).to_have_count(2)


def test_the_applicant_says_on_the_phone_that_the_mail_arrived(worker, mailbox, petugas, page_of, new_page, office):
    applicant = factories.ApplicantFactory(email="sari@contoh.example")
    desk, phone = page_of(petugas), new_page(*PHONE)

    desk.goto(reverse("recommendations:contact_edit", args=[applicant.pk]))
    desk.get_by_role("button", name="Kirim kode").click()
    wait_until(lambda: mailbox.messages)
    phone.goto(re.search(r"/e-mail/[\w-]+/", words_of(mailbox.messages[0]))[0])
    assert complaints_now(phone) == []
    phone.get_by_role("button", name="Ya, alamat ini milik saya").click()

    expect(phone.get_by_role("heading", name="Terima kasih, alamat Anda tercatat aktif")).to_be_visible()
    assert Applicant.objects.get().has_working_email


def test_a_known_contact_is_picked_by_the_keyboard_as_the_agency_is_typed(office, petugas, page_of):
    dinkes = Agency.objects.named("Dinkes").get()
    factories.ApplicantFactory(agency=dinkes, name="Sari Contoh", romantik_username="sari_6371")
    desk = page_of(petugas)

    desk.goto(reverse("recommendations:submission_open"))
    desk.get_by_label("Instansi", exact=False).first.press_sequentially("dinkes")
    expect(desk.get_by_text("Sari Contoh")).to_be_visible()
    expect(desk.get_by_text(dinkes.name).first).to_be_visible()
    assert complaints_now(desk) == []
    desk.keyboard.press("Alt+k")

    expect(desk.get_by_label("Nama pengguna Romantik")).to_have_value("sari_6371")
    expect(desk.get_by_text("Dipakai")).to_be_visible()


def test_the_admin_merges_two_rows_of_one_body(office, admin_user, petugas, page_of):
    old, new = factories.AgencyFactory(name="Dinas Lama Contoh"), factories.AgencyFactory(name="Dinas Baru Contoh")
    factories.SubmissionFactory(applicant__agency=old)
    desk = page_of(admin_user)

    found = complaints(desk, "recommendations:agency_list") + complaints(desk, "recommendations:agency_edit", new.pk)
    found += complaints(desk, "recommendations:agency_detail", old.pk)
    desk.get_by_role("link", name="Gabungkan").click()
    desk.get_by_role("searchbox").fill("baru contoh")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"\?cari=baru\+contoh"))
    desk.get_by_role("link", name="Lihat dampaknya").click()
    expect(desk.get_by_role("heading", name=f"Gabungkan ke dalam {new}")).to_be_visible()
    found += complaints_now(desk)
    desk.get_by_role("link", name="Gabungkan", exact=True).last.click()
    desk.get_by_role("dialog").get_by_role("button", name="Gabungkan").click()

    expect(desk.get_by_text("Dinas Lama Contoh digabung ke dalam Dinas Baru Contoh").first).to_be_visible()
    found += complaints(page_of(petugas, *PHONE), "recommendations:agency_detail", new.pk)
    assert found == []
