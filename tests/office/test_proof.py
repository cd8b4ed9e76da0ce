"""Pages that change rights open only shortly after the password was typed."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import Head, User
from tests.factories import PASSWORD
from tests.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]  # Django's own pages of the admin
PLACES = [
    "admin:office_user_changelist",
    "admin:office_user_add",
    "admin:office_head_add",
    "admin:office_device_changelist",
]


@pytest.fixture
def desk(admin_user: User) -> Client:
    browser = Client()
    assert browser.post(reverse("login"), {"username": admin_user.username, "password": PASSWORD}).status_code == 302
    return browser


def after(minutes: int):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


@pytest.mark.parametrize("name", PLACES)
def test_the_pages_of_rights_ask_for_the_password_and_then_open(desk, name):
    address = reverse(name)
    assert desk.get(address).status_code == 200
    with after(16):
        asked = desk.get(address)
        form = asked.headers["Location"]
        assert form.startswith("/kunci/bukti/?next=")
        page(desk, form, "Kata sandi sekali lagi")

        wrong = desk.post(form, {"password": "bukan-kata-sandi"})
        assert wrong.status_code == 422
        assert desk.get(address).status_code == 302

        right = desk.post(form, {"password": PASSWORD})
        assert right.headers["Location"] == address
        assert desk.get(address).status_code == 200


def test_a_password_of_another_is_set_only_by_who_knows_the_own(desk, kepala):
    address, before = reverse("admin:auth_user_password_change", args=[kepala.pk]), kepala.password
    new = {"password1": "sungai-kuin-pagi-7", "password2": "sungai-kuin-pagi-7"}
    with after(80):
        assert desk.post(address, new).status_code == 302

        kepala.refresh_from_db()
        assert kepala.password == before


def test_a_form_that_was_opened_in_time_may_be_sent_later(desk, kepala):
    Head.objects.all().delete()
    facts = {"user": kepala.pk, "capacity": Head.Capacity.KEPALA, "since_on": "2026-01-01"}
    with after(50):
        desk.post(reverse("admin:office_head_add"), facts)

    assert Head.objects.count() == 1


def test_other_pages_of_the_admin_ask_nothing(desk):
    with after(16):
        page(desk, reverse("admin:office_service_changelist"), "Layanan")


def test_an_office_may_ask_only_once(desk, settings):
    settings.PROOF_MINUTES = 0
    with after(16):
        assert desk.get(reverse("admin:office_user_changelist")).status_code == 200


def test_the_lock_counts_as_proof(desk):
    desk.post("/kunci/")
    with after(16):
        desk.post("/kunci/buka/", {"password": PASSWORD})

        assert desk.get(reverse("admin:office_user_changelist")).status_code == 200
