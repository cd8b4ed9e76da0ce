"""A letter is never given twice by itself: the second time asks, and says who has it already."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from office.formats import short_date
from office.models import Mail
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


@pytest.fixture
def bounced(sent, petugas) -> Submission:
    """Return a submission whose letter came back from the applicant's address."""
    note_bounce(Dispatch.objects.get(), reason="5.1.1 alamat tidak dikenal", by=petugas)
    return sent


def test_an_address_from_which_mail_came_back_is_asked_about_and_says_since_when_and_why(bounced, client_p):
    words = f"E-mail ke {bounced.applicant.email} pernah kembali, dicatat {short_date(timezone.now())}: 5.1.1"
    panel = client_p.get(url("submission_detail", bounced)).content.decode()
    typed = form_of(client_p, bounced, bounced.applicant.email.upper())

    asked = client_p.post(url("send_letter", bounced), typed)
    before = Dispatch.objects.count()
    client_p.post(url("send_letter", bounced), typed | {"again": "1"})

    assert words in panel
    assert asked.status_code == 409
    assert "E-mail ke alamat ini pernah kembali" in asked.content.decode()
    assert words in asked.content.decode()
    assert typed["form_token"] in asked.content.decode()
    assert before == 1
    assert Dispatch.objects.latest("pk").to == typed["to"]


def test_a_letter_given_at_the_counter_asks_about_the_address_on_the_same_page(bounced, petugas, client_p):
    hand_over(bounced, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)

    asked = client_p.post(url("send_letter", bounced), form_of(client_p, bounced, bounced.applicant.email))

    assert "Surat ini sudah pernah diberikan" in asked.content.decode()
    assert "pernah kembali, dicatat" in asked.content.decode()


def test_another_address_than_the_bounced_one_is_not_asked_about(bounced, petugas):
    send_by_email(bounced, to="lain@contoh.example", form_token=uuid.uuid4(), by=petugas)

    assert Dispatch.objects.filter(to="lain@contoh.example").exists()


def test_an_address_that_later_took_a_mail_is_bounced_no_more(bounced, petugas, client_p):
    again = send_by_email(bounced, to=bounced.applicant.email, form_token=uuid.uuid4(), again=True, by=petugas)
    send_dispatch(again.pk)

    with pytest.raises(DeliveredBefore):
        send_by_email(bounced, to=bounced.applicant.email, form_token=uuid.uuid4(), by=petugas)
    asked = client_p.post(url("send_letter", bounced), form_of(client_p, bounced, bounced.applicant.email))
    panel = client_p.get(url("submission_detail", bounced)).content.decode()

    assert "Surat ini sudah pernah diberikan" in asked.content.decode()
    assert "pernah kembali" not in asked.content.decode()
    assert panel.count("pernah kembali") == 1  # the row of the mail that was sent although the address had bounced


def test_the_mail_that_signing_starts_says_that_its_address_had_bounced(mail, petugas, client_p):
    Mail.objects.create(
        key="slip:1", to=mail.to.upper(), subject="Catatan", status=Mail.Status.BOUNCED, error="5.1.1",
        decided_at=mail.requested_at - timedelta(days=1), decided_by=petugas,
    )  # fmt: skip

    panel = client_p.get(url("submission_detail", mail.letter.submission)).content.decode()
    row = panel[panel.index('id="letter-dispatches"') :].partition("<form")[0]

    assert f"E-mail ke {mail.to.upper()} pernah kembali" in row


def test_a_mail_that_failed_is_repeated_to_a_bounced_address_only_after_the_question(mail, petugas, client_p):
    send_dispatch(mail.pk)
    Mail.objects.update(status=Mail.Status.FAILED, sent_at=None, error="451")
    Mail.objects.create(
        key="slip:1", to=mail.to, subject="Catatan", status=Mail.Status.BOUNCED, error="5.1.1",
        decided_at=timezone.now(), decided_by=petugas,
    )  # fmt: skip
    address = reverse("recommendations:repeat_mail", args=[mail.pk])

    asked = client_p.post(address)
    before = Mail.objects.get(key=f"letter:{mail.pk}").status
    client_p.post(address, {"again": "1"})

    assert asked.status_code == 409
    assert f"Tetap kirim ke <b>{mail.to}</b>?" in asked.content.decode()
    assert before == Mail.Status.FAILED
    assert Mail.objects.get(key=f"letter:{mail.pk}").status != Mail.Status.FAILED
