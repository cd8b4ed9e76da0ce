"""A rating link is for the visitor: no colleague rates, and a guesser is stopped without locking others out."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from office import device_actions
from office.models import Device
from office.refusals import Refused
from ratings import actions
from ratings.access import OPENED_A_MINUTE, SENT_A_MINUTE, UNKNOWN_A_MINUTE
from ratings.models import QuickRating, Rating
from tests.ratings.test_rate import ANSWERS

STAFF_WORDS = "Penilaian diisi oleh pengunjung sendiri"


@pytest.fixture(autouse=True)
def _one_minute(db) -> Iterator[None]:
    """Let the whole test happen within one minute."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def statuses(browser: Client, tokens: list[str]) -> list[int]:
    return [browser.get(f"/nilai/{token}/").status_code for token in tokens]


def guesses(count: int) -> list[str]:
    return [f"tebakan-{number}" for number in range(count)]


@pytest.mark.parametrize("role", ["petugas", "kepala", "admin_user"])
def test_a_browser_with_a_colleague_signed_in_cannot_rate(request, client_of, served, role):
    desk = client_of(request.getfixturevalue(role))

    shown, sent = desk.get(f"/nilai/{served.token}/"), desk.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS)

    assert [(answer.status_code, STAFF_WORDS in answer.content.decode()) for answer in (shown, sent)] == [
        (403, True),
        (403, True),
    ]
    assert Rating.objects.count() == 0


def test_a_paired_tablet_in_which_a_colleague_signs_in_cannot_rate_either(client_of, petugas, counter, served):
    tablet = client_of(petugas)
    code = device_actions.make_code(Device.objects.create(kind="tablet", name="di loket 1", counter=counter), by=None)
    tablet.post("/pasang/", {"code": code})

    answer = tablet.post(f"/nilai/{served.token}/pertanyaan/", ANSWERS)

    assert answer.status_code == 403
    assert Rating.objects.count() == 0


def test_the_console_shows_the_code_and_no_way_to_rate_from_there(client_of, petugas, counter, served):
    words = client_of(petugas).get(f"/loket/{counter.number}/").content.decode()

    assert f"Kode QR halaman penilaian {served}" in words
    assert f'href="/nilai/{served.token}/"' not in words


@pytest.mark.usefixtures("one_minute")
def test_a_browser_that_guesses_is_stopped_also_for_a_real_link(client, served):
    tried = statuses(client, guesses(OPENED_A_MINUTE + 1))

    assert tried == [404] * (OPENED_A_MINUTE + 1)
    assert statuses(client, [*guesses(2), served.token]) == [429, 429, 429]


@pytest.mark.usefixtures("one_minute")
def test_guesses_without_cookies_are_stopped_and_a_real_link_still_opens(office, served):
    tried = [statuses(Client(), [token])[0] for token in guesses(UNKNOWN_A_MINUTE + 2)]

    assert tried == [404] * UNKNOWN_A_MINUTE + [429, 429]
    assert statuses(Client(), [served.token]) == [200]


@pytest.mark.usefixtures("one_minute")
def test_another_browser_at_the_same_address_is_not_locked_out(client, served):
    statuses(client, guesses(OPENED_A_MINUTE + 2))

    answer = Client().post(f"/nilai/{served.token}/pertanyaan/", ANSWERS)

    assert answer.status_code == 302
    assert Rating.objects.count() == 1


@pytest.mark.usefixtures("one_minute")
def test_the_guesses_of_a_tablet_count_for_the_tablet(counter, served):
    device = Device.objects.create(kind="tablet", name="di loket 1", counter=counter)
    tablet = Client()
    tablet.post("/pasang/", {"code": device_actions.make_code(device, by=None)})

    for token in guesses(OPENED_A_MINUTE):
        tablet.cookies.pop("csrftoken", None)
        tablet.get(f"/nilai/{token}/")

    assert statuses(tablet, [served.token]) == [429]


@pytest.mark.usefixtures("one_minute")
def test_one_link_takes_a_bounded_number_of_forms_a_minute(served):
    sent = [Client().post(f"/nilai/{served.token}/pertanyaan/", {}).status_code for _ in range(SENT_A_MINUTE + 2)]

    assert sent == [422] * SENT_A_MINUTE + [429, 429]
    assert statuses(Client(), [served.token]) == [200]


@pytest.mark.usefixtures("one_minute")
def test_a_form_over_the_limit_is_not_saved_and_keeps_all_that_was_answered(served):
    address = f"/nilai/{served.token}/pertanyaan/"
    for _ in range(SENT_A_MINUTE):
        Client().post(address, {})

    told = ANSWERS | {"remark": "Petugas sabar.", "has_complaint": "ya", "complaint": "Antrian panjang."}
    answer = Client().post(address, told)

    text = answer.content.decode()
    assert answer.status_code == 429
    assert not Rating.objects.exists()
    assert "Terlalu sering dibuka. Tunggu satu menit" in text
    assert text.count(" checked") == 10
    assert "Petugas sabar." in text
    assert "Antrian panjang." in text


@pytest.mark.usefixtures("one_minute")
def test_a_face_over_the_limit_is_refused_in_words(served):
    for _ in range(SENT_A_MINUTE):
        Client().post(f"/nilai/{served.token}/", {})

    answer = Client().post(f"/nilai/{served.token}/", {"face": "4"})

    assert answer.status_code == 429
    assert "<h1>Terlalu sering dibuka</h1>" in answer.content.decode()
    assert f'href="/nilai/{served.token}/"' in answer.content.decode()
    assert answer["Retry-After"] == "60"
    assert not QuickRating.objects.exists()


def test_a_complaint_that_is_refused_keeps_the_form(served, monkeypatch):
    def refuse(**facts):
        raise Refused("Jam komputer kantor mundur.")

    monkeypatch.setattr(actions, "receive", refuse)

    told = ANSWERS | {"has_complaint": "ya", "complaint": "Antrian panjang."}
    answer = Client().post(f"/nilai/{served.token}/pertanyaan/", told)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Jam komputer kantor mundur." in text
    assert "Antrian panjang." in text
    assert text.count(" checked") == 10
    assert not Rating.objects.exists()
