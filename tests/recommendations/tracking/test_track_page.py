"""The applicant's page: what it says in each state, and what it never says."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.letter.actions.sending import hand_over
from recommendations.letter.pdf import given_bytes
from recommendations.models import Round, Submission
from recommendations.recording.actions.completing import record_complete
from recommendations.slip.pdf import slip_pdf
from recommendations.submissions.actions.opening import cancel
from recommendations.tracking import views
from recommendations.tracking.actions import send_answers
from recommendations.tracking.page import masked_name
from tests.factories import (
    SubmissionFactory,
    issued_submission,
    recorded_submission,
    signed_submission,
    verified_submission,
)
from tests.recommendations.tracking.test_answering import answers

pytestmark = pytest.mark.django_db
INTERNAL = ("Perekaman", "Pemeriksaan", "walidata", "temuan", "verifikasi", "petugas Dewi", "recording", "checking")


def page(submission: Submission, phone: Client | None = None):
    return (phone or Client()).get(reverse("recommendations:track", args=[submission.token]))


def words(submission: Submission) -> str:
    return page(submission).content.decode()


def test_while_it_is_examined_it_says_until_when(petugas):
    submission = recorded_submission(petugas)
    Round.objects.update(due_is_provisional=True)

    shown = words(submission)

    assert "Kami sedang memeriksa formulir Anda" in shown
    assert "paling lambat" in shown
    assert "(sementara)" in shown
    assert submission.register in shown
    assert "Anda tidak perlu melakukan apa-apa sekarang" in shown


@pytest.mark.parametrize("state", ["recording", "returned", "verified", "issued", "signed", "sent", "cancelled"])
def test_every_state_has_a_sentence_and_no_internal_word(state, petugas, kepala, returned):
    made = {
        "recording": lambda: SubmissionFactory(officer=petugas),
        "returned": lambda: returned,
        "verified": lambda: verified_submission(petugas),
        "issued": lambda: issued_submission(petugas, kepala),
        "signed": lambda: signed_submission(petugas, kepala),
        "sent": lambda: handed_over(petugas, kepala),
        "cancelled": lambda: cancel(returned, reason="Rahasia kantor.", by=petugas),
    }[state]()

    shown = words(made)

    sentence = {
        "recording": "Kami sedang merekam formulir Anda",
        "returned": "1 hal perlu Anda perbaiki",
        "verified": "menunggu persetujuan Kepala",
        "issued": "menunggu tanda tangan Kepala",
        "signed": "Surat rekomendasi sudah terbit",
        "sent": "Unduh surat (PDF)",
        "cancelled": "Permohonan ini tidak dilanjutkan",
    }[state]
    assert sentence in shown
    assert [word for word in (*INTERNAL, "Rahasia kantor") if word in shown] == []


def handed_over(petugas, kepala) -> Submission:
    submission = signed_submission(petugas, kepala)
    hand_over(submission, to="Budi Contoh", form_token="6f1f8f5e-7a43-4d0e-9f57-0d6d8a3f1c01", by=petugas)
    submission.refresh_from_db()
    return submission


def test_no_phone_email_or_name_but_the_contacts_own_masked(returned):
    contact = returned.applicant

    shown = words(returned)

    assert "Sari C***" in shown
    for secret in (contact.name, contact.email, contact.phone, contact.romantik_username, "Rina Contoh"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Sari Contoh", "Sari C***"),
        ("Suharto", "Su***"),
        ("Ani Budi Citra Dewi", "Ani B*** C*** D***"),
        ("", "***"),
    ],
)
def test_a_name_is_masked(name, masked):
    assert masked_name(name) == masked


def test_the_page_is_not_cached_and_not_indexed(returned):
    answer = page(returned)

    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


@pytest.mark.parametrize("name", ["track", "track_slip", "track_letter"])
@pytest.mark.parametrize("token", ["x", "A" * 22, "a" * 500])
def test_an_unknown_link_is_a_friendly_page(db, name, token):
    answer = Client().get(reverse(f"recommendations:{name}", args=[token]))

    assert answer.status_code == 404
    assert "Tautan ini tidak ditemukan" in answer.content.decode()


def test_tokens_cannot_be_guessed(petugas):
    tokens = {SubmissionFactory(officer=petugas).token for _ in range(20)}

    assert len(tokens) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22,32}", token) for token in tokens)


def test_too_many_posts_are_stopped_but_the_page_still_opens(returned, phone, monkeypatch, time_machine):
    time_machine.move_to(timezone.now(), tick=False)  # a busy machine would begin the next minute
    monkeypatch.setattr(views, "POSTS_A_MINUTE", 3)
    place = reverse("recommendations:track_answer", args=[returned.token])

    codes = [phone.post(place, headers={"HX-Request": "true"}).status_code for _ in range(5)]

    assert codes == [200, 200, 200, 429, 429]
    assert page(returned).status_code == 200

    stopped = phone.post(place)

    assert (stopped.status_code, stopped["Retry-After"]) == (429, "60")
    assert "<h1>Terlalu sering dikirim</h1>" in stopped.content.decode()
    assert f'href="/lacak/{returned.token}/"' in stopped.content.decode()


def test_the_slip_is_fetched_byte_for_byte_only_while_it_is_returned(returned, mailed, phone, petugas):
    place = reverse("recommendations:track_slip", args=[returned.token])

    assert phone.get(place).content == slip_pdf(mailed)
    record_complete(returned, by=petugas)
    assert phone.get(place).status_code == 302


def test_the_letter_is_fetched_only_after_its_delivery(petugas, kepala, phone):
    submission = signed_submission(petugas, kepala)
    place = reverse("recommendations:track_letter", args=[submission.token])
    before = phone.get(place)

    hand_over(submission, to="Budi Contoh", form_token="6f1f8f5e-7a43-4d0e-9f57-0d6d8a3f1c02", by=petugas)

    submission.letter.refresh_from_db()
    assert before.status_code == 302
    assert phone.get(place).content == given_bytes(submission.letter)
    assert reverse("check_letter", args=[submission.letter.token]) in words(submission)


def test_after_sending_it_says_so(returned, correction):
    send_answers(returned, answers({correction: "Indikator ditambahkan."}))

    shown = words(returned)

    assert "Perbaikan Anda sudah kami terima" in shown
    assert "Kirim perbaikan" in shown


def test_a_get_changes_nothing(returned, phone, mailed):
    before = returned.events.count()

    for name in ("track", "track_slip", "track_letter"):
        phone.get(reverse(f"recommendations:{name}", args=[returned.token]), {"answer-1": "x"})
    codes = [
        phone.get(reverse(f"recommendations:{name}", args=[returned.token])).status_code
        for name in ("track_answer", "track_send", "track_files")
    ]

    assert codes == [405, 405, 405]
    assert returned.events.count() == before


def test_the_link_is_on_receipt_slip_and_mail(returned, mailed, client_of, petugas):
    link = f"/lacak/{returned.token}/"

    receipt = client_of(petugas).get(reverse("recommendations:receipt", args=[returned.pk])).content.decode()

    assert link in receipt
    assert link in mailed.content["page_url"]
    assert link in mailed.mail.body
