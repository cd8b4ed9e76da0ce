"""The reporter's page is open while the head of the office changes: the head of the opening day is meant."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from complaints.models import Complaint
from office.models import Head
from tests.factories import UserFactory


def opened_before_a_change(client, kepala, *, days: int) -> dict:
    """Open the form `days` ago, under `kepala`; return it as it is sent today, when "plh" heads the office as Plt."""
    today = timezone.localdate()
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        form = client.get("/pengaduan/").context["form"]
    Head.objects.filter(user=kepala).update(since_on=today - timedelta(days=90), until_on=today - timedelta(days=1))
    Head.objects.create(user=UserFactory(username="plt", name="Sari Contoh"), capacity="Plt.", since_on=today)
    typed = {name: str(form[name].value()) for name in ("form_token", "opened")}
    return typed | {"text": "Kepala marah.", "is_about_head": "on"}


def test_a_page_opened_before_a_change_of_head_means_the_head_of_then(client, petugas, kepala):
    typed = opened_before_a_change(client, kepala, days=1)

    client.post("/pengaduan/", typed)

    assert Complaint.objects.get().about == kepala


def test_a_page_opened_days_ago_asks_again_which_head_is_meant(client, petugas, kepala):
    typed = opened_before_a_change(client, kepala, days=5)

    asked = client.post("/pengaduan/", typed)
    kept = Complaint.objects.count()
    client.post("/pengaduan/", typed | {"opened": asked.context["form"]["opened"].value()})

    assert "Kepala kantor berganti sejak halaman ini dibuka pada" in asked.content.decode()
    assert kept == 0
    assert Complaint.objects.get().about.username == "plt"


@pytest.mark.parametrize("opened", ["", "x" * 5000, "\0"])
def test_a_page_that_does_not_say_its_day_means_the_head_of_today(client, petugas, kepala, opened):
    typed = opened_before_a_change(client, kepala, days=1) | {"opened": opened}

    client.post("/pengaduan/", typed)

    assert Complaint.objects.get().about.username == "plt"
