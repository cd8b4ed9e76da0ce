"""Which address of the web a letter may carry."""

from io import StringIO

import pytest
from django.core.management import call_command

from office.models import Office
from office.public_address import address_problem, leads_here


@pytest.mark.parametrize(
    "url",
    [
        *("http://localhost:8000", "https://localhost", "https://LOCALHOST:8000/", "https://pst.localhost"),
        *(
            "http://pst.contoh.go.id",
            "https://127.0.0.1",
            "https://127.8.8.8/",
            "https://[::1]:8000",
            "https://0.0.0.0",
        ),
        *("", "pst.contoh.go.id", "ftp://pst.contoh.go.id"),
    ],
)
def test_an_address_that_leads_nowhere_or_is_open_to_anybody_is_reported(url):
    assert not leads_here(url)
    assert url in address_problem(Office(public_url=url))


@pytest.mark.parametrize(
    "url", ["https://pst.contoh.go.id", "https://pst.contoh.go.id:8443/loket", "https://10.6.3.71"]
)
def test_an_address_over_tls_that_others_reach_is_taken(url):
    assert leads_here(url)
    assert address_problem(Office(public_url=url)) == ""


def test_an_office_of_examples_may_keep_the_address_of_its_machine():
    assert address_problem(Office(is_example=True)) == ""


def test_the_address_of_a_new_office_is_not_taken():
    assert address_problem(Office()) != ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://localhost:8000", "http://localhost:9000"),
        ("https://pst.contoh.go.id", "https://pst.contoh.go.id"),
    ],
)
def test_a_start_on_another_port_changes_an_address_of_this_machine_only(office, before, after):
    Office.objects.update(public_url=before)

    call_command("prepare", address="http://localhost:9000", stdout=StringIO())

    assert Office.objects.get().public_url == after
