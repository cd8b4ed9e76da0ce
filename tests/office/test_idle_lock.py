"""A desk that its user has left opens no page of staff without the password, and loses nothing that was typed."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import User
from tests.factories import PASSWORD
from tests.pages import page

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PAGE = "/kunci/buka/?next=/akun/sesi/"


@pytest.fixture
def desk(petugas: User) -> Client:
    """Return a browser that signed in by the form."""
    browser = Client()
    answer = browser.post(reverse("login"), {"username": petugas.username, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


@pytest.fixture
def locked(desk: Client) -> Client:
    """Return a browser whose session is locked."""
    assert desk.post("/kunci/").headers["Location"] == "/kunci/buka/"
    return desk


def test_a_locked_session_opens_no_page_and_says_whose_it_is(locked, petugas):
    answer = locked.get("/akun/sesi/?a=1")

    assert answer.headers["Location"] == "/kunci/buka/?next=%2Fakun%2Fsesi%2F%3Fa%3D1"
    assert petugas.name in page(locked, PAGE, "Terkunci")


def test_the_password_opens_the_page_that_was_asked_for(locked):
    answer = locked.post("/kunci/buka/", {"password": PASSWORD, "next": "/akun/sesi/"})

    assert answer.headers["Location"] == "/akun/sesi/"
    assert locked.get("/akun/sesi/").status_code == 200


@pytest.mark.parametrize("following", ["https://contoh.test/", "//contoh.test/", "javascript:alert(1)", ""])
def test_it_leads_to_no_other_site(locked, following):
    answer = locked.post("/kunci/buka/", {"password": PASSWORD, "next": following})

    assert answer.headers["Location"] == "/"


def test_a_wrong_password_opens_nothing_and_counts_as_at_the_sign_in(locked):
    answers = [locked.post("/kunci/buka/", {"password": "salah"}) for _ in range(5)]
    refused = locked.post("/kunci/buka/", {"password": PASSWORD})

    assert {answer.status_code for answer in [*answers, refused]} == {422}
    assert "Terlalu sering kata sandi yang salah." in refused.content.decode()
    assert locked.get("/akun/").status_code == 302


def test_the_right_password_forgets_the_wrong_ones(locked):
    locked.post("/kunci/buka/", {"password": "salah"})
    assert AccessAttempt.objects.count() == 1

    locked.post("/kunci/buka/", {"password": PASSWORD})

    assert AccessAttempt.objects.count() == 0


def test_a_save_of_a_locked_page_is_told_and_a_form_comes_back(locked):
    saved = locked.post("/akun/sesi/akhiri-lainnya/", headers=HTMX)
    form = locked.post("/akun/sesi/akhiri-lainnya/", headers={"referer": "http://testserver/akun/sesi/"})

    assert saved.status_code == 401
    assert form.headers["Location"] == PAGE
    assert "data-sign-in" in locked.get(PAGE).content.decode()  # unsent.js keeps what was typed


def test_a_page_opened_after_a_long_silence_asks_for_the_password(desk, settings):
    settings.IDLE_LOCK_MINUTES = 15
    with time_machine.travel(timezone.now() + timedelta(minutes=19), tick=False):
        assert desk.get("/akun/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=40), tick=False):
        assert desk.get("/akun/").headers["Location"] == "/kunci/buka/?next=%2Fakun%2F"
        assert desk.get("/akun/sesi/").status_code == 302


def test_a_form_that_was_typed_for_an_hour_is_taken(desk):
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        answer = desk.post("/akun/sesi/akhiri-lainnya/")

        assert answer.headers["Location"] == "/akun/sesi/"
        assert desk.get("/akun/sesi/").status_code == 200


def test_a_page_at_work_says_so(desk):
    with time_machine.travel(timezone.now() + timedelta(minutes=12), tick=False):
        assert desk.post("/kunci/dipakai/").status_code == 204
    with time_machine.travel(timezone.now() + timedelta(minutes=30), tick=False):
        assert desk.get("/akun/").status_code == 200


def test_an_office_may_have_no_lock(desk, settings):
    settings.IDLE_LOCK_MINUTES = 0
    with time_machine.travel(timezone.now() + timedelta(hours=11), tick=False):
        assert desk.get("/akun/").status_code == 200


def test_the_screens_of_visitors_stay_open(locked):
    page(locked, "/standar-pelayanan/", "Standar pelayanan")


def test_the_way_out_stays_open(locked):
    assert locked.post(reverse("logout")).headers["Location"] == reverse("login")


def test_a_covered_page_of_the_same_user_is_told_that_the_session_is_open(locked, petugas, budi):
    cover = {"X-Desk-Cover": str(petugas.pk)}

    answer = locked.post("/kunci/buka/", {"password": PASSWORD}, headers=cover)

    assert answer.status_code == 204
    assert locked.get(PAGE, headers=cover).status_code == 204
    locked.force_login(budi)
    assert locked.get(PAGE, headers=cover).status_code == 302


def test_an_open_session_asks_no_password(desk):
    assert desk.get(PAGE).headers["Location"] == "/akun/sesi/"
