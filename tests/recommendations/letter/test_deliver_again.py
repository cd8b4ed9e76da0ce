"""A letter is never given twice by itself: the second time asks, and says who has it already."""

import uuid

import pytest
from django.urls import reverse

from recommendations.letter.actions.mail_results import note_bounce
from recommendations.letter.actions.sending import DeliveredBefore, hand_over, send_by_email
from recommendations.letter.tasks import send_dispatch
from recommendations.models import Dispatch, Submission
from tests.pages import seal_of

pytestmark = pytest.mark.usefixtures("quick_paper")


@pytest.fixture
def sent(mail, server) -> Submission:
    """Return a submission whose letter the mail server took."""
    send_dispatch(mail.pk)
    return Submission.objects.get(letters=mail.letter)


def url(name: str, submission: Submission) -> str:
    return reverse(f"recommendations:{name}", args=[submission.pk])


def form_of(client, submission: Submission, to: str) -> dict[str, str]:
    panel = client.get(url("submission_detail", submission)).content.decode()
    return {"to": to, "form_token": str(uuid.uuid4()), "shown": seal_of(panel)}


def test_a_second_mail_to_the_same_address_asks_and_names_the_first(sent, client_p):
    typed = form_of(client_p, sent, sent.applicant.email.upper())

    asked = client_p.post(url("send_letter", sent), typed)
    before = Dispatch.objects.count()
    client_p.post(url("send_letter", sent), typed | {"again": "1"})

    words = asked.content.decode()
    assert asked.status_code == 409
    assert "Surat ini sudah pernah diberikan" in words
    assert sent.applicant.email in words
    assert typed["form_token"] in words
    assert before == 1
    assert Dispatch.objects.count() == 2


def test_two_presses_of_the_answer_send_one_mail(sent, client_p):
    typed = form_of(client_p, sent, sent.applicant.email) | {"again": "1"}

    for _ in range(2):
        client_p.post(url("send_letter", sent), typed)

    assert Dispatch.objects.count() == 2


def test_a_letter_that_was_handed_over_is_not_given_again_unasked(sent, petugas, client_p):
    hand_over(sent, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)

    for name in ("hand_over", "send_letter"):
        answer = client_p.post(url(name, sent), form_of(client_p, sent, "lain@contoh.example"))
        assert "Budi Contoh" in answer.content.decode()
        assert answer.status_code == 409

    assert Dispatch.objects.count() == 2


def test_another_address_is_not_asked_about(sent, petugas):
    send_by_email(sent, to="lain@contoh.example", form_token=uuid.uuid4(), by=petugas)

    assert Dispatch.objects.filter(to="lain@contoh.example").exists()


def test_two_officers_at_once_give_it_once(sent, petugas):
    hand_over(sent, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)

    with pytest.raises(DeliveredBefore):
        hand_over(sent, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)

    assert Dispatch.objects.filter(channel=Dispatch.Channel.PAPER).count() == 1


def test_a_mail_that_came_back_is_not_asked_about(sent, petugas):
    note_bounce(Dispatch.objects.get(), reason="5.1.1", by=petugas)

    again = send_by_email(sent, to=sent.applicant.email, form_token=uuid.uuid4(), by=petugas)

    assert Dispatch.objects.filter(pk=again.pk).exists()
