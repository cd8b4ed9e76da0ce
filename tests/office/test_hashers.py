"""Passwords are hashed with Argon2id, and an older hash is renewed at the next sign-in."""

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from office.models import User
from pst_desk import settings as desk
from tests.factories import PASSWORD


@pytest.fixture
def _hashers_of_the_desk(settings) -> None:
    settings.PASSWORD_HASHERS = desk.PASSWORD_HASHERS


@pytest.mark.usefixtures("_hashers_of_the_desk")
def test_a_hash_has_the_figures_of_owasp():
    made = make_password(PASSWORD)

    assert made.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.usefixtures("_hashers_of_the_desk")
def test_an_older_hash_becomes_argon2_at_the_sign_in(client, petugas):
    older = make_password(PASSWORD, hasher="pbkdf2_sha256")
    User.objects.filter(pk=petugas.pk).update(password=older)

    answer = client.post(reverse("login"), {"username": petugas.username, "password": PASSWORD})
    petugas.refresh_from_db()

    assert answer.status_code == 302
    assert petugas.password.startswith("argon2$argon2id$")
    assert petugas.check_password(PASSWORD)
