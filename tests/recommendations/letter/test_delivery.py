"""A letter is mailed through the outbox, and its submission learns what became of the mail. The SMTP server is real."""

import email
import email.policy
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from office.mailing import deliver, tidy_outbox
from office.models import Mail, Office
from office.outbox import MailResultKnown, put_mail
from recommendations.letter.actions.mail_results import confirm_arrival, note_bounce
from recommendations.letter.actions.sending import (
    MailNotRepeatable,
    MailUnderWay,
    close_submission,
    hand_over,
    repeat_mail,
    send_by_email,
)
from recommendations.letter.delivery import note_results, owe_letter_mail
from recommendations.letter.tasks import draw_letter, send_dispatch
from recommendations.models import Dispatch, Round, Submission
from recommendations.workflow import Move, MoveNotAllowed, Status
from tests.factories import due_again, sign
from tests.recommendations.conftest import ADVICE
from tests.recommendations.letter.conftest import again

pytestmark = pytest.mark.usefixtures("quick_paper")

TOKEN, OTHER_TOKEN = "6f1f8f5e-7a43-4d0e-9f57-0d6d8a3f1c01", "6f1f8f5e-7a43-4d0e-9f57-0d6d8a3f1c02"
BOUNCE = "5.1.1 alamat tidak dikenal"


def submission_of(dispatch: Dispatch) -> Submission:
    return again(dispatch).letter.submission


def told_at(dispatch: Dispatch):
    return submission_of(dispatch).rounds.get().told_at


def events(dispatch: Dispatch, move: Move):
    return submission_of(dispatch).events.filter(move=move)


def test_nothing_is_mailed_before_the_letter_is_signed(drawn, server, petugas):
    call_command("catch_up", verbosity=0)
    before = drawn.dispatches.count(), Mail.objects.count()

    dispatch = sign(drawn, by=petugas).dispatches.get()

    assert before == (0, 0)
    assert owe_letter_mail(dispatch.pk) == again(dispatch).mail
    assert owe_letter_mail(dispatch.pk) is None
    assert Mail.objects.count() == 1


def test_the_server_gets_the_letters_own_bytes_and_nothing_unasked(sent, server):
    message = email.message_from_bytes(server.taken[0], policy=email.policy.default)

    (attached,) = message.iter_attachments()
    body = message.get_body().get_content()
    assert message["To"] == sent.to
    assert message["Subject"] == f"Surat Rekomendasi Kegiatan Statistik {sent.letter.number}"
    assert attached.get_filename() == f"Surat Rekomendasi {sent.letter.number.replace('/', '-')}.pdf"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == Path(sent.signed.file.path).read_bytes()
    assert hashlib.sha256(attached.get_content()).hexdigest() == sent.signed.sha256
    assert sent.letter.number in body
    assert ADVICE not in body


def test_a_sent_mail_marks_the_round_as_told_and_moves_the_submission(sent, server):
    assert sent.mail.status == Mail.Status.SENT
    assert sent.letter.submission.status == Status.SENT
    assert told_at(sent) == sent.mail.sent_at
    assert len(server.taken) == 1


def test_a_result_of_the_outbox_reaches_the_submission_at_the_next_catch_up_and_once(mail, server):
    owe_letter_mail(mail.pk)
    deliver(again(mail).mail_id)
    before = submission_of(mail).status

    call_command("catch_up", verbosity=0)
    call_command("catch_up", verbosity=0)

    assert (before, submission_of(mail).status) == (Status.SIGNED, Status.SENT)
    assert events(mail, Move.DELIVER).count() == 1
    assert len(server.taken) == 1


def test_noting_results_takes_one_query_when_every_result_is_noted(sent, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert note_results() == 0


def test_a_greylisted_letter_is_sent_by_the_outbox_without_an_officer(mail, server):
    server.behave(recipient="450 4.2.0 Greylisted")
    send_dispatch(mail.pk)
    put_off = again(mail).mail.status

    server.behave()
    due_again()
    send_dispatch(mail.pk)

    assert (put_off, again(mail).mail.status) == (Mail.Status.PUT_OFF, Mail.Status.SENT)
    assert not events(mail, Move.FAIL).exists()
    assert len(server.taken) == 1


def test_a_refused_letter_says_what_to_do_and_can_be_repeated(mail, server, petugas):
    server.behave(recipient="550 5.1.1 Kotak surat tidak ada")
    send_dispatch(mail.pk)
    send_dispatch(mail.pk)
    note = events(mail, Move.FAIL).get().note
    server.behave()

    repeat_mail(mail, by=petugas)
    send_dispatch(mail.pk)

    assert "Periksa alamatnya" in note
    assert "550 5.1.1 Kotak surat tidak ada" in note
    assert submission_of(mail).status == Status.SENT
    assert len(server.taken) == 1


def test_a_letter_with_an_unknown_result_waits_for_the_officer_who_sends_it_again(mail, server, petugas):
    server.behave(after="hangs up")
    send_dispatch(mail.pk)
    server.behave()
    due_again()
    call_command("catch_up", verbosity=0)
    send_dispatch(mail.pk)
    waits = (again(mail).mail.status, submission_of(mail).status, len(server.taken))

    repeat_mail(mail, by=petugas)
    send_dispatch(mail.pk)

    assert waits == (Mail.Status.UNKNOWN, Status.SIGNED, 1)
    assert submission_of(mail).status == Status.SENT
    assert len(server.taken) == 2


def test_a_letter_with_an_unknown_result_is_taken_as_arrived(mail, server, petugas):
    server.behave(after="hangs up")
    send_dispatch(mail.pk)

    confirm_arrival(mail, by=petugas)

    assert submission_of(mail).status == Status.SENT
    assert told_at(mail) == again(mail).mail.sent_at
    assert events(mail, Move.DELIVER).get().by == petugas
    assert len(server.taken) == 1
    with pytest.raises(MailResultKnown):
        confirm_arrival(mail, by=petugas)


def test_a_bounce_opens_the_promise_again_and_the_letter_must_be_sent_again(sent, server, petugas):
    note_bounce(sent, reason=BOUNCE, by=petugas)

    assert submission_of(sent).status == Status.SIGNED
    assert told_at(sent) is None
    assert Round.objects.promised().filter(submission=submission_of(sent)).exists()
    assert BOUNCE in events(sent, Move.BOUNCE).get().note
    with pytest.raises(MailResultKnown):
        note_bounce(sent, reason=BOUNCE, by=petugas)
    with pytest.raises(MailNotRepeatable):
        repeat_mail(sent, by=petugas)


def test_after_a_bounce_the_letter_goes_to_another_address(sent, server, petugas):
    note_bounce(sent, reason=BOUNCE, by=petugas)

    second = send_by_email(submission_of(sent), to="lain@contoh.example", form_token=TOKEN, by=petugas)
    send_dispatch(second.pk)

    assert submission_of(sent).status == Status.SENT
    assert told_at(sent) == again(second).mail.sent_at
    assert len(server.taken) == 2


def test_a_bounce_after_closing_opens_the_submission_again(sent, petugas):
    close_submission(submission_of(sent), by=petugas)

    note_bounce(sent, reason=BOUNCE, by=petugas)

    assert submission_of(sent).status == Status.SIGNED


def test_a_bounce_changes_no_status_when_the_letter_was_handed_over_too(sent, petugas):
    paper = hand_over(submission_of(sent), to="Budi Contoh", form_token=TOKEN, by=petugas)

    note_bounce(sent, reason=BOUNCE, by=petugas)

    assert submission_of(sent).status == Status.SENT
    assert told_at(sent) == paper.requested_at
    assert events(sent, Move.BOUNCE).exists()


def test_a_bounce_of_a_mail_with_an_unknown_result_changes_no_status(mail, server, petugas):
    server.behave(after="hangs up")
    send_dispatch(mail.pk)

    note_bounce(mail, reason=BOUNCE, by=petugas)

    assert again(mail).mail.status == Mail.Status.BOUNCED
    assert submission_of(mail).status == Status.SIGNED


def test_a_damaged_file_is_not_mailed(mail, server):
    Path(mail.signed.file.path).write_bytes(b"%PDF another")

    send_dispatch(mail.pk)

    assert again(mail).mail.status == Mail.Status.FAILED
    assert "hilang atau berubah" in again(mail).mail.error
    assert server.taken == []


def test_old_mails_lose_their_text_and_the_letter_stays(sent, settings):
    tidy_outbox(timezone.now() + timedelta(days=settings.MAIL_TEXT_DAYS, minutes=1))

    assert again(sent).mail.body == ""
    assert hashlib.sha256(Path(sent.signed.file.path).read_bytes()).hexdigest() == sent.signed.sha256


def test_a_sent_mail_is_recorded_even_if_the_submission_was_closed_meanwhile(mail, petugas, server):
    hand_over(submission_of(mail), to="Budi Contoh", form_token=TOKEN, by=petugas)
    close_submission(submission_of(mail), by=petugas)

    send_dispatch(mail.pk)

    assert again(mail).mail.status == Mail.Status.SENT
    assert submission_of(mail).status == Status.CLOSED
    assert events(mail, Move.DELIVER).filter(note=str(mail)).count() == 1


def test_a_mail_of_a_closed_submission_is_not_repeated(mail, petugas, server):
    server.behave(recipient="550 5.1.1")
    send_dispatch(mail.pk)
    hand_over(submission_of(mail), to="Budi Contoh", form_token=TOKEN, by=petugas)
    close_submission(submission_of(mail), by=petugas)

    with pytest.raises(MoveNotAllowed):
        repeat_mail(mail, by=petugas)


def test_while_a_mail_is_under_way_no_other_mail_of_the_letter_is_repeated(mail, petugas, server):
    server.behave(recipient="550 5.1.1")
    send_dispatch(mail.pk)
    second = send_by_email(submission_of(mail), to="lain@contoh.example", form_token=TOKEN, by=petugas)

    with pytest.raises(MailUnderWay):
        repeat_mail(mail, by=petugas)
    with pytest.raises(MailUnderWay):
        send_by_email(submission_of(mail), to="lagi@contoh.example", form_token=OTHER_TOKEN, by=petugas)

    assert list(Dispatch.objects.under_way()) == [second]


def test_the_time_at_which_the_applicant_was_first_told_is_kept(sent, petugas):
    first = told_at(sent)

    hand_over(submission_of(sent), to="Budi Contoh", form_token=TOKEN, by=petugas)

    assert told_at(sent) == first


def test_both_tasks_repeated_make_one_file_and_one_mail(letter, server, petugas):
    for _ in range(2):
        draw_letter(letter.pk)
    dispatch = sign(letter, by=petugas).dispatches.get()
    for _ in range(2):
        send_dispatch(dispatch.pk)

    assert len(server.taken) == 1
    assert letter.submission.events.filter(move=Move.DRAW).count() == 1
    assert letter.submission.events.filter(move=Move.DELIVER).count() == 1


def test_a_mail_from_before_the_signature_keeps_no_promise_and_is_not_repeated(drawn, server, petugas):
    given = {"file": drawn.pdf.name, "sha256": drawn.sha256, "file_name": "surat.pdf", "starts": False}
    old = Dispatch.objects.create(
        letter=drawn,
        channel=Dispatch.Channel.EMAIL,
        to="budi@contoh.example",
        requested_by=petugas,
        mail=put_mail(key="letter:old", to="budi@contoh.example", subject="Surat", body="Terlampir.", **given),
    )
    Office.objects.update(send_when_signed=False)
    sign(drawn, by=petugas)
    server.behave(recipient="550 5.1.1 Kotak surat tidak ada")
    send_dispatch(old.pk)

    with pytest.raises(MailNotRepeatable):
        repeat_mail(again(old), by=petugas)
    Mail.objects.filter(pk=old.mail_id).update(status=Mail.Status.UNKNOWN)
    confirm_arrival(again(old), by=petugas)

    assert submission_of(old).status == Status.SIGNED
    assert told_at(old) is None
