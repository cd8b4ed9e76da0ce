"""The applicant opens the link in the mail of the letter on a telephone and rates, once."""

import re

import pytest
from playwright.sync_api import expect

from office.models import Office
from ratings.models import Rating
from recommendations.models import RatingLink
from tests.factories import signed_submission
from tests.journeys import people
from tests.journeys.test_accessibility import complaints_now
from tests.journeys.test_reports import PHONE, fits
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_link_in_the_mail_of_the_letter_takes_one_rating(worker, mailbox, petugas, kepala, new_page):
    submission = signed_submission(petugas, kepala)
    message = people.mail_about(mailbox, "Surat Rekomendasi")
    wait_until(lambda: RatingLink.objects.get().delivered_on)  # the worker notes it after the mail server has the mail
    office, address = re.search(r"(https://[^/\s]+)(/nilai/\S+)", message.get_body().get_content()).groups()
    phone = new_page(*PHONE)

    phone.goto(address)
    expect(phone.get_by_role("button", name="Sangat puas")).to_be_visible()
    found = complaints_now(phone)
    people.rate_service(phone)
    found += complaints_now(phone)
    again = new_page(*PHONE)
    again.goto(address)

    expect(again.get_by_role("heading", name="Layanan ini sudah dinilai. Terima kasih.")).to_be_visible()
    rating = Rating.objects.get()
    assert office == Office.objects.current().public_url
    assert message["To"] == submission.applicant.email
    assert (rating.submission, rating.visit, rating.source) == (submission, None, "telephone")
    assert len(rating.answers) == 9
    assert found + complaints_now(again) == []
    assert fits(phone)
    assert fits(again)
