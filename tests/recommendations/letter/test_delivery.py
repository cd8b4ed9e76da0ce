"""A dispatch is claimed, sent and marked. Every outcome is tested with the rows that it leaves."""

import smtplib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail as outbox_of
from django.utils import timezone

from recommendations.letter import delivery
from recommendations.letter.actions.sending import close_submission, hand_over, repeat_mail
from recommendations.letter.delivery import claim_dispatch, mark_delivered, mark_failed, send
from recommendations.letter.pdf import draw
from recommendations.letter.tasks import draw_letter, send_dispatch
from recommendations.models import Dispatch
from recommendations.workflow import Move, MoveNotAllowed, Status
from tests.recommendations.conftest import ADVICE

pytestmark = pytest.mark.usefixtures("quick_paper")

TOKEN = "6f1f8f5e-7a43-4d0e-9f57-0d6d8a3f1c01"


@pytest.fixture
def outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return outbox_of.outbox


@pytest.fixture
def claimed(mail) -> Dispatch:
    return claim_dispatch(mail.pk, at=timezone.now())


def again(dispatch: Dispatch) -> Dispatch:
    return Dispatch.objects.select_related("letter__submission").get(pk=dispatch.pk)


def test_a_mail_waits_until_its_letter_is_drawn(letter):
    mail = letter.dispatches.get()

    assert claim_dispatch(mail.pk, at=timezone.now()) is None
    draw(letter.pk)
    assert claim_dispatch(mail.pk, at=timezone.now()) == mail


def test_of_two_workers_only_one_gets_the_mail(mail):
    first, second = (claim_dispatch(mail.pk, at=timezone.now()) for _ in range(2))

    assert first.attempts == 1
    assert second is None


def test_a_mail_whose_worker_died_is_owed_again_under_the_same_message_id(claimed):
    later = timezone.now() + timedelta(minutes=11)

    taken_up = claim_dispatch(claimed.pk, at=later)

    assert taken_up.attempts == 2
    assert taken_up.message_id == claimed.message_id


def test_a_sent_mail_marks_the_round_as_told_and_moves_the_submission(claimed, outbox):
    send(claimed)

    sent = again(claimed)
    assert sent.status == Dispatch.Status.SENT
    assert sent.sent_at
    assert sent.letter.submission.status == Status.SENT
    assert sent.letter.submission.rounds.get().told_at == sent.sent_at


def test_the_mail_carries_the_letters_own_bytes_and_nothing_unasked(claimed, outbox):
    send(claimed)

    (message,) = outbox
    name, content, kind = message.attachments[0]
    assert message.to == [claimed.to]
    assert name == f"Surat Rekomendasi {claimed.letter.identity_number}.pdf"
    assert content == Path(claimed.letter.pdf.path).read_bytes()
    assert kind == "application/pdf"
    assert claimed.letter.number in message.body
    assert ADVICE not in message.body


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (smtplib.SMTPRecipientsRefused({"x": (550, b"5.1.1 No such user")}), "Periksa alamatnya"),
        (smtplib.SMTPRecipientsRefused({"x": (450, b"4.2.0 Greylisted")}), "beberapa menit lagi"),
        (smtplib.SMTPDataError(451, b"Try again later"), "beberapa menit lagi"),
        (smtplib.SMTPAuthenticationError(535, b"Bad credentials"), "admin kantor"),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "mungkin sudah sampai"),
        (ConnectionRefusedError(111, "Connection refused"), "beberapa menit lagi"),
        (TimeoutError(), "beberapa menit lagi"),
        (ValueError("Header values can't contain newlines"), "Periksa alamatnya"),
    ],
)
def test_a_failure_says_what_to_do_and_can_be_repeated(claimed, petugas, monkeypatch, problem, words):
    monkeypatch.setattr(delivery, "letter_mail", _that_fails(problem))

    send(claimed)

    failed = again(claimed)
    assert failed.status == Dispatch.Status.FAILED
    assert words in failed.error
    assert failed.letter.submission.status == Status.ISSUED
    assert failed.letter.submission.events.filter(move=Move.FAIL, note__contains=words).exists()
    repeat_mail(failed, by=petugas)
    assert claim_dispatch(failed.pk, at=timezone.now()).attempts == 2


def _that_fails(problem: Exception):
    class Mail:
        def send(self):
            raise problem

    return lambda dispatch: Mail()


def test_a_damaged_file_is_not_mailed(claimed, outbox):
    Path(claimed.letter.pdf.path).write_bytes(b"%PDF another")

    send(claimed)

    assert "hilang atau berubah" in again(claimed).error
    assert not outbox


def test_a_sent_mail_is_recorded_even_if_the_submission_was_closed_meanwhile(claimed, petugas, outbox):
    submission = claimed.letter.submission
    hand_over(submission, to="Budi Contoh", form_token=TOKEN, by=petugas)
    close_submission(submission, by=petugas)

    send(claimed)

    sent = again(claimed)
    assert sent.status == Dispatch.Status.SENT
    assert sent.letter.submission.status == Status.CLOSED
    assert sent.letter.submission.events.filter(move=Move.DELIVER, note=str(sent)).count() == 1
    assert claim_dispatch(sent.pk, at=timezone.now() + timedelta(hours=1)) is None


def test_a_mail_of_a_closed_submission_is_not_repeated(claimed, petugas):
    mark_failed(claimed, reason="contoh")
    submission = claimed.letter.submission
    hand_over(submission, to="Budi Contoh", form_token=TOKEN, by=petugas)
    close_submission(submission, by=petugas)

    with pytest.raises(MoveNotAllowed):
        repeat_mail(again(claimed), by=petugas)


def test_the_time_at_which_the_applicant_was_first_told_is_kept(claimed, petugas):
    first = timezone.now()
    mark_delivered(claimed, at=first, by=None)

    hand_over(claimed.letter.submission, to="Budi Contoh", form_token=TOKEN, by=petugas)

    assert claimed.letter.submission.rounds.get().told_at == first


def test_a_worker_that_comes_late_with_its_failure_does_not_undo_what_another_sent(claimed):
    other = claim_dispatch(claimed.pk, at=timezone.now() + timedelta(minutes=11))
    mark_delivered(other, at=timezone.now(), by=None)

    mark_failed(claimed, reason="terlambat")

    assert again(claimed).status == Dispatch.Status.SENT
    assert not again(claimed).letter.submission.events.filter(move=Move.FAIL).exists()


def test_both_tasks_repeated_make_one_file_and_one_mail(letter, outbox, monkeypatch):
    monkeypatch.setattr(send_dispatch, "delay", send_dispatch.run)  # at once

    for _ in range(2):
        draw_letter(letter.pk)
        send_dispatch(letter.dispatches.get().pk)

    assert len(outbox) == 1
    assert letter.submission.events.filter(move=Move.DRAW).count() == 1
    assert letter.submission.events.filter(move=Move.DELIVER).count() == 1
