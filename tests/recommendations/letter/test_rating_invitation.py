"""The mail, the page behind the link and the applicant's page invite to rate, where a rating is possible now."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guestbook.models import Visit
from guestbook.workflow import Status
from recommendations.letter.actions.sending import hand_over
from recommendations.letter.delivery import owe_letter_mail
from recommendations.letter.downloads import offered_link
from recommendations.models import Submission
from tests.factories import VisitFactory
from tests.pages import page

pytestmark = pytest.mark.usefixtures("quick_paper")
INVITED = "Bagaimana layanan kami?"


@pytest.fixture
def visit(verified) -> Visit:
    """Return the served visit of the submission, which can be rated today."""
    visit = VisitFactory(status=Status.SERVED)
    Submission.objects.filter(pk=verified.pk).update(visit=visit)
    return visit


def pages(letter) -> list[str]:
    """Return the pages that the applicant can open after the letter was handed over."""
    link, browser = offered_link(letter), Client()
    own = reverse("recommendations:track", args=[letter.submission.token])
    behind_link = reverse("recommendations:download_page", args=[link.token])
    return [page(browser, own, "Surat rekomendasi"), page(browser, behind_link, "Surat rekomendasi Anda")]


def test_the_mail_and_both_pages_invite_with_the_rating_link_of_the_visit(visit, mail, petugas):
    body = owe_letter_mail(mail.pk).body
    hand_over(mail.letter.submission, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)

    address = reverse("ratings:rate", args=[visit.token])
    assert address in body
    assert "Sembilan pertanyaan singkat" in body
    assert [address in shown and INVITED in shown for shown in pages(mail.letter)] == [True, True]


@pytest.mark.parametrize(
    "facts",
    [
        {"rated_at": timezone.now()},
        {"day": timezone.localdate() - timedelta(days=60)},
        {"status": Status.WAITING},
    ],
)
def test_a_closed_rating_has_no_invitation(visit, mail, petugas, facts):
    Visit.objects.filter(pk=visit.pk).update(**facts)

    body = owe_letter_mail(mail.pk).body
    hand_over(mail.letter.submission, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)

    assert "Terlampir surat rekomendasi" in body
    assert "/nilai/" not in body
    assert [INVITED in shown for shown in pages(mail.letter)] == [False, False]


def test_a_submission_without_a_visit_invites_to_nothing(mail):
    body = owe_letter_mail(mail.pk).body

    assert "Terlampir surat rekomendasi" in body
    assert "/nilai/" not in body


def test_before_the_letter_is_given_the_applicants_page_does_not_ask(visit, signed):
    own = reverse("recommendations:track", args=[signed.submission.token])

    assert INVITED not in page(Client(), own, "Surat rekomendasi sudah terbit")
