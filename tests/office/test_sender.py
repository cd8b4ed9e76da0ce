"""Mails come from the office's own address, and a placeholder is recognised."""

import pytest

from office.mailing import deliver
from office.outbox import put_mail
from office.sender import is_placeholder, placeholder_sender, sender

pytestmark = pytest.mark.django_db


def test_sender_and_message_id_have_the_offices_domain(office, mail_server_at_will):
    mail = put_mail(key="contoh:1", to="budi@contoh.example", subject="Halo", body="Isi")

    sent = deliver(mail.pk)

    assert f"From: PST {office.name} <{office.email}>".encode() in mail_server_at_will.taken[0]
    assert mail_server_at_will.senders == [office.email]
    assert sent.message_id.endswith("@bps.go.id>")


def test_the_server_can_set_another_sender(office, settings):
    settings.MAIL_FROM = "Loket <loket@lain.go.id>"

    assert sender(office) == "Loket <loket@lain.go.id>"
    assert not placeholder_sender(office)


@pytest.mark.parametrize(
    "address",
    [
        *("pst@localhost", "PST <pst@kantor.localhost>", "a@contoh.example", "a@example.go.id", "a@mail.invalid"),
        *("a@x.test", "bps", "", "a@server", "a@pc.local"),
    ],
)
def test_a_placeholder_is_recognised(address):
    assert is_placeholder(address)


@pytest.mark.parametrize("address", ["PST <bps6371@bps.go.id>", "a@contohexample.id", "a@localhost.go.id"])
def test_a_real_domain_is_no_placeholder(address):
    assert [is_placeholder(address), is_placeholder("pst@localhost")] == [False, True]


def test_an_office_with_a_placeholder_is_recognised(office):
    assert not placeholder_sender(office)
    office.email = "pst@localhost"

    assert placeholder_sender(office)
