"""Every address with a NUL, ten thousand characters and wrong numbers, for every role: never an error of the server."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from wsgiref.util import setup_testing_defaults

import pytest
from django.contrib.auth.models import Group
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from guestbook import announcements
from guestbook.views.board import SOUND_AGE
from office.middleware import WITHOUT_TIME
from office.models import ClockMark
from pst_desk import wsgi
from tests.factories import healthy_office
from tests.test_architecture import PUBLIC, addresses

VALUES = ("-1", "0", "99999", str(2**31), str(2**63), "9" * 10_000, "%00", "a" * 10_000, "%ff")
FITTING = ("1", "2026", "2026-11", "blok_1", "tahun/2026")
QUERIES = ("halaman", "putaran", "kunjungan", "dari", "bulan", "q", "page", "tampil", "state", "jenis", "hadir")
PLACE = re.compile(r"<(?:(\w+):)?\w+>")
KEY, SOME_KEY = re.compile(r"<uuid:\w+>"), "00000000-0000-4000-8000-000000000001"
POSTED = {
    "text": "x\0y",
    "note": "\0",
    "name": "\0",
    "code": "\0",
    "kind": "\0",
    "kunjungan": "\0",
    "back": "\0",
    "q": "\0",
}


def ours() -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the desk; the admin's are Django's own."""
    for name, pattern in addresses():
        if not name.startswith("admin:"):
            yield name, pattern


def paths(pattern: URLPattern) -> Iterator[str]:
    """Yield the address with each wrong value in the place of all its values, one after the other."""
    route = f"/{pattern.pattern}"
    for value in VALUES if PLACE.search(route) else ("",):
        yield PLACE.sub(value, route)


@pytest.fixture(autouse=True)
def _healthy(office) -> None:
    """Make every part of the desk well, because the page for machines answers 503 otherwise."""
    healthy_office()


@pytest.fixture
def everybody(office, petugas, client_of: Callable) -> Client:
    """Return the browser of somebody with every role, so that nothing is refused before it is read."""
    petugas.groups.set(Group.objects.all())
    petugas.is_staff = True
    petugas.save()
    browser = client_of(petugas)
    browser.raise_request_exception = False
    return browser


def failing(browser: Client, method: str, places: list[str], **facts) -> dict[str, int]:
    """Return the addresses that end in an error of the server, each with its status."""
    found = {}
    for path in places:
        answer = browser.generic(method, path) if not facts else browser.post(path, **facts)
        b"".join(answer)  # reading a download to its end closes its file
        if answer.status_code >= 500:
            found[path[:80]] = answer.status_code
    return found


def test_no_value_in_an_address_ends_in_an_error_for_somebody_with_every_role(everybody):
    places = [path for name, pattern in ours() if name != "logout" for path in paths(pattern)]

    assert len(places) > 700
    assert failing(everybody, "GET", places) == {}


def test_no_value_in_a_public_address_ends_in_an_error_for_a_visitor(client, office):
    client.raise_request_exception = False
    places = [path for name, pattern in ours() if name in PUBLIC for path in paths(pattern)]

    assert len(places) > 100
    assert failing(client, "GET", places) == {}
    assert failing(client, "POST", places, data=POSTED) == {}


def test_while_the_clock_is_behind_every_address_refuses_to_act(everybody):
    ClockMark.objects.update_or_create(pk=ClockMark.ONLY, defaults={"seen_at": timezone.now() + timedelta(days=1)})
    timed = [(name, pattern) for name, pattern in ours() if name not in WITHOUT_TIME]

    acting = {name for name, pattern in timed if not refuses(everybody, pattern)}

    assert len(timed) > 150
    assert acting == set()


def refuses(browser: Client, pattern: URLPattern) -> bool:
    """Return whether this address, with a value that fits it, answers a POST with the refusal of the clock."""
    keyed = KEY.sub(SOME_KEY, f"/{pattern.pattern}")
    places = {PLACE.sub(value, keyed) for value in FITTING}
    return 409 in {browser.post(path).status_code for path in places}


@pytest.mark.parametrize("value", ["-1", "00019999", "9" * 3000])
def test_no_query_ends_in_an_error_of_the_server(value, everybody):
    query = "&".join(f"{name}={value}" for name in QUERIES)[:7900]
    places = [f"{PLACE.sub('1', f'/{pattern.pattern}')}?{query}" for name, pattern in ours() if name != "logout"]

    assert len(places) > 150
    assert failing(everybody, "GET", places) == {}


@pytest.mark.parametrize("charset", ["hex", "undefined", "nothing-at-all", "latin-1"])
def test_a_request_is_read_as_utf_8_also_when_it_names_another_charset(charset, monkeypatch):
    read = []
    monkeypatch.setattr(wsgi, "_desk", lambda environ, start: read.append(WSGIRequest(environ)))
    asked = {"QUERY_STRING": "q=%C3%A9", "CONTENT_TYPE": f"multipart/form-data; charset={charset}; boundary=b"}
    setup_testing_defaults(asked)

    wsgi.application(asked, None)

    assert read[0].GET["q"] == "é"
    assert read[0].content_params == {"boundary": "b"}


@pytest.mark.parametrize("name", sorted(PUBLIC - {"admin:login"}))
def test_a_public_address_answers_a_nul_with_400_in_the_words_of_its_screen(name, client, office):
    pattern = dict(addresses())[name]
    path = PLACE.sub("%00", f"/{pattern.pattern}")

    answer = client.get(path if "%00" in path else f"{path}?x=%00")

    assert answer.status_code == 400
    assert "tidak dapat di" in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/kalender/0/", "/kalender/0/unduh.csv", "/kalender/99999/unduh.ics", "/kalender/0/ubah/"]
)
def test_a_year_without_a_calendar_is_not_found(path, client_of, admin_user):
    assert client_of(admin_user).get(path).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        (f"bytes={'9' * 5000}-", 416),
        (f"bytes=0-{'9' * 5000}", 206),
        (f"bytes=-{'9' * 5000}", 206),
        (f"bytes={'9' * 5000}-{'9' * 5000}", 416),
    ],
)
def test_a_range_of_thousands_of_digits_is_answered(wanted, status, client, office):
    announcements.make("nada")

    answer = client.get("/papan/suara/nada.wav", headers={"range": wanted})

    assert answer.status_code == status
    assert str(SOUND_AGE) in answer["Cache-Control"]
