"""Which screen an address belongs to, and the words of its error pages."""

import pytest

from office.error_words import WORDS
from office.screens import PUBLIC as LISTED
from office.screens import Screen, first_page, is_for_visitors, public_screen
from tests import test_architecture
from tests.test_architecture import addresses

PUBLIC = test_architecture.PUBLIC
STATUSES = {400, 403, 404, 405, 410, 500, 503}


def place(pattern) -> str:
    return "/" + str(pattern.pattern) if not str(pattern.pattern).startswith("login") else "/kantor/login/"


def test_every_public_address_has_a_screen_and_every_screen_an_address():
    places = {name: place(pattern) for name, pattern in addresses() if name in PUBLIC}

    assert set(places) == PUBLIC
    assert [name for name, path in places.items() if public_screen(path) is None] == []
    assert [start for start, _ in LISTED if not any(path.startswith(start) for path in places.values())] == []


def test_no_address_of_staff_belongs_to_a_screen_of_visitors():
    inner = {name: place(pattern) for name, pattern in addresses() if name not in PUBLIC and "admin:" not in name}

    assert len(inner) > 80
    assert [name for name, path in inner.items() if is_for_visitors(path)] == []


@pytest.mark.parametrize(
    ("path", "has_device", "screen"),
    [
        ("/nilai/", False, Screen.TABLET),
        ("/nilai/keadaan/", False, Screen.TABLET),
        ("/nilai/abc/", True, Screen.TABLET),
        ("/nilai/abc/", False, Screen.TELEPHONE),
        ("/kios/tiket/abc/kirim/", False, Screen.KIOSK),
        ("/papan/nothing/", True, Screen.BOARD),
        ("/kalender/2026/", False, None),
        ("/standar-pelayanan/", False, Screen.TELEPHONE),
        ("/standar-pelayanan/ubah/ditinjau/", False, None),
    ],
)
def test_the_beginning_of_the_address_says_the_screen(path, has_device, screen):
    assert public_screen(path, has_device=has_device) == screen


def test_the_way_back_is_the_first_page_of_the_address():
    assert first_page("/lacak/abc/kirim/") == "/lacak/abc/"
    assert first_page("/pasang/") == "/pasang/"
    assert first_page("/permohonan/3/") == ""


@pytest.mark.parametrize("screen", Screen)
def test_every_screen_has_words_for_every_error(screen):
    assert set(WORDS[screen]) >= STATUSES
