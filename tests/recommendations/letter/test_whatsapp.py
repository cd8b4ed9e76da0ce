"""A letter by WhatsApp: the officer sends it in a browser, so the desk only knows that it was sent."""

import re
import uuid
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.letter.actions.downloads import renew_download
from recommendations.letter.actions.mail_results import NotToAnswer, note_answer
from recommendations.letter.actions.sending import close_submission, note_whatsapp
from recommendations.letter.downloads import offered_link
from recommendations.letter.tasks import send_dispatch
from recommendations.models import Applicant, Dispatch, DownloadLink, Letter, Submission
from recommendations.workflow import Move, MoveNotAllowed, Status
from tests.factories import signed_submission
from tests.pages import page, seal_of

pytestmark = pytest.mark.usefixtures("quick_paper")
PHONE, SHOWN_PHONE = "+6281200000002", "0812-0000-0002"


@pytest.fixture
def link(signed) -> DownloadLink:
    return offered_link(signed)


@pytest.fixture
def noted(link, petugas) -> Dispatch:
    """Return the dispatch of a message that the officer has sent."""
    return note_whatsapp(submission_of(link), to=PHONE, form_token=uuid.uuid4(), by=petugas)


def submission_of(link: DownloadLink) -> Submission:
    return Submission.objects.get(letters=link.letter_id)


def address(letter: Letter) -> str:
    return reverse("recommendations:send_whatsapp", args=[letter.pk])


def typed(client: Client, letter: Letter) -> dict[str, str]:
    """Return what the page sends back when the button is pressed."""
    shown = client.get(address(letter)).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', shown)[1]
    return {"to": PHONE, "form_token": token, "shown": seal_of(shown)}


def test_the_message_has_the_letter_its_link_and_its_check_page(link, client_p):
    shown = page(client_p, address(link.letter), "Buka WhatsApp")

    opened = urlsplit(unescape(re.search(r'href="(https://wa\.me/[^"]+)"', shown)[1]))
    (text,) = parse_qs(opened.query)["text"]
    assert (opened.netloc, opened.path) == ("wa.me", "/6281200000002")
    assert link.letter.number in text
    assert f"/unduh/{link.token}/" in text
    assert link.letter.content["check_url"] in text
    assert SHOWN_PHONE in shown
    assert 'rel="noopener noreferrer"' in shown


def test_looking_at_the_message_changes_nothing(link, client_p):
    assert page(client_p, address(link.letter), "Buka WhatsApp")

    assert not Dispatch.objects.filter(channel=Dispatch.Channel.WHATSAPP).exists()
    assert DownloadLink.objects.get().fetch_count == 0


def test_a_letter_without_an_open_link_gets_one_first(signed, client_p):
    renew = reverse("recommendations:renew_download", args=[signed.pk])
    without = page(client_p, address(signed), "Buat tautan")

    after = client_p.post(renew, {"whatsapp": "1"}, follow=True).content.decode()
    DownloadLink.objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert "wa.me" not in without
    assert "wa.me/6281200000002" in after
    assert "wa.me" not in page(client_p, address(signed), "Perpanjang tautan")


@pytest.mark.parametrize("phone", ["+625113354221", "+625113354221;ext=12", "lama", ""])
def test_a_number_without_whatsapp_is_reported(link, client_p, phone):
    Applicant.objects.update(phone=phone)

    assert "wa.me" not in page(client_p, address(link.letter), "Perbaiki nomor")


def test_a_sent_message_is_noted_as_sent_and_keeps_no_promise(link, client_p):
    words = client_p.post(address(link.letter), typed(client_p, link.letter), follow=True).content.decode()

    noted = Dispatch.objects.get(channel=Dispatch.Channel.WHATSAPP)
    assert (noted.to, noted.requested_by.username, noted.arrived_at) == (PHONE, "rina", None)
    assert submission_of(link).status == Status.SIGNED
    assert submission_of(link).rounds.get().told_at is None
    assert submission_of(link).events.get(move=Move.WHATSAPP).note == SHOWN_PHONE
    assert "Dikirim, belum tentu sampai." in words
    assert f"ke {SHOWN_PHONE}" in words


def test_a_double_press_is_one_dispatch(link, client_p):
    sent_back = typed(client_p, link.letter)

    for _ in range(2):
        client_p.post(address(link.letter), sent_back)

    assert Dispatch.objects.filter(channel=Dispatch.Channel.WHATSAPP).count() == 1


def test_the_download_by_the_link_is_the_proof(noted, link):
    Client().post(reverse("recommendations:fetch_letter", args=[link.token]))

    assert submission_of(link).status == Status.SENT
    assert submission_of(link).rounds.get().told_at == DownloadLink.objects.get().first_fetched_at


def test_the_answer_of_the_applicant_is_the_proof_too_and_entered_once(noted, link, client_p, petugas):
    place = reverse("recommendations:note_answer", args=[noted.pk])

    empty = client_p.post(place, {"answer": " \x00"}, follow=True).content.decode()
    before = submission_of(link).status
    client_p.post(place, {"answer": "Sudah diterima."}, follow=True)

    noted.refresh_from_db()
    assert "Tulis jawaban pemohon." in empty
    assert before == Status.SIGNED
    assert submission_of(link).status == Status.SENT
    assert submission_of(link).rounds.get().told_at == noted.answered_at
    assert submission_of(link).events.get(move=Move.DELIVER).note.endswith("Sudah diterima.")
    with pytest.raises(NotToAnswer):
        note_answer(noted, answer="Lagi.", by=petugas)


def test_a_mail_has_no_answer(mail, petugas):
    with pytest.raises(NotToAnswer):
        note_answer(mail, answer="Ya.", by=petugas)


def test_a_second_message_asks_before_it_is_there(noted, link, client_p):
    asked = page(client_p, address(link.letter), "Ya, siapkan pesan")
    wanted = page(client_p, f"{address(link.letter)}?lagi=1", "Buka WhatsApp")

    assert "wa.me" not in asked
    assert 'name="again" value="True"' in wanted


def test_two_officers_with_the_message_open_note_it_once_unasked(link, client_p, client_of, kepala, petugas):
    mine, theirs = typed(client_p, link.letter), typed(client_of(petugas), link.letter)
    client_p.post(address(link.letter), mine)

    words = client_of(petugas).post(address(link.letter), theirs, follow=True).content.decode()

    assert "Ada pengiriman baru sejak halaman ini dibuka: WhatsApp kepada 0812-0000-0002" in words
    assert Dispatch.objects.filter(channel=Dispatch.Channel.WHATSAPP).count() == 1


def test_a_form_of_another_letter_is_refused(link, client_p, petugas, kepala):
    other = signed_submission(petugas, kepala).letter
    renew_download(other, by=petugas)

    words = client_p.post(address(link.letter), typed(client_p, other), follow=True).content.decode()

    assert "terlalu lama terbuka" in words
    assert not Dispatch.objects.filter(channel=Dispatch.Channel.WHATSAPP).exists()


@pytest.mark.parametrize("to", ["", "x", "\x00", "0" * 10_000])
def test_a_number_that_is_none_is_not_noted(link, client_p, to):
    form = typed(client_p, link.letter)

    words = client_p.post(address(link.letter), form | {"to": to}, follow=True).content.decode()
    noted = Dispatch.objects.filter(channel=Dispatch.Channel.WHATSAPP)

    assert "Dicatat" not in words
    assert not noted.exists()
    assert "Dicatat" in client_p.post(address(link.letter), form, follow=True).content.decode()
    assert noted.exists()


def test_after_closing_no_message_is_noted(mail, mail_server_at_will, petugas):
    send_dispatch(mail.pk)
    submission = Submission.objects.get()
    close_submission(submission, by=petugas)

    with pytest.raises(MoveNotAllowed):
        note_whatsapp(submission, to=PHONE, form_token=uuid.uuid4(), by=petugas)


def test_an_unsigned_letter_has_no_message(drawn, client_p):
    assert client_p.get(address(drawn)).status_code == 404


def test_only_a_whatsapp_message_is_answered(mail):
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.update(answered_at=timezone.now())
