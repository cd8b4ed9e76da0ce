"""The second step of a sign-in: a telephone with six digits, recovery codes, and a lost telephone."""

import base64
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import InvalidToken
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp

from office.data_keys import seal, unseal
from office.models import AccountEvent, Mail, RecoveryCode, SecondFactor, User
from office.second_factor_actions import OwnFactor, begin_factor, confirm_factor, reset_factor, secret_of
from reports.health_rows import check_second_factor
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
Kind = AccountEvent.Kind
STEP = timedelta(seconds=30)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def shown_by_telephone(user: User, steps: int = 0) -> str:
    """Return the six digits of the user's telephone, whose clock is ahead by so many steps of 30 seconds."""
    secret = base64.b32decode(secret_of(SecondFactor.objects.get(user=user)))
    return f"{totp(secret, drift=steps):06}"


def switched_on(user: User, clock: time_machine.Traveller) -> list[str]:
    """Switch the second step on, a minute ago. Return the recovery codes."""
    begin_factor(user)
    codes = confirm_factor(user, code=shown_by_telephone(user))
    clock.shift(2 * STEP)
    return codes


def password_typed(user: User, following: str = "") -> Client:
    """Return a browser in which the right password was typed."""
    browser = Client()
    browser.post(reverse("login"), {"username": user.username, "password": PASSWORD, "next": following})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/akun/").status_code == 200


def type_code(browser: Client, code: str) -> str:
    """Return the address to which the code leads, or the page that refuses it."""
    answer = browser.post("/masuk/kode/", {"code": code})
    return answer.get("Location") or answer.content.decode()


def test_the_password_alone_opens_nothing_and_the_code_opens_the_next_page(petugas, clock):
    switched_on(petugas, clock)
    browser = password_typed(petugas, "/loket/")

    before = is_in(browser)
    led = type_code(browser, shown_by_telephone(petugas))

    assert not before
    assert led == "/loket/"
    assert is_in(browser)


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_clock_of_a_telephone_may_differ_by_one_step(petugas, clock, steps, fits):
    switched_on(petugas, clock)
    clock.shift(4 * STEP)
    browser = password_typed(petugas)

    type_code(browser, shown_by_telephone(petugas, steps))

    assert is_in(browser) == fits


def test_a_code_works_once_and_an_earlier_one_not_after_it(petugas, clock):
    switched_on(petugas, clock)
    clock.shift(4 * STEP)
    code, earlier = shown_by_telephone(petugas), shown_by_telephone(petugas, -1)
    assert type_code(password_typed(petugas), code) == "/"

    for again in (code, earlier):
        assert "Kode ini tidak berlaku" in type_code(password_typed(petugas), again)


def test_a_recovery_code_works_once_and_is_an_event(petugas, kepala, clock):
    codes = switched_on(petugas, clock)
    assert len(set(codes)) == 10

    first = type_code(password_typed(petugas), codes[0].lower())
    second = type_code(password_typed(petugas), codes[0])

    assert first == "/"
    assert "Kode ini tidak berlaku" in second
    event = AccountEvent.objects.get(kind=Kind.RECOVERY_USED)
    assert event.note == "tersisa 9"
    assert {petugas.email, kepala.email} <= set(Mail.objects.values_list("to", flat=True))


def test_neither_the_secret_nor_a_recovery_code_is_in_the_database(petugas, clock):
    codes = switched_on(petugas, clock)
    factor = SecondFactor.objects.get()
    rows = str([*SecondFactor.objects.values(), *RecoveryCode.objects.values()])

    assert secret_of(factor) not in rows
    assert factor.sealed in rows
    assert [code for code in codes if code.replace("-", "") in rows] == []


def test_wrong_codes_wait_like_wrong_passwords(petugas, clock):
    switched_on(petugas, clock)
    browser = password_typed(petugas)
    for _ in range(5):
        type_code(browser, "000000")

    page = type_code(browser, shown_by_telephone(petugas))

    assert "Terlalu sering salah" in page
    assert not is_in(browser)
    assert (
        "Terlalu sering kata sandi"
        in browser.post(reverse("login"), {"username": petugas.username, "password": PASSWORD}).content.decode()
    )


@pytest.mark.parametrize("how", ["ten minutes", "changed", "inactive"])
def test_a_password_typed_long_ago_or_changed_since_waits_no_more(petugas, clock, how):
    switched_on(petugas, clock)
    browser = password_typed(petugas)
    if how == "ten minutes":
        clock.shift(timedelta(minutes=11))
    elif how == "changed":
        petugas.set_password("sungai-kuin-pagi-7")
        petugas.save()
    else:
        User.objects.filter(pk=petugas.pk).update(is_active=False)

    page = type_code(browser, shown_by_telephone(petugas))

    assert "Ketik nama pengguna dan kata sandi dahulu." in page
    assert not is_in(browser)


def test_the_page_of_the_code_without_a_password_asks_for_the_password(client, office):
    assert "Ketik nama pengguna dan kata sandi dahulu." in client.get("/masuk/kode/").content.decode()
    assert "dahulu" in client.post("/masuk/kode/", {"code": "123456"}).content.decode()


def test_the_code_leads_to_no_other_house(petugas, clock):
    switched_on(petugas, clock)

    assert type_code(password_typed(petugas, "https://jahat.example/"), shown_by_telephone(petugas)) == "/"


def test_an_officer_switches_it_on_and_off_on_the_page(petugas, client_of, clock):
    desk = client_of(petugas)
    desk.post("/akun/langkah-kedua/mulai/")
    page = desk.get("/akun/langkah-kedua/").content.decode()
    wrong = desk.post("/akun/langkah-kedua/", {"code": "12"}).content.decode()
    codes = desk.post("/akun/langkah-kedua/", {"code": shown_by_telephone(petugas)})
    after = desk.get("/akun/langkah-kedua/").content.decode()

    assert secret_of(SecondFactor.objects.get()) in page
    assert "data:image/svg" in page
    assert "Kode ini tidak berlaku" in wrong
    assert codes.content.decode().count("<code>") == 10
    assert "no-store" in codes["Cache-Control"]
    assert "Kode cadangan yang tersisa: 10" in after
    assert secret_of(SecondFactor.objects.get()) not in after

    clock.shift(2 * STEP)
    desk.post("/akun/langkah-kedua/matikan/", {"code": "000000"})
    assert SecondFactor.objects.exists()
    desk.post("/akun/langkah-kedua/matikan/", {"code": shown_by_telephone(petugas)})
    assert not SecondFactor.objects.exists()
    assert set(AccountEvent.objects.values_list("kind", flat=True)) == {Kind.FACTOR_ON, Kind.FACTOR_OFF}


def test_one_that_counts_is_not_replaced_by_whoever_sits_at_the_desk(petugas, client_of, clock):
    switched_on(petugas, clock)
    before = SecondFactor.objects.get().sealed

    answer = client_of(petugas).post("/akun/langkah-kedua/mulai/", follow=True)

    assert "Langkah kedua sudah aktif" in answer.content.decode()
    assert SecondFactor.objects.get().sealed == before


def test_a_lost_telephone_is_reset_by_the_admin_and_three_learn_of_it(petugas, kepala, admin_user, client_of, clock):
    switched_on(petugas, clock)
    browser = password_typed(petugas)
    type_code(browser, shown_by_telephone(petugas))
    Mail.objects.all().delete()

    client_of(admin_user).post(f"/akun/langkah-kedua/{petugas.pk}/ulang/")

    assert not is_in(browser)
    assert is_in(password_typed(petugas))
    assert AccountEvent.objects.filter(kind=Kind.FACTOR_RESET, about=petugas, by=admin_user).exists()
    resets = Mail.objects.filter(subject__contains="diatur ulang").values_list("to", flat=True)
    assert sorted(resets) == sorted([petugas.email, kepala.email, admin_user.email])


def test_two_admins_who_reset_each_other_are_both_seen(admin_user, kepala, clock):
    other = UserFactory(username="tono", email="tono@contoh.example")
    for user in (admin_user, other):
        switched_on(user, clock)
    Mail.objects.all().delete()

    reset_factor(other, by=admin_user)
    reset_factor(admin_user, by=other)

    addresses = sorted(Mail.objects.values_list("to", flat=True))
    assert addresses == sorted([admin_user.email, other.email, kepala.email] * 2)


def test_an_admin_does_not_reset_the_own_one_without_a_code(admin_user, client_of, clock):
    switched_on(admin_user, clock)

    with pytest.raises(OwnFactor):
        reset_factor(admin_user, by=admin_user)
    page = client_of(admin_user).post(f"/akun/langkah-kedua/{admin_user.pk}/ulang/", follow=True).content.decode()

    assert "oleh admin lain" in page
    assert SecondFactor.objects.exists()


def test_the_command_resets_that_of_the_only_admin(admin_user, clock, capsys):
    switched_on(admin_user, clock)

    call_command("reset_second_factor", admin_user.username)

    assert "diatur ulang" in capsys.readouterr().out
    assert not SecondFactor.objects.exists()


def test_a_role_that_requires_it_is_led_to_it_at_once_and_freed_by_the_first_code(kepala, settings):
    settings.SECOND_FACTOR_REQUIRED = ["kepala", "admin"]
    desk = password_typed(kepala)

    led = [desk.get(page).get("Location") for page in ("/", "/akun/", "/surat/", "/kantor/")]
    desk.post("/akun/langkah-kedua/mulai/")
    page = desk.get("/akun/langkah-kedua/").content.decode()
    desk.post("/akun/langkah-kedua/", {"code": shown_by_telephone(kepala)})

    assert led == ["/akun/langkah-kedua/"] * 4
    assert "Tugas Anda memerlukan langkah kedua" in page
    assert is_in(desk)


def test_a_role_that_does_not_require_it_is_left_alone(petugas, settings):
    settings.SECOND_FACTOR_REQUIRED = ["kepala", "admin"]

    assert is_in(password_typed(petugas))


def test_a_save_of_somebody_who_still_must_switch_it_on_is_told_so(kepala, settings):
    settings.SECOND_FACTOR_REQUIRED = ["kepala"]

    answer = password_typed(kepala).post("/loket/1/1/catatan/", headers={"HX-Request": "true"})

    assert answer.status_code == 401


def test_the_health_page_says_when_a_desk_with_https_requires_none(settings):
    settings.HTTPS, settings.SECOND_FACTOR_REQUIRED = True, []
    assert check_second_factor().health == "warning"
    settings.SECOND_FACTOR_REQUIRED = ["kepala", "admin"]
    assert check_second_factor().words == "Wajib untuk kepala, admin."


def test_a_sealed_secret_is_read_also_after_a_newer_key(settings):
    settings.DATA_KEYS = ["kunci-pertama-" * 3]
    sealed = seal("second factor", "rahasia")

    settings.DATA_KEYS = ["kunci-kedua-" * 3, "kunci-pertama-" * 3]
    assert unseal("second factor", sealed) == "rahasia"
    with pytest.raises(InvalidToken):
        unseal("something else", sealed)
    settings.DATA_KEYS = ["kunci-kedua-" * 3]
    with pytest.raises(InvalidToken):
        unseal("second factor", sealed)
