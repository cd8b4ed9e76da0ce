"""The rules of a password, and the hours of one that its owner must change."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import User
from pst_desk import settings as desk
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]  # Django's own pages of the admin
NEW = "sungai-kuin-pagi-7"
HOURS = timedelta(hours=72)


@pytest.fixture
def temporary(petugas, admin_user, client_of) -> User:
    """Return an officer whose password the admin set a moment ago."""
    facts = {"password1": NEW, "password2": NEW, "usable_password": "true", "set-password": "1"}
    answer = client_of(admin_user).post(reverse("admin:auth_user_password_change", args=[petugas.pk]), facts)
    assert answer.status_code == 302
    petugas.refresh_from_db()
    return petugas


def sign_in(user: User, password: str = NEW) -> str:
    """Return the address to which a sign-in leads, or the page that refuses it."""
    answer = Client().post(reverse("login"), {"username": user.username, "password": password})
    return answer.get("Location") or answer.content.decode()


def change(client: Client, new: str) -> str:
    """Return the page that refuses the new password, or "" when it was taken."""
    facts = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    answer = client.post(reverse("office:password_change"), facts)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (PASSWORD, "Ini kata sandi yang sekarang"),
        ("kuin-pagi-7", "12 karakter"),
        ("password1234", "terlalu umum"),
        ("rina-contoh-7", "terlalu mirip"),
        ("719283746501", "numerik"),
    ],
)
def test_a_password_that_is_easily_guessed_or_the_present_one_is_refused(client_of, petugas, new, words):
    page = change(client_of(petugas), new)

    petugas.refresh_from_db()
    assert words in page
    assert petugas.check_password(PASSWORD)


def test_a_new_password_of_twelve_signs_is_taken(client_of, petugas):
    page = change(client_of(petugas), "kuin-pagi-77")

    petugas.refresh_from_db()
    assert page == ""
    assert petugas.check_password("kuin-pagi-77")
    assert petugas.password_set_by == petugas


def test_a_password_set_by_the_admin_opens_the_desk_for_72_hours(temporary, admin_user):
    assert temporary.password_set_by == admin_user
    with time_machine.travel(timezone.now() + HOURS - timedelta(minutes=2)):
        assert sign_in(temporary) == "/"
    with time_machine.travel(timezone.now() + HOURS + timedelta(minutes=2)):
        page = sign_in(temporary)

    assert "Kata sandi sementara ini sudah berakhir: berlaku 72 jam." in page
    assert "Minta yang baru kepada Agus Contoh." in page


def test_an_older_hash_that_is_renewed_at_the_sign_in_gives_no_more_hours(temporary, settings):
    settings.PASSWORD_HASHERS = desk.PASSWORD_HASHERS
    older = make_password(NEW, hasher="pbkdf2_sha256")
    set_at = timezone.now() - HOURS - timedelta(minutes=2)
    User.objects.filter(pk=temporary.pk).update(password=older, password_set_at=set_at)

    assert "sudah berakhir" in sign_in(temporary)
    assert "sudah berakhir" in sign_in(temporary)


def test_a_wrong_password_is_not_answered_with_the_end_of_the_right_one(temporary):
    with time_machine.travel(timezone.now() + HOURS + timedelta(minutes=2)):
        page = sign_in(temporary, "bukan-yang-benar")

    assert "Masuk" in page
    assert "sudah berakhir" not in page


def test_a_password_of_the_owner_never_ends(petugas):
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert sign_in(petugas, PASSWORD) == "/"


def test_a_change_demanded_of_an_old_password_has_72_hours_too(petugas, admin_user, client_of):
    User.objects.filter(pk=petugas.pk).update(password_set_at=timezone.now() - timedelta(days=400))
    facts = {"username": petugas.username, "name": petugas.name, "email": petugas.email, "must_change_password": "on"}
    groups = [group.pk for group in petugas.groups.all()]

    client_of(admin_user).post(
        reverse("admin:office_user_change", args=[petugas.pk]), facts | {"is_active": "on", "groups": groups}
    )

    petugas.refresh_from_db()
    assert petugas.must_change_password
    assert sign_in(petugas, PASSWORD) == "/"


def test_the_command_of_django_gives_new_hours(temporary):
    User.objects.filter(pk=temporary.pk).update(password_set_at=timezone.now() - HOURS)
    user = User.objects.get(pk=temporary.pk)

    user.set_password(NEW)  # as `manage.py changepassword` does
    user.save()

    assert sign_in(user) == "/"


def test_the_migration_begins_the_hours_of_passwords_that_must_be_changed(petugas, budi):
    User.objects.update(password_set_at=None)
    User.objects.filter(pk=petugas.pk).update(must_change_password=True)

    import_module("office.migrations.0022_password_age").begin_hours(apps, None)

    for user in (petugas, budi):
        user.refresh_from_db()
        assert sign_in(user, PASSWORD) == "/"
    assert petugas.password_ends_at > timezone.now() + HOURS - timedelta(minutes=5)
    assert budi.password_ends_at is None
