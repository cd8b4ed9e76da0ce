"""Every save by htmx tells a user who was signed out, or who has lost the right, that it was not saved."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from pst_desk import roles
from tests.test_architecture import APPS, PUBLIC, ROOT, addresses

HTMX = {"HX-Request": "true"}
SAVES = re.compile(r"hx-post=\"{% url '([\w:]+)'")
OF_APPLICANTS = {"recommendations:track_answer"}
"""The saves that need no sign-in."""
OF_DJANGO = {"admin:auth_user_password_change"}
"""A page of Django's admin, whose address is not written as ours are."""


def saves() -> list[str]:
    """Return the names of all addresses to which a template of staff saves with htmx."""
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    found = set(SAVES.findall(pages)) | {"recommendations:accept_remark", "recommendations:unaccept_remark"}
    return sorted(found - OF_APPLICANTS)


PARTS = {
    r"<int:\w+>": "1",
    r"<slug:\w+>": "r1",
    r"<uuid:\w+>": "00000000-0000-4000-8000-000000000001",
    r"<calendar_year:\w+>": "2026",
    r"<period:\w+>": "tahun/2026",
}


def address(name: str) -> str:
    found = str(dict(addresses())[name].pattern)
    for part, value in PARTS.items():
        found = re.sub(part, value, found)
    return f"/{found}"


def test_every_part_that_saves_itself_is_known():
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))

    assert len(saves()) == 9
    assert (
        pages.count("hx-post=") == len(SAVES.findall(pages)) + 1
    )  # _remark_state.html has two addresses in a variable


@pytest.mark.parametrize("name", saves())
def test_a_save_of_somebody_who_was_signed_out_answers_401_in_words(name, client, db):
    answer = client.post(address(name), headers=HTMX)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Tidak tersimpan: Anda sudah keluar" in answer.content.decode()


@pytest.mark.parametrize("name", saves())
def test_a_save_of_somebody_who_has_lost_the_right_answers_403(name, client_of, petugas):
    petugas.groups.remove(Group.objects.get(name=roles.PETUGAS))

    answer = client_of(petugas).post(address(name), headers=HTMX)

    assert answer.status_code == 403


@pytest.mark.parametrize("name", saves())
def test_a_save_of_somebody_whose_password_was_set_anew_answers_401(name, client_of, petugas):
    petugas.must_change_password = True
    petugas.save()

    assert client_of(petugas).post(address(name), headers=HTMX).status_code == 401


def test_a_page_of_somebody_who_was_signed_out_leads_to_the_sign_in_and_back(client, db):
    answer = client.get("/loket/1/")

    assert answer.status_code == 302
    assert answer.url == "/masuk/?next=/loket/1/"


@pytest.mark.parametrize(
    ("referer", "sign_in"),
    [
        ("http://testserver/loket/1/antrian/7/?a=b#c", "/masuk/?next=/loket/1/antrian/7/%3Fa%3Db"),
        ("https://contoh.example/loket/1/", "/masuk/"),
        ("", "/masuk/"),
    ],
)
def test_a_form_sent_by_somebody_who_was_signed_out_leads_back_to_its_page(client, office, referer, sign_in):
    answer = client.post("/loket/1/7/alihkan/", headers={"Referer": referer} if referer else {})

    assert (answer.status_code, answer.url) == (302, sign_in)


def test_no_form_leads_to_an_address_that_answers_to_no_get(client, office):
    """A page without a script has the same way back: the page that the form was on."""
    ours = {name for name, pattern in addresses() if pattern.callback.__module__.split(".")[0] in APPS}
    places = [address(name) for name in sorted(ours - PUBLIC) if name not in {"logout", "login", *OF_DJANGO}]

    answers = [(place, client.post(place, headers={"Referer": "http://testserver/akun/"})) for place in places]

    assert len(answers) > 120
    assert [place for place, answer in answers if answer.get("Location") != "/masuk/?next=/akun/"] == []


def test_a_save_with_the_token_of_an_earlier_sign_in_says_so_in_plain_text(petugas):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(petugas)

    answer = browser.post("/loket/1/1/catatan/", headers=HTMX)

    assert answer.status_code == 403
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "sudah terlalu lama terbuka" in answer.content.decode()
