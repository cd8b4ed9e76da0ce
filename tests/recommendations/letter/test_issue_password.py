"""A letter is issued, revoked and replaced only by who knows the Kepala's password, not by who finds the desk open."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Letter
from tests.factories import PASSWORD, verified_submission
from tests.pages import seal_of
from tests.recommendations.letter.test_issue_page import NUMBERS, page_of

pytestmark = pytest.mark.usefixtures("quick_paper")
FIELD = 'name="proof"'


@pytest.fixture
def desk(kepala) -> Client:
    browser = Client()
    assert browser.post(reverse("login"), {"username": kepala.username, "password": PASSWORD}).status_code == 302
    return browser


@pytest.fixture
def later(desk):
    """Sixteen minutes pass: the password of the sign-in counts no more."""
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        yield


def press(desk: Client, address: str, **typed: str):
    """Open the page, and press "Terbitkan". Return the page that follows."""
    opened = desk.get(address)
    facts = NUMBERS | {"shown": opened.context["shown"]} | typed
    return desk.post(address, facts, follow=True, headers={"referer": f"http://testserver{address}"})


@pytest.fixture
def address(verified) -> str:
    return reverse("recommendations:letter_issue", args=[verified.pk])


def test_soon_after_the_sign_in_no_password_is_asked(desk, address):
    assert FIELD not in page_of(desk.get(address))

    press(desk, address)

    assert Letter.objects.count() == 1


@pytest.mark.usefixtures("later")
def test_a_letter_is_issued_only_with_the_password(desk, address):
    assert FIELD in page_of(desk.get(address))

    without, wrong = press(desk, address), press(desk, address, proof="bukan-kata-sandi")
    assert Letter.objects.count() == 0
    assert "Belum dilakukan." in page_of(without)
    assert wrong.redirect_chain == [(address, 302)]

    press(desk, address, proof=PASSWORD)
    assert Letter.objects.count() == 1
    assert FIELD not in page_of(desk.get(reverse("recommendations:issue_letters")))  # it counts for the next ones too


@pytest.mark.usefixtures("later")
def test_several_letters_are_issued_only_with_the_password(desk, verified, petugas):
    other, address = verified_submission(petugas), reverse("recommendations:issue_letters")
    opened = desk.get(address)
    facts = {f"shown-{offer.submission.pk}": offer.shown for offer in opened.context["offers"]}
    facts["submissions"] = [verified.pk, other.pk]

    asked = desk.post(f"{address}?konfirmasi=terbitkan", facts)  # a browser without script only asks
    refused = desk.post(address, facts)

    assert (asked.status_code, refused.status_code, Letter.objects.count()) == (200, 200, 0)
    assert "Belum dilakukan." in page_of(refused)
    desk.post(address, facts | {"proof": PASSWORD})
    assert Letter.objects.count() == 2


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("act", ["revoke_letter", "replace_letter"])
def test_a_letter_is_ended_only_with_the_password(desk, signed, act):
    page = reverse("recommendations:submission_detail", args=[signed.submission_id])
    address, opened = reverse(f"recommendations:{act}", args=[signed.pk]), page_of(desk.get(page))
    facts = {"reason": "Angka keliru.", "shown": seal_of(opened)}

    refused = desk.post(address, facts, follow=True)
    before = signed.submission.events.count()

    assert opened.count(FIELD) == 2
    assert "Belum dilakukan." in page_of(refused)
    assert desk.post(address, facts | {"proof": PASSWORD}, follow=True).status_code == 200
    assert signed.submission.events.count() == before + 1
