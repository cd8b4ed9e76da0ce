"""Wrong passwords make a sign-in wait: by account and known browser, never by the network's address."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.account_actions import note_password
from office.browsers import COOKIE, browser_words
from office.models import AccountEvent, KnownBrowser, Mail, User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "bukan-yang-benar"
PAUSED = "Terlalu sering kata sandi yang salah. Coba lagi"
Kind = AccountEvent.Kind


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def try_once(name: str, password: str = WRONG, browser: Client | None = None, **headers: str) -> str:
    """Return "in" after a sign-in, otherwise the page that refuses it."""
    answer = (browser or Client()).post(reverse("login"), {"username": name, "password": password}, **headers)
    return "in" if answer.status_code == 302 else answer.content.decode()


def fail(name: str, times: int = 5) -> str:
    """Return the last page of so many wrong tries."""
    return [try_once(name) for _ in range(times)][-1]


def known_browser(user: User) -> Client:
    """Return a browser in which the user signed in before, and signed out."""
    browser = Client()
    assert try_once(user.username, PASSWORD, browser) == "in"
    browser.post(reverse("logout"))
    return browser


def test_five_tries_are_free_and_then_even_the_right_password_waits(petugas):
    fourth = fail(petugas.username, 4)
    fifth = fail(petugas.username, 1)

    assert "Masuk" in fourth
    assert PAUSED not in fourth
    assert f"{PAUSED} 1 menit lagi, pukul" in fifth
    assert PAUSED in try_once(petugas.username, PASSWORD)


def test_the_pause_grows_to_an_hour_and_a_try_within_it_changes_nothing(petugas, clock):
    found = []
    fail(petugas.username)
    for minutes in (1, 5, 15, 60, 60):
        clock.shift(timedelta(minutes=minutes, seconds=-1))
        assert PAUSED in try_once(petugas.username, PASSWORD)
        clock.shift(timedelta(seconds=2))
        found.append(try_once(petugas.username))

    assert [f"Coba lagi {minutes} menit" in page for page, minutes in zip(found, (5, 15, 60, 60, 60), strict=True)] == [
        True
    ] * 5
    clock.shift(timedelta(minutes=61))
    assert try_once(petugas.username, PASSWORD) == "in"


def test_a_sign_in_forgets_the_wrong_tries(petugas):
    fail(petugas.username, 4)
    assert try_once(petugas.username, PASSWORD) == "in"

    assert PAUSED not in fail(petugas.username, 4)
    assert PAUSED in fail(petugas.username, 1)


def test_after_a_day_the_wrong_tries_are_forgotten(petugas, clock):
    fail(petugas.username)
    clock.shift(timedelta(days=1, minutes=1))

    assert PAUSED not in fail(petugas.username, 4)
    assert PAUSED in fail(petugas.username, 1)


def test_a_stranger_cannot_lock_the_kepala_out_at_the_usual_computer(kepala):
    desk = known_browser(kepala)
    fail(kepala.username, 30)

    assert PAUSED in try_once(kepala.username, PASSWORD)
    assert try_once(kepala.username, PASSWORD, desk) == "in"


def test_a_known_browser_has_its_own_pause(kepala):
    desk = known_browser(kepala)
    for _ in range(5):
        page = try_once(kepala.username, WRONG, desk)

    assert PAUSED in page
    assert PAUSED in try_once(kepala.username, PASSWORD, desk)
    assert try_once(kepala.username, PASSWORD) == "in"


def test_a_browser_known_to_a_colleague_is_a_stranger_to_the_kepala(kepala, petugas):
    desk = known_browser(petugas)
    fail(kepala.username)

    assert PAUSED in try_once(kepala.username, PASSWORD, desk)


def test_a_forged_cookie_makes_no_known_browser(kepala):
    desk = known_browser(kepala)
    key = desk.cookies[COOKIE].value
    desk.cookies[COOKIE] = key[:-2] + ("AA" if key[-2:] != "AA" else "BB")
    fail(kepala.username)

    assert PAUSED in try_once(kepala.username, PASSWORD, desk)


def test_one_account_waits_and_its_neighbour_on_the_same_address_does_not(petugas, budi):
    fail(petugas.username)

    assert try_once(budi.username, PASSWORD) == "in"
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) <= {"0.0.0.0"}  # noqa: S104 - not listened on


def test_another_program_or_another_case_of_the_name_counts_on(petugas):
    for number in range(5):
        try_once(petugas.username, headers={"user-agent": f"program {number}"})

    assert PAUSED in try_once(petugas.username, PASSWORD, headers={"user-agent": "lain"})
    assert PAUSED in try_once(petugas.username.upper())


def test_a_name_that_no_account_has_waits_in_the_same_words(petugas, clock):
    known, unknown = fail(petugas.username), fail("tidak-ada")

    assert sentence(unknown) == sentence(known)
    assert PAUSED in sentence(known)


def sentence(page: str) -> str:
    return page[page.index("Terlalu sering") :].partition("<")[0]


def test_what_was_typed_into_the_field_of_the_name_is_kept_nowhere(petugas):
    try_once("sandi-rahasia-saya")

    rows = [*AccessAttempt.objects.values(), *AccessFailureLog.objects.values()]
    assert len(rows) == 2
    assert "sandi-rahasia-saya" not in str(rows)
    assert WRONG not in str(rows)


def test_the_first_pause_is_one_event_mailed_to_the_person_and_the_kepala(petugas, kepala, clock):
    fail(petugas.username, 8)
    clock.shift(timedelta(minutes=2))
    fail(petugas.username)

    assert AccountEvent.objects.get().kind == Kind.SIGN_IN_PAUSED
    assert AccountEvent.objects.get().about == petugas
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted([petugas.email, kepala.email])


def test_a_sign_in_from_a_new_browser_is_mailed_to_the_person_once(petugas, kepala):
    browser, agent = Client(), {"headers": {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0"}}
    for _ in range(2):
        assert try_once(petugas.username, PASSWORD, browser, **agent) == "in"
        browser.post(reverse("logout"))

    event = AccountEvent.objects.get()
    assert (event.kind, event.note) == (Kind.BROWSER_NEW, "Firefox di Windows")
    assert Mail.objects.get().to == petugas.email
    assert browser.cookies[COOKIE]["httponly"]
    assert browser.cookies[COOKIE].value not in str(KnownBrowser.objects.values())


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge di Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome di Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1", "Safari di iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "Peramban di Linux"),
        ("curl/8", "Peramban yang tidak dikenal"),
        ("", "Peramban yang tidak dikenal"),
    ],
)
def test_a_browser_is_named_in_plain_words(agent, words):
    assert browser_words(agent) == words


def test_the_admin_opens_the_sign_in_and_an_event_says_so(petugas, admin_user, kepala, client_of):
    fail(petugas.username)
    page = client_of(admin_user).get("/akun/peristiwa/").content.decode()
    of_kepala = client_of(kepala).get("/akun/peristiwa/").content.decode()

    answer = client_of(admin_user).post(f"/akun/peristiwa/{petugas.pk}/buka/")

    assert "Buka sekarang" in page
    assert "Masuk yang gagal" in of_kepala
    assert "Buka sekarang" not in of_kepala
    assert answer.status_code == 302
    assert AccountEvent.objects.first().kind == Kind.SIGN_IN_OPENED
    assert AccountEvent.objects.first().by == admin_user
    assert try_once(petugas.username, PASSWORD) == "in"


def test_the_command_opens_the_sign_in_of_the_only_admin(admin_user, capsys):
    fail(admin_user.username)

    call_command("open_sign_in", admin_user.username)

    assert "dapat masuk lagi" in capsys.readouterr().out
    assert try_once(admin_user.username, PASSWORD) == "in"
    with pytest.raises(CommandError, match="Tidak ada akun"):
        call_command("open_sign_in", "tidak-ada")


def test_failed_sign_ins_are_shown_in_sum_by_account(petugas, admin_user, client_of):
    fail(petugas.username, 3)
    fail("tidak-ada", 2)
    fail("juga-tidak", 2)

    failed = client_of(admin_user).get("/akun/peristiwa/").context["failed"]

    assert [(one.user, one.times) for one in failed] == [(petugas, 3), (None, 4)]


def test_after_a_password_set_by_the_admin_the_usual_browser_is_a_new_one_again(petugas, admin_user):
    desk = known_browser(petugas)

    note_password(petugas, by=admin_user)

    assert try_once(petugas.username, PASSWORD, desk) == "in"
    assert AccountEvent.objects.filter(kind=Kind.BROWSER_NEW).count() == 2
