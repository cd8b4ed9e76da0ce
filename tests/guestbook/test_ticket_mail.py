import email
import email.policy
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from guestbook import actions
from guestbook.mails import mail_ticket
from office.formats import masked
from office.mailing import deliver
from office.models import Mail, Office
from tests.factories import VisitFactory, VisitorFactory
from tests.pages import page


def ask(client, visit) -> str:
    """Press the button. Return the kiosk's page after it."""
    return client.post(f"/kios/tiket/{visit.token}/kirim/", follow=True).content.decode()


def page_of(client, visit) -> str:
    return client.get(f"/kios/tiket/{visit.token}/").content.decode()


def test_a_visitor_with_an_email_can_get_the_ticket_there_and_the_address_is_masked(client, draw):
    page = page_of(client, draw())

    assert "Kirim ke e-mail saya" in page
    assert "b***@contoh.example" in page
    assert "budi@" not in page


def test_the_mail_is_owed_to_the_address_just_typed_and_the_kiosk_says_so(client, office, draw, mailbox):
    Office.objects.update(public_url="https://pst.contoh.example/")
    draw()
    visit = draw()

    page = ask(client, visit)

    mail = Mail.objects.get()
    assert (mail.key, mail.to, mail.subject) == (
        f"ticket:{visit.pk}",
        "budi@contoh.example",
        "Nomor antrian R-002, BPS Kota Banjarmasin",
    )
    assert f"https://pst.contoh.example/antrian/{visit.token}/" in mail.body
    assert "Rekomendasi Kegiatan Statistik" in mail.body
    assert "Di depan Anda saat e-mail ini dibuat: 1 orang" in mail.body
    assert "Tiket sedang dikirim ke <b" in page
    assert "Kirim ke e-mail saya" not in page
    assert mailbox.messages == []  # the kiosk did not wait for the mail server


def test_the_mail_that_goes_out_holds_no_name_and_no_telephone_number(office, draw, mailbox):
    visit = draw()

    deliver(mail_ticket(visit).pk)

    message = email.message_from_bytes(mailbox.messages[0], policy=email.policy.default)
    words = message.get_content()
    assert message["To"] == "budi@contoh.example"
    assert visit.ticket in words
    for private in (visit.visitor.name, visit.visitor.agency, "0812-0000-0007", visit.visitor.phone):
        assert private not in words


def test_a_double_tap_owes_one_mail(client, draw):
    visit = draw()

    ask(client, visit), ask(client, visit)

    assert Mail.objects.count() == 1


def test_the_mail_has_the_estimate_when_there_is_one(office):
    known, unknown = VisitFactory(estimated_minutes=25), VisitFactory()

    assert "Perkiraan tunggu saat nomor diambil: ± 25 menit" in mail_ticket(known).body
    assert "Perkiraan" not in mail_ticket(unknown).body


def test_the_mail_to_a_visitor_called_meanwhile_leaves_out_the_people_ahead(called):
    body = mail_ticket(called).body

    assert "Di depan Anda" not in body
    assert f"Nomor Antrian Anda: {called}" in body


def test_without_an_email_nothing_is_offered_and_nothing_is_owed(client, office, draw):
    visit = draw("K")

    for shown in (page_of(client, visit), ask(client, visit)):
        assert "Pendaftaran berhasil." in shown
        assert "Kirim ke e-mail saya" not in shown
    assert Mail.objects.count() == 0


def test_after_ten_minutes_neither_address_nor_button_is_shown(client, office):
    visit = VisitFactory(taken_at=timezone.now() - timedelta(minutes=10, seconds=1))

    page = ask(client, visit)

    assert "Pendaftaran berhasil." in page
    assert "***@" not in page
    assert "Kirim ke e-mail saya" not in page
    assert Mail.objects.count() == 0


def test_a_link_alone_sends_nothing(client, draw):
    visit = draw()

    assert client.get(f"/kios/tiket/{visit.token}/kirim/").status_code == 405
    assert Mail.objects.count() == 0


def test_the_telephone_page_neither_offers_it_nor_shows_the_address(client, draw):
    visit = draw()

    phone, kiosk = page(client, f"/antrian/{visit.token}/", "orang di depan Anda"), page_of(client, visit)

    for words in ("***@", "Kirim ke e-mail saya"):
        assert words not in phone
        assert words in kiosk


@pytest.mark.parametrize("script", ['"<script>alert(1)</script>"@contoh.example', "a+b'--@contoh.example"])
def test_an_odd_address_is_only_text(client, office, script):
    visit = VisitFactory(visitor=VisitorFactory(email=script))

    page = ask(client, visit)

    assert "Tiket sedang dikirim ke <b" in page
    assert "<script>alert" not in page
    assert Mail.objects.get().to == script


def test_the_officer_sees_the_state_of_the_mail(client_of, petugas, counter, draw, mailbox):
    mailbox.refuses = True
    visit = draw()
    mail = mail_ticket(visit)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        deliver(mail.pk)
    actions.call(visit, counter, by=petugas)

    page = client_of(petugas).get("/loket/1/").content.decode()

    assert "Tiket lewat e-mail: ditunda. Server e-mail belum dapat menerima." in page


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("budi@contoh.example", "b***@contoh.example"),
        ("b@contoh.example", "***@contoh.example"),
        ('"a@b"@contoh.example', '"***@contoh.example'),
    ],
)
def test_an_address_is_masked_so_that_only_its_owner_knows_it(address, shown):
    assert masked(address) == shown
