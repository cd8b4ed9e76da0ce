"""The one page on which staff sign in, and where it leads."""

import pytest
from django.test import Client
from django.urls import reverse

from office.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
FAR = "https://jahat.example/kantor/"


def sign_in(user: User, following: str, client: Client | None = None) -> str:
    facts = {"username": user.username, "password": PASSWORD, "next": following}
    return (client or Client()).post(reverse("login"), facts)["Location"]


def test_the_sign_in_of_the_admin_leads_to_ours_with_its_next_page(client, admin_user):
    ours = client.get("/kantor/login/?next=/kantor/office/user/")["Location"]

    assert ours == "/masuk/?next=%2Fkantor%2Foffice%2Fuser%2F"
    assert sign_in(admin_user, "/kantor/office/user/", client) == "/kantor/office/user/"


def test_the_sign_in_of_the_admin_without_a_next_page_leads_to_the_office_pages(client, office):
    assert client.get("/kantor/login/")["Location"] == "/masuk/?next=%2Fkantor%2F"


def test_who_is_signed_in_is_not_led_in_a_circle(client_of, petugas, admin_user):
    refused = client_of(petugas).get("/kantor/", follow=True)

    assert refused.status_code == 403
    assert client_of(admin_user).get("/kantor/login/")["Location"] == "/kantor/"


@pytest.mark.parametrize("following", [FAR, "//jahat.example/", "javascript:alert(1)", "/\\jahat.example/"])
def test_the_next_page_is_never_another_house(client, petugas, following):
    page = client.get(reverse("login"), {"next": following}).content.decode()

    assert "Masuk" in page
    assert "jahat" not in page
    assert sign_in(petugas, following) == "/"


def test_the_next_page_of_the_admin_s_address_is_never_another_house(client, petugas):
    ours = client.get("/kantor/login/", {"next": FAR})["Location"]

    page = client.get(ours).content.decode()

    assert "Masuk" in page
    assert "jahat" not in page
