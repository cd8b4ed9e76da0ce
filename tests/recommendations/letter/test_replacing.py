"""A wrong letter is replaced by another one that names it; both stay, and only one of them counts."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from office.clock import ClockWentBack
from office.heads import NotTheHead
from office.models import ClockMark, Head, Mail, Office
from office.seals import MovedOn
from recommendations.letter.actions.issuing import issue_letter
from recommendations.letter.actions.mail_results import note_bounce
from recommendations.letter.actions.numbering import IdentityStays
from recommendations.letter.actions.replacing import keep_letter, want_replacement
from recommendations.letter.actions.revoking import revoke_letter
from recommendations.letter.actions.sending import close_submission, hand_over, repeat_mail, send_by_email
from recommendations.letter.delivery import note_results, owe_letter_mail
from recommendations.letter.ending import LetterBeingReplaced, SigningUnderWay
from recommendations.letter.numbers import suggested_number
from recommendations.letter.panel_seal import shown_panel
from recommendations.letter.pdf import draw, file_name, given_bytes
from recommendations.letter.register import register_lines, unregistered_letters
from recommendations.letter.tasks import send_dispatch, tell_ended_letters
from recommendations.models import Letter, RegisterNumber, Round, Submission
from recommendations.signing.actions.scans import take_scan
from recommendations.workflow import LetterMoveNotAllowed, LetterStatus, MoveNotAllowed, Status
from tests.factories import issue, paper, sign
from tests.pages import page, seal_of
from tests.recommendations.letter.conftest import again

pytestmark = pytest.mark.usefixtures("quick_paper")

REASON = "Judul kegiatan keliru."


def wrong(letter: Letter, by, **options) -> Letter:
    return want_replacement(letter, reason=REASON, by=by, **options)


def replace(letter: Letter, by) -> Letter:
    """Let the letter be replaced, and return the new one, drawn."""
    wrong(letter, by)
    new = issue(Submission.objects.get(pk=letter.submission_id), by=by)
    draw(new.pk)
    return Letter.objects.select_related("submission").get(pk=new.pk)


def notes(submission: Submission, move: str) -> list[str]:
    return list(submission.events.filter(move=move).values_list("note", flat=True))


def test_the_new_letter_has_its_own_number_and_the_same_identity_number(signed, kepala):
    new = replace(signed, kepala)

    old = Letter.objects.get(pk=signed.pk)
    assert new.number != old.number
    assert new.identity_number == old.identity_number
    assert (new.replaces, old.replaced_by, old.submission.letter) == (old, new, new)
    assert (old.status, new.status) == (LetterStatus.REPLACED, LetterStatus.ISSUED)
    assert (old.ended_on, old.ended_by, old.ended_reason) == (new.issued_on, kepala, REASON)
    assert Submission.objects.get().status == Status.ISSUED


def test_the_new_letter_names_the_replaced_one(signed, kepala):
    new = replace(signed, kepala)

    assert new.content["replaces"] == {"number": signed.number, "date": signed.content["date"]}
    assert notes(new.submission, "reissue") == [f"{new.number}, {new.identity_number}, menggantikan {signed.number}"]


def test_the_old_letter_keeps_its_bytes_and_its_number(signed, kepala):
    before = given_bytes(signed)

    new = replace(signed, kepala)

    old = Letter.objects.get(pk=signed.pk)
    assert given_bytes(old) == before
    assert [one.register for one in old.numbers.all()] == ["own"]
    assert {one.register for one in new.numbers.all()} == {"own", "v"}
    assert RegisterNumber.objects.count() == 3


def test_a_replacing_letter_arrives_under_a_subject_and_a_file_name_of_its_own(signed, kepala, petugas):
    new = replace(signed, kepala)
    sign(new, by=petugas)

    mail = owe_letter_mail(new.dispatches.get().pk)

    assert mail.subject == f"Surat Rekomendasi Kegiatan Statistik {new.number}, pengganti"
    assert mail.file_name == f"Surat Rekomendasi {new.number.replace('/', '-')} pengganti.pdf"
    assert file_name(signed) == f"Surat Rekomendasi {signed.number.replace('/', '-')}.pdf"


@pytest.mark.parametrize(
    ("number", "name"), [("B-83.1/6371/KS.200/2026", "B-83.1-6371-KS.200-2026"), ('../a\n"b', "a-b")]
)
def test_a_file_name_has_no_sign_that_a_computer_refuses(signed, number, name):
    signed.number = number

    assert file_name(signed) == f"Surat Rekomendasi {name}.pdf"


def test_another_identity_number_is_refused(signed, kepala):
    wrong(signed, kepala)
    submission = Submission.objects.get()
    number = suggested_number(Office.objects.current(), timezone.localdate())

    with pytest.raises(IdentityStays, match=signed.identity_number):
        issue_letter(submission, number=number, identity_number=f"{signed.identity_number[:-3]}077", by=kepala)
    assert Letter.objects.count() == 1


def test_without_the_heads_decision_no_second_letter_is_issued(signed, kepala):
    with pytest.raises(MoveNotAllowed):
        issue(signed.submission, by=kepala)


def test_until_the_new_letter_is_issued_the_old_one_is_not_signed_sent_or_handed_over(sent, drawn, kepala, petugas):
    wrong(sent.letter, kepala)
    Mail.objects.update(status=Mail.Status.UNKNOWN, sent_at=None)

    for deliver in (send_by_email, hand_over):
        with pytest.raises(LetterBeingReplaced):
            deliver(sent.letter.submission, to="budi@contoh.example", form_token=uuid.uuid4(), by=petugas)
    with pytest.raises(LetterBeingReplaced):
        repeat_mail(sent, by=petugas)
    assert Submission.objects.get().status == Status.SENT


def test_an_unsigned_letter_is_not_signed_while_it_is_wrong(drawn, kepala, petugas):
    wrong(drawn, kepala)

    with pytest.raises(LetterBeingReplaced):
        take_scan(drawn, file=paper("pindaian.pdf"), by=petugas)
    assert not Letter.objects.awaiting_signature().exists()
    assert Submission.objects.awaiting_issue().get() == drawn.submission


def test_a_letter_that_is_kept_after_all_is_sent_again(mail, server, kepala):
    wrong(mail.letter, kepala)
    before = owe_letter_mail(mail.pk)

    kept = keep_letter(mail.letter, by=kepala)

    assert before is None
    assert (kept.is_being_corrected, kept.correction_reason) == (False, "")
    assert owe_letter_mail(mail.pk) == again(mail).mail
    assert notes(mail.letter.submission, "keep") == [kept.number]
    assert not Submission.objects.awaiting_issue().exists()


def test_a_kept_promise_is_not_kept_twice(sent, kepala, petugas):
    told_at = Round.objects.get().told_at

    new = sign(replace(sent.letter, kepala), by=petugas)
    hand_over(new.submission, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)
    body = owe_letter_mail(new.dispatches.get(channel="email").pk).body

    assert f"Surat ini menggantikan surat nomor {sent.letter.number}" in body
    assert Round.objects.get().told_at == told_at
    assert Submission.objects.get().status == Status.SENT
    assert len(notes(new.submission, "deliver")) == 2


def test_a_running_promise_runs_on_until_the_new_letter_arrives(signed, kepala, petugas):
    due_on = Round.objects.get().due_on
    new = replace(signed, kepala)
    between = Round.objects.get()

    hand_over(sign(new, by=petugas).submission, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)

    assert (between.told_at, between.stopped_at, between.due_on) == (None, None, due_on)
    assert Round.objects.get().told_at is not None


def test_a_mail_of_the_old_letter_that_was_being_sent_moves_the_new_one_nowhere(mail, kepala, petugas):
    owe_letter_mail(mail.pk)
    Mail.objects.update(status=Mail.Status.SENDING, claimed_at=timezone.now())

    new = sign(replace(mail.letter, kepala), by=petugas)
    late = timezone.now() + timedelta(seconds=5)
    Mail.objects.filter(pk=again(mail).mail_id).update(status=Mail.Status.SENT, sent_at=late)
    note_results()

    assert Submission.objects.get().status == Status.SIGNED
    assert Round.objects.get().told_at is None
    assert len(notes(new.submission, "deliver")) == 1


def test_a_mail_of_the_old_letter_that_waits_is_not_sent(mail, server, kepala):
    owe_letter_mail(mail.pk)

    replace(mail.letter, kepala)
    send_dispatch(mail.pk)

    assert again(mail).mail.error == "Kepala mengganti surat ini sebelum e-mail ini dikirim."
    assert server.taken == []


def test_the_bounce_of_an_old_letter_opens_the_promise_and_leaves_the_new_letter(sent, kepala, petugas):
    new = sign(replace(sent.letter, kepala), by=petugas)

    note_bounce(sent, reason="5.1.1 alamat tidak dikenal", by=petugas)

    assert Round.objects.get().told_at is None
    assert (Submission.objects.get().status, Letter.objects.get(pk=new.pk).status) == (Status.SIGNED, "valid")


def test_the_bounce_of_an_old_letter_changes_no_promise_that_the_new_one_kept(sent, kepala, petugas):
    new = sign(replace(sent.letter, kepala), by=petugas)
    paper_given = hand_over(new.submission, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)

    note_bounce(sent, reason="5.1.1 alamat tidak dikenal", by=petugas)

    assert Round.objects.get().told_at == paper_given.requested_at
    assert Submission.objects.get().status == Status.SENT


def test_a_replaced_letter_is_not_replaced_again(signed, kepala):
    replace(signed, kepala)

    with pytest.raises(LetterMoveNotAllowed, match="berstatus Diganti"):
        wrong(signed, kepala)
    with pytest.raises(LetterMoveNotAllowed, match="berstatus Diganti"):
        revoke_letter(signed, reason=REASON, by=kepala)


def test_a_chain_of_three_letters_keeps_one_identity_number(signed, kepala, petugas):
    second = sign(replace(signed, kepala), by=petugas)
    third = replace(second, kepala)

    assert list(Letter.objects.order_by("pk").values_list("status", flat=True)) == ["replaced", "replaced", "issued"]
    assert len({one.identity_number for one in Letter.objects.all()}) == 1
    assert third.content["replaces"]["number"] == second.number
    assert RegisterNumber.objects.get(register="v").letter == third


def test_a_closed_submission_is_opened_again_by_the_new_letter(sent, kepala, petugas):
    close_submission(sent.letter.submission, by=petugas)

    replace(sent.letter, kepala)

    assert Submission.objects.get().status == Status.ISSUED


def test_the_second_of_two_heads_is_refused(signed, kepala):
    wrong(signed, kepala)

    with pytest.raises(LetterBeingReplaced):
        wrong(signed, kepala)
    issue(Submission.objects.get(), by=kepala)
    with pytest.raises(MoveNotAllowed):
        issue(Submission.objects.get(), by=kepala)
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("act", [wrong, keep_letter])
def test_only_the_head_on_that_day_decides(signed, kepala, act):
    def decide():
        return act(signed, kepala) if act is wrong else act(signed, by=kepala)

    if act is keep_letter:
        wrong(signed, kepala)
    before = Letter.objects.get().correction_at
    Head.objects.update(until_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(NotTheHead):
        decide()
    assert Letter.objects.get().correction_at == before


def test_while_the_clock_is_behind_nothing_is_decided(signed, kepala):
    ClockMark.objects.update_or_create(pk=ClockMark.ONLY, defaults={"seen_at": timezone.now() + timedelta(hours=1)})

    with pytest.raises(ClockWentBack):
        wrong(signed, kepala)
    assert not Letter.objects.being_corrected().exists()


def test_a_page_opened_before_decides_nothing(signed, kepala, petugas):
    shown = shown_panel(signed)
    hand_over(signed.submission, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)

    with pytest.raises(MovedOn, match="Ada pengiriman baru"):
        wrong(signed, kepala, shown=shown)
    assert not Letter.objects.being_corrected().exists()


def test_a_letter_that_may_be_signed_at_this_moment_is_not_replaced(drawn, kepala):
    Letter.objects.update(maybe_signed_at=timezone.now())

    with pytest.raises(SigningUnderWay):
        wrong(drawn, kepala)


def test_the_applicant_is_told_of_a_signed_letter_that_was_replaced(signed, kepala):
    new = replace(signed, kepala)

    tell_ended_letters()
    tell_ended_letters()

    told = Mail.objects.get(key=f"ended:{signed.pk}")
    assert told.subject == f"Surat {signed.number} diganti"
    for words in (REASON, signed.number, new.number, new.identity_number):
        assert words in told.body


def test_a_letter_that_never_left_the_office_is_replaced_without_a_mail(drawn, kepala):
    replace(drawn, kepala)

    tell_ended_letters()

    assert Letter.objects.count() == 2
    assert not Mail.objects.filter(key__startswith="ended:").exists()


def test_the_head_replaces_a_letter_on_the_pages(signed, client_of, kepala, petugas):
    head, place = client_of(kepala), reverse("recommendations:submission_detail", args=[signed.submission_id])
    seal = seal_of(page(head, place, "Ganti surat ini?"))
    head.post(reverse("recommendations:replace_letter", args=[signed.pk]), {"shown": seal, "reason": REASON})
    address = reverse("recommendations:letter_issue", args=[signed.submission_id])
    queue = page(head, reverse("recommendations:letter_queue"), f"mengganti surat {signed.number}")

    shown = page(head, address, f"Surat {signed.number} sedang diganti")
    number = suggested_number(Office.objects.current(), timezone.localdate())
    head.post(address, {"shown": seal_of(shown), "number": number, "identity_number": "V-26.6371.999"})

    new = Letter.objects.get(replaces=signed)
    assert (new.number, new.identity_number) == (number, signed.identity_number)
    assert address in queue
    assert "Kembalikan untuk diperiksa lagi?" not in shown
    desk = page(client_of(petugas), place, f"Surat {signed.number} diganti")
    assert REASON in desk
    assert new.number in desk


def test_the_applicants_page_says_which_letter_is_not_used_any_more(sent, kepala, petugas, phone):
    place = reverse("recommendations:track", args=[sent.letter.submission.token])
    wrong(sent.letter, kepala)
    between = page(phone, place, "Surat Anda sedang diganti")
    new = issue(Submission.objects.get(), by=kepala)

    after = page(phone, place, f"Surat {sent.letter.number} sudah diganti")

    assert "Unduh surat" not in between
    assert new.number not in after


def test_the_register_shows_what_became_of_the_letter_at_its_number(signed, kepala, client_of, petugas):
    new = replace(signed, kepala)
    revoke_letter(new, reason="Kegiatan batal.", by=kepala)

    lines = register_lines("own", signed.issued_on.year, Office.objects.current())
    identities = register_lines("v", signed.issued_on.year, Office.objects.current())
    shown = page(client_of(petugas), reverse("recommendations:number_register"), signed.number)

    assert [line.state for line in lines] == ["Dipakai, surat diganti", "Dipakai, surat dicabut"]
    assert f"oleh surat {new.number}, {kepala}: {REASON}" in lines[0].why
    assert [(line.state, line.letter) for line in identities] == [("Dipakai, surat dicabut", new)]
    assert unregistered_letters("v", signed.issued_on.year) == []
    assert "Dipakai, surat diganti" in shown
    assert suggested_number(Office.objects.current(), timezone.localdate()).startswith("B-003")
