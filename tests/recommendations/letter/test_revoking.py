"""The head revokes a letter: it is no longer used, its applicant gets a mail, and nothing of it is lost."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from office import mailing
from office.clock import ClockWentBack
from office.heads import NotTheHead
from office.models import ClockMark, Head, Mail
from office.outbox import repeat
from office.seals import MovedOn
from recommendations.letter.actions.mail_results import note_bounce
from recommendations.letter.actions.replacing import want_replacement
from recommendations.letter.actions.revoking import revoke_letter
from recommendations.letter.actions.sending import hand_over, repeat_mail, send_by_email
from recommendations.letter.delivery import note_results, owe_letter_mail
from recommendations.letter.ending import SigningUnderWay
from recommendations.letter.panel_seal import shown_panel
from recommendations.letter.pdf import NotSignedYet, given_bytes
from recommendations.letter.tasks import send_dispatch, tell_ended_letters
from recommendations.models import Dispatch, Letter, RegisterNumber, Round, Submission
from recommendations.signing.actions.scans import ScanDecided, accept_scan, take_scan
from recommendations.workflow import LetterMoveNotAllowed, LetterStatus, MoveNotAllowed, Status
from tests.factories import paper, with_pages
from tests.pages import page, seal_of
from tests.recommendations.letter.conftest import again

pytestmark = pytest.mark.usefixtures("quick_paper")

REASON = "Kegiatan dibatalkan penyelenggara."


def revoke(letter: Letter, by, **options) -> Letter:
    return revoke_letter(letter, reason=REASON, by=by, **options)


def notes(submission: Submission, move: str) -> list[str]:
    return list(submission.events.filter(move=move).values_list("note", flat=True))


def test_a_revoked_letter_says_when_by_whom_and_why(signed, kepala):
    revoked = revoke(signed, kepala)

    submission = Submission.objects.get()
    assert (revoked.status, submission.status) == (LetterStatus.REVOKED, Status.REVOKED)
    assert (revoked.ended_on, revoked.ended_by, revoked.ended_reason) == (timezone.localdate(), kepala, REASON)
    assert notes(submission, "revoke") == [f"{signed.number}: {REASON}"]
    assert submission.letter == signed


def test_its_bytes_and_its_numbers_stay(signed, kepala):
    before, numbers = given_bytes(signed), list(signed.numbers.order_by("pk").values_list("register", "running"))

    revoke(signed, kepala)

    letter = Letter.objects.get()
    assert given_bytes(letter) == before
    assert list(letter.numbers.order_by("pk").values_list("register", "running")) == numbers
    assert {one.state for one in RegisterNumber.objects.all()} == {RegisterNumber.State.USED}


def test_an_unsigned_letter_is_withdrawn_and_never_signed(drawn, kepala, petugas):
    revoke(drawn, kepala)

    with pytest.raises(MoveNotAllowed):
        take_scan(drawn, file=paper("pindaian.pdf"), by=petugas)
    with pytest.raises(NotSignedYet):
        given_bytes(Letter.objects.get())


def test_the_promise_stops_when_the_applicant_knew_no_result(signed, kepala):
    revoke(signed, kepala)

    told = Round.objects.get()
    assert (told.told_at, Submission.objects.get().due_on) == (None, None)
    assert told.stopped_at == Letter.objects.get().ended_at


def test_a_kept_promise_stays_kept(sent, kepala):
    revoke(sent.letter, kepala)

    told = Round.objects.get()
    assert (told.told_at, told.stopped_at) == (sent.mail.sent_at, None)


def test_only_the_head_on_that_day_revokes(signed, kepala, petugas):
    Head.objects.update(until_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(NotTheHead):
        revoke(signed, kepala)
    assert Letter.objects.get().status == LetterStatus.VALID


def test_while_the_clock_is_behind_nothing_is_revoked(signed, kepala):
    ClockMark.objects.update_or_create(pk=ClockMark.ONLY, defaults={"seen_at": timezone.now() + timedelta(hours=1)})

    with pytest.raises(ClockWentBack):
        revoke(signed, kepala)
    assert Letter.objects.get().status == LetterStatus.VALID


def test_the_second_of_two_heads_is_refused(signed, kepala):
    revoke(signed, kepala)

    with pytest.raises(LetterMoveNotAllowed, match="berstatus Dicabut"):
        revoke(signed, kepala)
    assert len(notes(signed.submission, "revoke")) == 1


def test_a_page_opened_before_the_letter_was_signed_revokes_nothing(drawn, kepala, petugas):
    shown = shown_panel(drawn)
    accept_scan(with_pages(take_scan(drawn, file=paper("pindaian.pdf"), by=petugas)), by=petugas)

    with pytest.raises(MovedOn, match="Keadaan surat kini “Berlaku”"):
        revoke(drawn, kepala, shown=shown)
    assert Letter.objects.get().status == LetterStatus.VALID


def test_a_letter_that_may_be_signed_at_this_moment_is_not_revoked(drawn, kepala, petugas):
    Letter.objects.update(maybe_signed_at=timezone.now())
    with pytest.raises(SigningUnderWay):
        revoke(drawn, kepala)

    Letter.objects.update(maybe_signed_at=None)
    scan = take_scan(drawn, file=paper("pindaian.pdf"), by=petugas)
    with pytest.raises(SigningUnderWay):
        revoke(drawn, kepala)
    accept_scan(with_pages(scan), by=petugas)
    revoke(drawn, kepala)
    with pytest.raises((MoveNotAllowed, ScanDecided)):
        accept_scan(scan, by=petugas)


def test_a_revoked_letter_is_sent_and_handed_over_no_more(sent, kepala, petugas):
    revoke(sent.letter, kepala)
    Mail.objects.update(status=Mail.Status.UNKNOWN, sent_at=None)

    for deliver in (send_by_email, hand_over):
        with pytest.raises(MoveNotAllowed, match="Surat dicabut"):
            deliver(sent.letter.submission, to="budi@contoh.example", form_token=uuid.uuid4(), by=petugas)
    with pytest.raises(MoveNotAllowed, match="Surat dicabut"):
        repeat_mail(sent, by=petugas)


def test_a_mail_that_nobody_began_to_send_is_not_sent(mail, server, kepala):
    owe_letter_mail(mail.pk)

    revoke(mail.letter, kepala)
    send_dispatch(mail.pk)

    assert again(mail).mail.status == Mail.Status.FAILED
    assert again(mail).mail.error == "Surat dicabut sebelum e-mail ini dikirim."
    assert not [one for one in server.taken if b"Terlampir surat" in one]


@pytest.mark.parametrize("state", [Mail.Status.REFUSED, Mail.Status.FAILED, Mail.Status.UNKNOWN, Mail.Status.PUT_OFF])
@pytest.mark.parametrize("step", [revoke_letter, want_replacement])
def test_the_admin_of_the_outbox_sends_no_mail_with_a_letter_that_is_not_to_be_used(mail, kepala, state, step):
    letter_mail = owe_letter_mail(mail.pk)
    Mail.objects.update(status=state, claimed_at=timezone.now())

    step(mail.letter, reason=REASON, by=kepala)

    assert not repeat(letter_mail)
    assert Mail.objects.get(pk=letter_mail.pk).body == ""


def test_a_mail_that_the_server_puts_off_while_its_letter_is_revoked_is_not_tried_again(
    mail, server, kepala, monkeypatch
):
    letter_mail = owe_letter_mail(mail.pk)
    server.behave(recipient="450 4.2.0 Greylisted")
    compose = mailing.message_of

    def revoked_meanwhile(claimed):
        revoke(mail.letter, kepala)
        return compose(claimed)

    monkeypatch.setattr(mailing, "message_of", revoked_meanwhile)
    mailing.deliver(letter_mail.pk)

    assert Mail.objects.get(pk=letter_mail.pk).status == Mail.Status.FAILED
    assert not Mail.objects.get(pk=letter_mail.pk).can_be_repeated


def test_a_letter_whose_mail_was_not_written_yet_is_not_mailed(mail, server, kepala):
    revoke(mail.letter, kepala)

    assert owe_letter_mail(mail.pk) is None
    assert (Dispatch.objects.unmailed().count(), Dispatch.objects.under_way().count()) == (0, 0)


def test_a_mail_that_was_being_sent_arrives_too_late_to_keep_the_promise(mail, kepala):
    owe_letter_mail(mail.pk)
    Mail.objects.update(status=Mail.Status.SENDING, claimed_at=timezone.now())

    revoke(mail.letter, kepala)
    Mail.objects.filter(key__startswith="letter:").update(
        status=Mail.Status.SENT, sent_at=timezone.now() + timedelta(seconds=5)
    )
    note_results()

    submission = Submission.objects.get()
    assert (submission.status, Round.objects.get().told_at) == (Status.REVOKED, None)
    assert len(notes(submission, "deliver")) == 1


def test_a_bounce_after_the_revocation_opens_no_promise_again(sent, kepala, petugas):
    revoke(sent.letter, kepala)

    note_bounce(sent, reason="5.1.1 alamat tidak dikenal", by=petugas)

    told = Round.objects.get()
    assert (told.told_at, told.stopped_at) == (None, Letter.objects.get().ended_at)
    assert Submission.objects.get().status == Status.REVOKED
    assert len(notes(sent.letter.submission, "bounce")) == 1


def test_the_applicant_is_told_once_also_when_the_queue_was_lost(signed, kepala):
    revoke(signed, kepala)  # its message to the worker is lost

    for _ in range(2):
        call_command("catch_up", verbosity=0)
    tell_ended_letters()

    told = Mail.objects.get(key=f"ended:{signed.pk}")
    assert told.to == signed.submission.applicant.email
    assert told.subject == f"Surat {signed.number} dicabut"
    for words in (REASON, signed.number, signed.identity_number, signed.content["check_url"]):
        assert words in told.body
    assert not Letter.objects.owing_notice().exists()


def test_the_head_revokes_on_the_page_with_a_reason_and_the_officers_read_it(signed, client_of, kepala, petugas):
    place = reverse("recommendations:submission_detail", args=[signed.submission_id])
    head, address = client_of(kepala), reverse("recommendations:revoke_letter", args=[signed.pk])
    opened = page(head, place, "Cabut surat ini?")

    without = head.post(address, {"shown": seal_of(opened)}, follow=True).content.decode()
    head.post(address, {"shown": seal_of(opened), "reason": REASON})

    assert "Tulis sebab pencabutan" in without
    shown = page(client_of(petugas), place, f"Surat {signed.number} dicabut")
    assert REASON in shown
    assert str(kepala) in shown
    assert "Cabut surat ini?" not in shown
    assert "Kirim PDF ke e-mail" not in shown


def test_an_officer_sees_no_button_to_revoke(signed, client_of, petugas):
    place = reverse("recommendations:submission_detail", args=[signed.submission_id])

    assert "Cabut surat" not in page(client_of(petugas), place, signed.number)


def test_the_applicants_page_says_it_and_gives_the_letter_no_more(sent, kepala, phone):
    place = reverse("recommendations:track", args=[sent.letter.submission.token])
    letter = reverse("recommendations:track_letter", args=[sent.letter.submission.token])
    before = page(phone, place, "Unduh surat (PDF)"), phone.get(letter).status_code

    revoke(sent.letter, kepala)

    after = page(phone, place, "Surat rekomendasi dicabut dan tidak berlaku lagi")
    assert before[1] == 200
    assert "Unduh surat" not in after
    assert phone.get(letter).status_code == 302


def test_a_letter_from_before_the_signing_is_revoked_as_what_it_is(drawn, kepala, petugas):
    Letter.objects.update(status=LetterStatus.VALID)
    Submission.objects.update(status=Status.SENT)
    Dispatch.objects.create(letter=drawn, channel=Dispatch.Channel.PAPER, to="Budi Contoh", requested_by=petugas)
    before = given_bytes(Letter.objects.get())

    revoke(drawn, kepala)

    assert given_bytes(Letter.objects.get()) == before
