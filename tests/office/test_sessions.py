"""A user sees where the account is signed in, and ends it there; and no answer leaves a copy in the browser."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import SignIn, User
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]  # Django's own pages of the admin
NEW = "sungai-kuin-pagi-7"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Safari/537.36"


def signed_in(user: User, agent: str = FIREFOX) -> Client:
    browser = Client(headers={"user-agent": agent})
    answer = browser.post(reverse("login"), {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/akun/").status_code == 200


def test_the_page_lists_both_browsers_and_says_which_is_this_one(petugas, budi):
    desk, _ = signed_in(petugas), signed_in(petugas, CHROME)
    signed_in(budi, "curl/8")

    page = desk.get("/akun/sesi/").content.decode()

    assert "Firefox di Windows" in page
    assert "Chrome di Android" in page
    assert "Peramban yang tidak dikenal" not in page
    assert page.count("Sesi ini") == 1
    assert page.count(">Akhiri<") == 1


def test_one_session_is_ended_from_another_browser(petugas):
    desk, telephone = signed_in(petugas), signed_in(petugas, CHROME)
    other = SignIn.objects.get(words="Chrome di Android")

    desk.post(f"/akun/sesi/{other.pk}/akhiri/")

    assert is_in(desk)
    assert not is_in(telephone)
    assert SignIn.objects.get().words == "Firefox di Windows"


def test_all_other_sessions_are_ended(petugas, budi):
    desk, others, colleague = signed_in(petugas), [signed_in(petugas) for _ in range(2)], signed_in(budi)

    desk.post("/akun/sesi/akhiri-lainnya/")

    assert is_in(desk)
    assert [is_in(other) for other in others] == [False, False]
    assert is_in(colleague)


def test_the_session_of_a_colleague_is_nowhere(petugas, budi):
    desk, colleague = signed_in(petugas), signed_in(budi)

    answer = desk.post(f"/akun/sesi/{SignIn.objects.get(user=budi).pk}/akhiri/")

    assert answer.status_code == 404
    assert is_in(colleague)


def test_a_changed_password_ends_the_others_and_this_one_stays_in_the_list(petugas):
    desk, other = signed_in(petugas), signed_in(petugas, CHROME)
    facts = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}

    desk.post(reverse("office:password_change"), facts)

    page = desk.get("/akun/sesi/").content.decode()
    assert page.count("Sesi ini") == 1
    assert not is_in(other)
    assert Session.objects.count() == SignIn.objects.count() == 1


def test_a_password_set_by_the_admin_ends_every_session(petugas, admin_user, client_of):
    desk = signed_in(petugas)
    facts = {"password1": NEW, "password2": NEW, "usable_password": "true", "set-password": "1"}

    client_of(admin_user).post(reverse("admin:auth_user_password_change", args=[petugas.pk]), facts)

    assert desk.get("/akun/")["Location"] == "/masuk/?next=/akun/"
    assert SignIn.objects.count() == 0


def test_a_session_that_was_left_or_is_over_is_not_listed(petugas):
    signed_in(petugas).post(reverse("logout"))
    with time_machine.travel(timezone.now() - timedelta(hours=13)):
        signed_in(petugas, CHROME)

    page = signed_in(petugas).get("/akun/sesi/").content.decode()

    assert page.count("Sesi ini") == 1
    assert ">Akhiri<" not in page
    assert SignIn.objects.count() == 1


def test_the_use_of_a_session_is_noted_once_in_five_minutes(petugas):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        desk = signed_in(petugas)
        began = SignIn.objects.get().seen_at
        clock.shift(timedelta(minutes=4))
        desk.get("/akun/")
        soon = SignIn.objects.get().seen_at
        clock.shift(timedelta(minutes=2))
        desk.get("/akun/")

    assert soon == began
    assert SignIn.objects.get().seen_at == began + timedelta(minutes=6)


@pytest.mark.parametrize("address", ["/akun/", "/akun/sesi/", "/loket/", "/permohonan/", "/kalender/", "/tidak-ada/"])
def test_no_answer_to_a_signed_in_user_leaves_a_copy(petugas, client_of, address):
    assert "no-store" in client_of(petugas).get(address)["Cache-Control"]


def test_what_is_asked_again_by_its_etag_and_what_the_public_reads_stays_as_it_is(petugas, counter, client_of, client):
    queue = client_of(petugas).get(reverse("guestbook:queue", args=[counter.number]))

    assert queue["ETag"]
    assert "no-store" not in queue.get("Cache-Control", "")
    assert "no-store" not in client.get(reverse("reports:service_standard")).get("Cache-Control", "")
