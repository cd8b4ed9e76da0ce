"""The error pages of every screen: their own words, their way back, and never the sign-in of staff."""

import sqlite3

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from office import errors
from office.devices import COOKIE
from office.middleware import LARGEST_BODY, no_body_for_head
from office.models import Service
from office.screens import Screen
from tests.factories import VisitFactory

VISITORS = (
    "/kios/layanan/R/",
    "/papan/",
    "/antrian/abc/",
    "/lacak/abc/",
    "/nilai/abc/",
    "/s/abc/",
    "/foto/abc/",
    "/pasang/",
)
MARKS = {
    Screen.KIOSK: "data-offline",
    Screen.TABLET: "data-standby",
    Screen.BOARD: "board_return.js",
    Screen.TELEPHONE: "page oops",
    Screen.DESK: "Ke halaman awal",
}
WAYS_IN = ("/masuk/", 'href="/"')
"""Links that end at the sign-in of staff."""


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 500, 503])
@pytest.mark.parametrize("path", VISITORS)
def test_no_error_page_of_a_visitor_leads_to_the_sign_in(path, status, rf):
    request = rf.get(path)
    request.resolver_match = None

    answer = errors.error_page(request, status)
    page = answer.content.decode()

    assert answer.status_code == status
    assert MARKS[errors.screen_of(request)] in page
    assert [way for way in WAYS_IN if way in page] == []
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("status", [400, 403, 405, 409, 500, 503, 507])
def test_an_error_of_a_complaint_at_the_kiosk_speaks_of_the_complaint(status, rf):
    request = rf.get(reverse("complaints:kiosk_complain"))
    request.resolver_match = None

    page = errors.error_page(request, status).content.decode()

    assert "Pengaduan Anda" in page.split("<main")[1].split("</main>")[0]
    assert "antrian" not in page


@pytest.mark.parametrize("status", [400, 500, 503])
def test_another_error_at_the_kiosk_speaks_of_the_queue(status, rf):
    request = rf.get("/kios/layanan/R/")
    request.resolver_match = None

    page = errors.error_page(request, status).content.decode()

    assert "Nomor antrian" in page
    assert "engaduan" not in page


def test_the_kiosk_without_its_server_speaks_of_what_its_page_sends(client, office):
    complaint = client.get(reverse("complaints:kiosk_complain")).content.decode()
    welcome = client.get(reverse("guestbook:kiosk")).content.decode()

    assert "Pengaduan Anda mungkin belum tersimpan." in complaint.split("data-offline")[1]
    assert "antrian" not in complaint.split("data-offline")[1]
    assert "Nomor antrian belum dapat diambil di sini." in welcome.split("data-offline")[1]


def test_the_kiosk_without_its_server_says_beside_the_code_that_the_complaint_is_saved(client, office):
    place = reverse("complaints:kiosk_complain")
    token = client.get(place).context["form"]["form_token"].value()

    page = client.post(place, {"text": "Antrian lama sekali.", "form_token": token}, follow=True).content.decode()

    assert "pengaduan Anda kami terima" in page
    assert "Pengaduan Anda sudah tersimpan." in page.split("data-offline")[1]
    assert "antrian" not in page.split("data-offline")[1]


@pytest.mark.parametrize("path", ["/kios/", "/kios/layanan/R/", "/nilai/", "/nilai/abc/"])
def test_kiosk_and_tablet_return_to_their_first_page_by_themselves(path, rf):
    request = rf.get(path)
    request.resolver_match, request.COOKIES[COOKIE] = None, "signed"

    page = errors.error_page(request, 500).content.decode()

    assert f'data-idle="{errors.IDLE}"' in page
    assert 'href="/kios/"' in page or 'href="/nilai/"' in page


def test_a_telephone_returns_to_its_own_page(rf):
    request = rf.post("/lacak/abc-DEF/kirim/")
    request.resolver_match = None

    assert 'href="/lacak/abc-DEF/"' in errors.error_page(request, 403).content.decode()
    assert "<a " not in errors.error_page(request, 404).content.decode().split("<main")[1]


def test_an_unknown_address_is_the_desk_s_only_for_somebody_who_signed_in(client, client_of, petugas):
    stranger, officer = client.get("/no-such-page/"), client_of(petugas).get("/no-such-page/")

    assert (stranger.status_code, officer.status_code) == (404, 404)
    assert "Halaman ini tidak ditemukan" in stranger.content.decode()
    assert 'href="/"' not in stranger.content.decode()
    assert "Ke halaman awal" in officer.content.decode()


def test_a_page_of_the_desk_says_whose_account_may_not_open_it(client_of, admin_user):
    answer = client_of(admin_user).get("/terbitkan/")

    assert answer.status_code == 403
    assert f"Akun {admin_user} belum diberi tugas" in answer.content.decode()


@pytest.mark.parametrize("path", ["/papan/", "/kios/", "/lacak/abc/", "/masuk/", "/loket/"])
def test_an_error_page_needs_no_database(path, client, monkeypatch):
    client.raise_request_exception = False

    def fail(*args, **facts):
        raise OperationalError("connection refused") from sqlite3.OperationalError()

    monkeypatch.setattr("office.middleware._with_page", fail)  # and no database: this test may not use one

    answer = client.get(path)

    assert answer.status_code == 500
    assert (
        "Ada yang tidak berjalan" in answer.content.decode() or "Papan sedang tidak berjalan" in answer.content.decode()
    )


class FromServer(Exception):
    """An error of psycopg2, which has the SQLSTATE."""

    def __init__(self, pgcode):
        super().__init__("from the server")
        self.pgcode = pgcode


def caused(pgcode) -> OperationalError:
    problem = OperationalError("the server")
    problem.__cause__ = FromServer(pgcode)
    return problem


@pytest.mark.parametrize(
    ("problem", "is_away"),
    [
        (InterfaceError("connection already closed"), True),
        (OperationalError("database is locked"), True),
        (OperationalError("no such table: office_user"), False),
        (caused(None), True),
        (caused("57P01"), True),
        (caused("08006"), True),
        (caused("40P01"), False),
        (ValueError("database is locked"), False),
        (None, False),
    ],
)
def test_only_a_database_that_does_not_answer_is_away(problem, is_away):
    assert errors.is_database_away(problem) is is_away


AWAY = [OperationalError("unable to open database file"), InterfaceError("connection already closed")]


@pytest.mark.parametrize("problem", AWAY)
@pytest.mark.parametrize(
    ("path", "screen"),
    [
        ("/papan/keadaan/", Screen.BOARD),
        ("/kios/", Screen.KIOSK),
        ("/nilai/", Screen.TABLET),
        ("/antrian/abc/", Screen.TELEPHONE),
        ("/masuk/", Screen.DESK),
        ("/loket/1/", Screen.DESK),
        ("/no-such-page/", Screen.DESK),
    ],
)
def test_while_the_database_is_away_every_screen_answers_503_in_its_own_words(
    path, screen, problem, client, settings, monkeypatch
):
    client.raise_request_exception = False
    client.cookies[settings.SESSION_COOKIE_NAME] = "of-somebody-who-signed-in"

    def away(*args, **facts):
        raise problem

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
    monkeypatch.setattr("office.middleware._with_page", away)

    answer = client.get(path)

    assert answer.status_code == 503
    assert answer["Retry-After"] == str(errors.RETRY_AFTER)
    assert errors.WORDS[screen][503].title in answer.content.decode()


def test_an_address_of_the_desk_is_the_desk_s_although_the_error_came_before_its_page_was_looked_for(rf):
    known, unknown = rf.get("/loket/1/"), rf.get("/no-such-page/")
    known.resolver_match = unknown.resolver_match = None

    assert (errors.screen_of(known), errors.screen_of(unknown)) == (Screen.DESK, Screen.TELEPHONE)


def test_a_closed_service_ends_on_the_kiosk_s_own_page_which_says_one_thing(client, office):
    Service.objects.filter(prefix="R").update(is_open=False)

    answer = client.get("/kios/layanan/R/")

    assert answer.status_code == 410
    assert "Layanan ini baru saja ditutup" in answer.content.decode()
    assert "Nomor antrian belum diambil." in answer.content.decode()
    assert "Silakan langsung ke petugas loket: giliran" not in answer.content.decode()
    assert f'data-idle="{errors.IDLE}"' in answer.content.decode()


def test_a_form_token_of_an_earlier_sign_in_ends_on_the_kiosk_s_own_page(office):
    kiosk = Client(enforce_csrf_checks=True)

    answer = kiosk.post("/kios/layanan/R/", {"name": "Budi Contoh"})

    assert answer.status_code == 403
    assert "Halaman ini sudah terlalu lama terbuka" in answer.content.decode()
    assert 'href="/kios/"' in answer.content.decode()


def test_a_button_s_address_that_is_opened_like_a_page_has_a_way_back(client, office):
    visit = VisitFactory()

    kiosk, telephone = client.get(f"/kios/tiket/{visit.token}/kirim/"), client.get(f"/antrian/{visit.token}/batal/")

    assert (kiosk.status_code, telephone.status_code) == (405, 405)
    assert kiosk["Allow"] == "POST"
    assert f'data-idle="{errors.IDLE}"' in kiosk.content.decode()
    assert f'href="/antrian/{visit.token}/"' in telephone.content.decode()


def test_a_user_who_must_change_the_password_does_not_take_the_kiosk_away(client_of, petugas):
    petugas.must_change_password = True
    petugas.save()
    browser = client_of(petugas)

    assert browser.get("/kios/").status_code == 200
    assert browser.get("/loket/").url == "/akun/kata-sandi/"


def test_an_answer_to_head_has_the_length_of_the_page_but_no_body(rf):
    page = HttpResponse("Selamat datang")

    answer = no_body_for_head(lambda request: page)(rf.head("/kios/"))

    assert answer.content == b""
    assert answer["Content-Length"] == "14"


class UnreadBody:
    """The body of a request that nothing must read."""

    def read(self, *size: int) -> bytes:
        raise AssertionError("The body was read.")

    readline = read


def test_a_request_that_is_too_large_is_refused_before_it_is_read(client, office):
    body = UnreadBody()

    answer = client.post("/lacak/abc/kirim/", **{"wsgi.input": body, "CONTENT_LENGTH": str(26 * 1024 * 1024)})

    assert answer.status_code == 413
    assert "paling besar 25 MB dan 100 berkas sekali kirim" in answer.content.decode()


def test_the_web_server_of_an_office_takes_little_more_than_the_desk():
    config = (settings.BASE_DIR / "deploy" / "nginx" / "pst-desk.conf").read_text(encoding="utf-8")

    assert f"client_max_body_size {LARGEST_BODY // 1024 // 1024 + 5}m;" in config  # the desk's own words are reached
