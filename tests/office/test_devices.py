"""Kiosk, board and tablet are paired by a code, and a revoked device has no access at once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guestbook.models import Visit
from office import device_actions, devices
from office.models import AccountEvent, Device, Office
from tests.factories import VisitFactory

KIOSK_PAGES = ["/kios/", "/kios/layanan/", "/kios/layanan/R/"]
BOARD_PAGES = ["/papan/", "/papan/keadaan/"]
TABLET_PAGES = ["/nilai/", "/nilai/keadaan/"]


@pytest.fixture
def strict(office) -> Office:
    """Return an office that requires paired devices, as after `prepare`."""
    office.devices_required = True
    office.save()
    return office


@pytest.fixture
def paired(strict):
    """Return `paired`: `paired("kiosk")` returns a new device and the browser with its key."""

    def made(kind: str, **facts) -> tuple[Device, Client]:
        device, browser = Device.objects.create(kind=kind, name="di pintu", **facts), Client()
        browser.post("/pasang/", {"code": device_actions.make_code(device, by=None)})
        return device, browser

    return made


def test_a_new_office_requires_paired_devices(db):
    assert Office.objects.current().devices_required


@pytest.mark.parametrize("page", KIOSK_PAGES + BOARD_PAGES + TABLET_PAGES)
def test_an_unpaired_machine_shows_nothing_of_the_office(client, strict, page):
    VisitFactory()

    answer = client.get(page)

    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Mesin ini belum dipasangkan" in text
    for word in (strict.name, strict.complaint_whatsapp, "R-001", "Rekomendasi", "Loket 1"):
        assert word not in text


def test_a_ticket_cannot_be_drawn_on_an_unpaired_machine(client, strict):
    answer = client.post("/kios/layanan/K/", {"name": "Budi Contoh"})

    assert answer.status_code == 403
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "own", "other"),
    [
        ("kiosk", KIOSK_PAGES, BOARD_PAGES + TABLET_PAGES),
        ("board", BOARD_PAGES, KIOSK_PAGES + TABLET_PAGES),
        ("tablet", TABLET_PAGES, KIOSK_PAGES + BOARD_PAGES),
    ],
)
def test_a_paired_machine_opens_the_pages_of_its_kind_only(paired, kind, own, other):
    _, browser = paired(kind)

    assert {browser.get(page).status_code for page in own} == {200}
    assert {browser.get(page).status_code for page in other} == {403}


def test_pairing_leads_to_the_machine_s_page_with_a_cookie_that_no_script_reads(client, strict):
    device = Device.objects.create(kind="board", name="di ruang tunggu")

    answer = client.post("/pasang/", {"code": device_actions.make_code(device, by=None).lower()})

    cookie = answer.cookies[devices.COOKIE]
    device.refresh_from_db()
    assert answer["Location"] == "/papan/"
    assert cookie["httponly"]
    assert cookie["max-age"] == 400 * 24 * 60 * 60
    assert device.key_hash
    assert device.key_hash not in cookie.value


def test_a_code_can_be_used_once(client, strict):
    code = device_actions.make_code(Device.objects.create(kind="kiosk", name="satu"), by=None)
    Client().post("/pasang/", {"code": code})

    answer = client.post("/pasang/", {"code": code})

    assert answer.status_code == 400
    assert "tidak berlaku" in answer.content.decode()
    assert client.get("/kios/").status_code == 403


def lose_answer(browser: Client, code: str) -> None:
    """Send the code, and lose the answer with its cookies."""
    held = {name: browser.cookies[name].value for name in browser.cookies}
    browser.post("/pasang/", {"code": code})
    browser.cookies.clear()
    browser.cookies.load(held)


def test_a_code_whose_answer_was_lost_can_be_sent_again_by_the_same_browser_only(strict):
    device, browser, other = Device.objects.create(kind="kiosk", name="satu"), Client(), Client()
    code = device_actions.make_code(device, by=None)
    for one in (browser, other):
        one.get("/pasang/")
    lose_answer(browser, code)
    assert browser.get("/kios/").status_code == 403
    browser.get("/pasang/")

    tried = [one.post("/pasang/", {"code": code}).status_code for one in (other, browser)]

    assert tried == [400, 302]
    assert (other.get("/kios/").status_code, browser.get("/kios/").status_code) == (403, 200)
    assert AccountEvent.objects.filter(kind=AccountEvent.Kind.DEVICE_PAIRED).count() == 1


@pytest.mark.parametrize("ended", ["too late", "revoked", "another code"])
def test_a_lost_answer_is_given_no_more_when_the_code_has_ended(strict, ended):
    device, browser = Device.objects.create(kind="kiosk", name="satu"), Client()
    code = device_actions.make_code(device, by=None)
    browser.get("/pasang/")
    lose_answer(browser, code)

    if ended == "revoked":
        device_actions.revoke(device, by=None)
    if ended == "another code":
        device_actions.make_code(device, by=None)
    with time_machine.travel(timezone.now() + timedelta(minutes=11 if ended == "too late" else 0)):
        answer = browser.post("/pasang/", {"code": code})

    assert answer.status_code == 400
    assert devices.COOKIE not in answer.cookies


def test_a_browser_that_lost_an_answer_can_be_paired_as_another_device(strict):
    first, second = (Device.objects.create(kind="kiosk", name=name) for name in ("satu", "dua"))
    browser = Client()
    browser.get("/pasang/")
    lose_answer(browser, device_actions.make_code(first, by=None))

    answer = browser.post("/pasang/", {"code": device_actions.make_code(second, by=None)})

    assert answer.status_code == 302
    assert browser.get("/kios/").status_code == 200
    assert Device.objects.exclude(key_hash="").count() == 2


def test_the_prepared_key_is_in_no_script_and_opens_nothing_and_is_used_for_one_pairing(strict):
    browser = Client()
    cookie = browser.get("/pasang/").cookies[devices.PREPARED]

    assert cookie["httponly"]
    assert devices.PREPARED not in browser.get("/pasang/").cookies, "the key stays the same until it is paired"
    assert browser.get("/kios/").status_code == 403
    code = device_actions.make_code(Device.objects.create(kind="kiosk", name="satu"), by=None)
    assert browser.post("/pasang/", {"code": code}).cookies[devices.PREPARED].value == ""


def test_a_code_is_valid_for_ten_minutes(client, strict):
    device = Device.objects.create(kind="kiosk", name="satu")
    with time_machine.travel(timezone.now() - timedelta(minutes=10, seconds=1)):
        code = device_actions.make_code(device, by=None)

    assert client.post("/pasang/", {"code": code}).status_code == 400


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "<script>"])
def test_a_wrong_code_pairs_nothing(client, strict, code):
    Device.objects.create(kind="kiosk", name="tanpa kode")

    answer = client.post("/pasang/", {"code": code})

    assert answer.status_code == 400
    assert devices.COOKIE not in answer.cookies


def test_after_ten_wrong_codes_the_open_codes_are_invalid_and_a_new_one_is_valid(client, strict):
    device, other = (Device.objects.create(kind="kiosk", name=name) for name in ("satu", "dua"))
    code, others = device_actions.make_code(device, by=None), device_actions.make_code(other, by=None)
    wrong = [client.post("/pasang/", {"code": f"AAAA-AAA{number}"}) for number in range(2, 10)]
    wrong += [client.post("/pasang/", {"code": "BBBB-BBBB"}, REMOTE_ADDR=f"10.0.0.{number}") for number in range(2)]

    late = [client.post("/pasang/", {"code": typed}) for typed in (code, others)]
    fresh = client.post("/pasang/", {"code": device_actions.make_code(device, by=None)})

    assert all("Kode ini tidak berlaku." in answer.content.decode() for answer in wrong)
    for answer in late:
        assert answer.status_code == 400
        assert "Sudah 10 kode salah diketik" in answer.content.decode()
        assert "Minta kode baru" in answer.content.decode()
    assert fresh.status_code == 302


def test_nine_wrong_codes_do_no_harm_and_a_used_code_resets_the_count(client, strict):
    device = Device.objects.create(kind="kiosk", name="satu")
    code = device_actions.make_code(device, by=None)
    for _ in range(9):
        client.post("/pasang/", {"code": "AAAA-AAAA"})

    answer = client.post("/pasang/", {"code": code})

    device.refresh_from_db()
    assert answer.status_code == 302
    assert device.code_tries == 0


def test_wrong_codes_do_not_revoke_a_paired_device(paired):
    _, browser = paired("kiosk")
    device_actions.make_code(Device.objects.create(kind="board", name="baru"), by=None)
    for _ in range(12):
        browser.post("/pasang/", {"code": "AAAA-AAAA"})

    assert browser.get("/kios/").status_code == 200


def test_an_invented_key_opens_no_page(client, strict):
    client.cookies[devices.COOKIE] = "karangan:abc:def"

    assert client.get("/kios/").status_code == 403


def test_a_device_is_revoked_at_once(paired):
    device, browser = paired("board")
    assert browser.get("/papan/keadaan/").status_code == 200

    device_actions.revoke(device, by=None)

    assert browser.get("/papan/keadaan/").status_code == 403


def test_using_a_new_code_revokes_the_former_browser(paired):
    device, old = paired("kiosk")

    new = Client()
    code = device_actions.make_code(device, by=None)
    assert old.get("/kios/").status_code == 200
    new.post("/pasang/", {"code": code})

    assert (old.get("/kios/").status_code, new.get("/kios/").status_code) == (403, 200)


def test_a_board_is_saved_as_seen_every_ten_seconds(paired, django_assert_num_queries):
    with time_machine.travel("2026-11-23T01:00:10Z", tick=False) as clock:
        device, browser = paired("board")
        etag = browser.get("/papan/keadaan/")["ETag"]
        first = Device.objects.get(pk=device.pk).last_seen_at

        clock.shift(timedelta(seconds=9))
        with django_assert_num_queries(2):  # the version, the device
            browser.get("/papan/keadaan/", headers={"if-none-match": etag})
        clock.shift(timedelta(seconds=1))
        answer = browser.get("/papan/keadaan/", headers={"if-none-match": etag})

    assert answer.status_code == 304
    assert devices.COOKIE in answer.cookies
    assert Device.objects.get(pk=device.pk).last_seen_at - first == timedelta(seconds=10)


def test_a_board_s_request_says_whether_its_sound_is_on(paired):
    device, browser = paired("board")
    said = []

    for sound in ("mati", "menyala", "menyala", "mati"):
        browser.get(f"/papan/keadaan/?suara={sound}")
        said.append(Device.objects.get(pk=device.pk).is_mute)

    assert said == [True, False, False, True]


@pytest.mark.parametrize("how", ["revoked", "never paired"])
def test_a_client_with_the_newest_etag_still_needs_the_key(paired, how):
    with time_machine.travel("2026-11-23T01:00:10Z", tick=False):
        device, browser = paired("board")
        etag = browser.get("/papan/keadaan/")["ETag"]
        assert browser.get("/papan/keadaan/", headers={"if-none-match": etag}).status_code == 304

        device_actions.revoke(device, by=None)
        asking = browser if how == "revoked" else Client()

        assert asking.get("/papan/keadaan/", headers={"if-none-match": etag}).status_code == 403


def test_a_flood_at_one_kiosk_is_refused_in_words_and_the_next_minute_is_free(paired, monkeypatch):
    monkeypatch.setattr(devices, "ACTS_A_MINUTE", 2)
    _, browser = paired("kiosk")
    _, other = paired("kiosk")

    def draw(kiosk: Client):
        token = kiosk.get("/kios/layanan/K/").context["form"]["form_token"].value()
        return kiosk.post("/kios/layanan/K/", {"name": "Budi Contoh", "form_token": token})

    with time_machine.travel("2026-11-23T01:00:10Z", tick=False):
        statuses = [draw(browser).status_code for _ in range(2)]
        refused = draw(browser)
        assert draw(other).status_code == 302
    with time_machine.travel("2026-11-23T01:01:00Z", tick=False):
        assert draw(browser).status_code == 302

    assert statuses == [302, 302]
    assert refused.status_code == 429
    assert "tunggu sebentar" in refused.content.decode()
    assert 'value="Budi Contoh"' in refused.content.decode()
    assert Visit.objects.count() == 4


def test_the_kiosk_waits_as_long_as_its_device_says(paired):
    _, browser = paired("kiosk", idle_seconds=600)

    assert 'data-idle="600"' in browser.get("/kios/layanan/").content.decode()
    assert 'data-idle="900"' in browser.get("/kios/layanan/R/").content.decode()


@pytest.mark.ignore_template_errors  # Django's own pages
def test_the_admin_makes_a_code_and_revokes_a_device(client_of, admin_user, strict):
    admin, kiosk = client_of(admin_user), Client()
    facts = {"kind": "kiosk", "name": "di pintu", "idle_seconds": 60}

    page = admin.post("/kantor/office/device/add/", facts, follow=True).content.decode()
    code = re.search(r"\b([A-Z2-9]{4}-[A-Z2-9]{4})\b", page)[1]
    kiosk.post("/pasang/", {"code": code})
    assert kiosk.get("/kios/").status_code == 200
    device = Device.objects.get()
    admin.post("/kantor/office/device/", {"action": "shut_out", "_selected_action": [device.pk]})

    assert kiosk.get("/kios/").status_code == 403
    device.refresh_from_db()
    assert device.state == "dicabut"
