"""A code sent through a real mail server confirms an address; wrong, old and foreign codes do not."""

import email
import email.policy
import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from office.mailing import deliver
from office.models import Mail
from recommendations.agencies.actions.contacts import change_contact
from recommendations.agencies.actions.emails import (
    CODES_A_DAY,
    CodeNotSent,
    EmailCodeRefused,
    confirm_code,
    confirm_link,
    confirm_otherwise,
    send_code,
)
from recommendations.models import Applicant, EmailCode
from tests.factories import ApplicantFactory, mailed_code
from tests.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(office) -> Applicant:
    return ApplicantFactory(email="sari@contoh.example")


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def later(**time) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**time), tick=True)


def test_the_mailed_code_confirms_the_address(account, petugas, mailbox):
    deliver(send_code(account, by=petugas).mail.pk)
    message = email.message_from_bytes(mailbox.messages[0], policy=email.policy.default)
    code = re.search(r"Kode Anda: ([0-9]{6})", message.get_content())[1]

    confirm_code(account, code=f"{code[:3]} {code[3:]}", by=petugas)

    account.refresh_from_db()
    assert message["To"] == "sari@contoh.example"
    assert account.has_working_email
    assert (account.verified_email, account.verified_way, account.verified_by) == (account.email, "code", petugas)
    assert account.agency.events.last().note == "E-mail Sari Contoh terbukti aktif, dengan kode"


def test_the_row_holds_neither_the_code_nor_the_link(account, petugas):
    code, link = mailed_code(account, by=petugas)

    kept = " ".join(str(value) for value in EmailCode.objects.values_list().get())

    assert str(account.pk) in kept.split()
    assert code not in kept
    assert link not in kept


def test_a_code_is_invalid_after_five_wrong_guesses(account, petugas):
    code, _ = mailed_code(account, by=petugas)

    for left in (4, 3, 2, 1):
        with pytest.raises(EmailCodeRefused, match=f"masih {left} kali"):
            confirm_code(account, code=wrong(code), by=petugas)
    with pytest.raises(EmailCodeRefused, match="sudah lima kali"):
        confirm_code(account, code=wrong(code), by=petugas)
    with pytest.raises(EmailCodeRefused, match="tidak berlaku lagi"):
        confirm_code(account, code=code, by=petugas)

    account.refresh_from_db()
    assert not account.has_working_email
    assert EmailCode.objects.get().tries == 5


def test_a_code_lasts_half_an_hour(account, petugas):
    code, _ = mailed_code(account, by=petugas)

    with later(minutes=31), pytest.raises(EmailCodeRefused, match="tidak berlaku lagi"):
        confirm_code(account, code=code, by=petugas)
    with later(minutes=29):
        confirm_code(account, code=code, by=petugas)


def test_only_the_last_code_counts(account, petugas):
    first, _ = mailed_code(account, by=petugas)
    with later(minutes=2):
        second, _ = mailed_code(account, by=petugas)
        if first != second:
            with pytest.raises(EmailCodeRefused, match="terbaru"):
                confirm_code(account, code=first, by=petugas)

        assert confirm_code(account, code=second, by=petugas).has_working_email


def test_changing_the_address_makes_its_code_invalid(account, petugas):
    code, link = mailed_code(account, by=petugas)
    facts = {"name": "Sari Contoh", "position": "", "phone": account.phone, "romantik_username": "sari"}
    change_contact(account, email="lain@contoh.example", romantik_assisted_on=None, **facts, by=petugas)

    with pytest.raises(EmailCodeRefused, match="tidak berlaku lagi"):
        confirm_code(account, code=code, by=petugas)
    assert confirm_link(link) is None


def test_an_address_that_changes_while_the_code_is_typed_is_not_confirmed(account, petugas):
    code, _ = mailed_code(account, by=petugas)
    Applicant.objects.update(email="lain@contoh.example")

    with pytest.raises(EmailCodeRefused, match="sudah diubah"):
        confirm_code(account, code=code, by=petugas)
    refused = Applicant.objects.get()
    with later(minutes=2):
        new_code, _ = mailed_code(refused, by=petugas)
        confirm_code(refused, code=new_code, by=petugas)

    assert not refused.has_working_email
    assert Applicant.objects.get().verified_email == "lain@contoh.example"


def test_an_address_without_a_sent_code_cannot_be_confirmed(account, petugas):
    with pytest.raises(EmailCodeRefused, match="Kirim kode baru"):
        confirm_code(account, code="000000", by=petugas)


@pytest.mark.parametrize("typed", ["", "abc", "12345", "1234567", "١٢٣٤٥٦", "' OR 1=1"])
def test_an_input_that_is_no_code_is_refused_and_counted(account, petugas, typed):
    mailed_code(account, by=petugas)

    with pytest.raises(EmailCodeRefused):
        confirm_code(account, code=typed, by=petugas)

    assert EmailCode.objects.get().tries == 1


def test_a_code_is_sent_once_a_minute_and_ten_times_in_a_day(account, petugas):
    start = timezone.now()
    send_code(account, by=petugas)
    with pytest.raises(CodeNotSent, match="Tunggu"):
        send_code(account, by=petugas)
    for number in range(1, CODES_A_DAY):
        with time_machine.travel(start + timedelta(minutes=2 * number), tick=True):
            send_code(account, by=petugas)

    with time_machine.travel(start + timedelta(hours=1), tick=True), pytest.raises(CodeNotSent, match="Sudah 10 kode"):
        send_code(account, by=petugas)
    with time_machine.travel(start + timedelta(hours=25), tick=True):
        send_code(account, by=petugas)

    assert Mail.objects.filter(key__startswith=f"code:{account.pk}:").count() == 11


def test_confirming_without_a_code_stores_the_reason(account, petugas):
    confirm_otherwise(account, reason="Membalas dari ponselnya", by=petugas)

    account.refresh_from_db()
    assert (account.verified_way, account.verified_note) == ("other", "Membalas dari ponselnya")


def link_page(token: str) -> str:
    return reverse("recommendations:confirm_email", args=[token])


def test_the_link_changes_nothing_until_its_button_is_pressed(account, petugas, client):
    _, link = mailed_code(account, by=petugas)

    asked = client.get(link_page(link))
    account.refresh_from_db()
    assert (asked.status_code, account.has_working_email) == (200, False)
    answered = client.post(link_page(link))

    account.refresh_from_db()
    assert (account.verified_way, account.verified_by) == ("link", None)
    assert "Terima kasih" in answered.content.decode()
    assert "no-store" in asked["Cache-Control"]


def test_the_page_behind_the_link_shows_no_personal_data(account, petugas, client, client_of):
    _, link = mailed_code(account, by=petugas)

    asked = page(client, link_page(link), "Apakah pesan kami sampai ke alamat Anda sendiri?")
    thanked = client.post(link_page(link)).content.decode()
    desk = page(client_of(petugas), reverse("recommendations:contact_edit", args=[account.pk]), "Kontak Sari Contoh")

    assert "Terima kasih, alamat Anda tercatat aktif" in thanked
    for personal in (account.name, account.email, account.phone, account.agency.name):
        assert personal not in asked + thanked
    for personal in (account.name, account.email, account.agency.name):
        assert personal in desk


@pytest.mark.parametrize("token", ["x", "a" * 22, "a" * 500])
def test_an_unknown_or_expired_link_confirms_nothing(account, petugas, client, token):
    _, link = mailed_code(account, by=petugas)

    assert client.post(link_page(token)).status_code == 404
    with later(days=4):
        assert "tidak berlaku lagi" in client.post(link_page(link)).content.decode()
    account.refresh_from_db()
    assert not account.has_working_email


def test_the_officer_sends_types_and_sees_the_mail_s_state(account, petugas, client_of, mailbox):
    client, place = client_of(petugas), reverse("recommendations:contact_edit", args=[account.pk])
    mailbox.refuses = True
    client.post(reverse("recommendations:send_code", args=[account.pk]), {"back": place})
    mail = Mail.objects.get()
    deliver(mail.pk)

    put_off = client.get(reverse("recommendations:email_state", args=[account.pk])).content.decode()
    Mail.objects.update(status="waiting")
    waiting = client.get(place).content.decode()

    assert "Ditunda" in put_off
    assert "451" in put_off
    assert "hx-trigger" not in put_off
    assert "Menunggu dikirim" in waiting
    assert "hx-trigger" in waiting
    code = re.search(r"Kode Anda: ([0-9]{6})", mail.body)[1]
    answer = client.post(reverse("recommendations:confirm_code", args=[account.pk]), {"code": code, "back": place})
    assert answer["Location"] == f"{place}#e-mail"
    assert "E-mail terbukti aktif" in client.get(place).content.decode()


@pytest.mark.parametrize("back", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)", "abc", ""])
def test_the_way_back_never_leads_to_another_site(account, petugas, client_of, back):
    answer = client_of(petugas).post(reverse("recommendations:send_code", args=[account.pk]), {"back": back})

    assert answer["Location"] == reverse("recommendations:contact_edit", args=[account.pk])


@pytest.mark.parametrize(("name", "field"), [("confirm_code", "code"), ("confirm_otherwise", "reason")])
def test_an_empty_code_or_reason_is_refused_with_a_message(account, petugas, client_of, name, field):
    answer = client_of(petugas).post(reverse(f"recommendations:{name}", args=[account.pk]), {field: " "}, follow=True)

    assert re.search("Ketik 6 angka|Tulis bagaimana", answer.content.decode())
    assert not Applicant.objects.exclude(verified_at=None).exists()
