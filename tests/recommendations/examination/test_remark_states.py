"""A remark is open, answered or accepted over the rounds; advice that was not accepted goes into the letter."""

import pytest
from django.urls import reverse

from recommendations.archive.actions.duplicates import confirm_no_duplicate
from recommendations.examination.actions.examining import (
    CorrectionsOpen,
    NothingToCorrect,
    RemarkGone,
    accept_remark,
    return_to_applicant,
    unaccept,
    verify,
    write_remark,
)
from recommendations.models import Letter, Remark
from recommendations.recording.actions.completing import record_complete
from recommendations.workflow import NotBeingChecked, Status
from tests.factories import issue, recorded_submission

State = Remark.State


def remark_on(submission, item: str, number: int = 1) -> Remark:
    return Remark.objects.get(round__submission=submission, round__number=number, item=item)


def write(submission, item: str, kind: str, text: str = "Mohon dilengkapi.", *, by) -> Remark:
    return write_remark(submission, item_id=item, kind=kind, text=text, by=by)


def annex_words(submission, kepala) -> str:
    issue(submission, by=kepala)
    return str(Letter.objects.get(submission=submission).content)


def test_a_remark_is_open_until_the_next_round_is_recorded_complete(asked, petugas):
    assert remark_on(asked, "tujuan_survei").state == State.OPEN

    record_complete(asked, by=petugas)

    answered = remark_on(asked, "tujuan_survei")
    assert (answered.state, bool(answered.answered_at)) == (State.ANSWERED, True)


def test_a_written_answer_keeps_its_time(asked, petugas, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+08:00")
    remark = remark_on(asked, "tujuan_survei")
    remark.state, remark.answer, remark.answered_at = State.ANSWERED, "Sudah.", remark.at
    remark.save()

    record_complete(asked, by=petugas)

    kept = remark_on(asked, "tujuan_survei")
    assert (kept.answer, kept.answered_at) == ("Sudah.", remark.at)


def test_an_answer_is_accepted_once_and_may_be_opened_again(again, petugas, dewi):
    remark = remark_on(again, "tujuan_survei")

    accept_remark(again, remark, by=petugas)
    accept_remark(again, remark, by=dewi)
    accepted = remark_on(again, "tujuan_survei")
    unaccept(again, remark, by=dewi)

    assert (accepted.state, accepted.accepted_by) == (State.ACCEPTED, petugas)
    opened = remark_on(again, "tujuan_survei")
    assert (opened.state, opened.accepted_at, opened.accepted_by) == (State.ANSWERED, None, None)


def test_accepting_is_for_this_submission_while_it_is_examined(again, petugas):
    other = recorded_submission(petugas)
    foreign = write(other, "tujuan_survei", "advice", by=petugas)
    remark = remark_on(again, "tujuan_survei")

    with pytest.raises(RemarkGone):
        accept_remark(again, foreign, by=petugas)
    confirm_no_duplicate(again, by=petugas)
    verify(again, by=petugas)
    with pytest.raises(NotBeingChecked):
        unaccept(again, remark, by=petugas)


def test_a_correction_settled_at_the_desk_no_longer_returns_the_form(again, petugas):
    remark = write(again, "variabel", "correction", by=petugas)
    with pytest.raises(CorrectionsOpen):
        verify(again, by=petugas)

    accept_remark(again, remark, by=petugas)

    with pytest.raises(NothingToCorrect):
        return_to_applicant(again, by=petugas)
    assert verify(again, by=petugas).status == Status.VERIFIED


def test_rewriting_an_accepted_remark_opens_it_again(again, petugas):
    remark = write(again, "variabel", "correction", by=petugas)
    accept_remark(again, remark, by=petugas)

    write(again, "variabel", "correction", by=petugas)

    assert remark_on(again, "variabel", 2).state == State.OPEN


def test_verifying_accepts_the_corrections_that_were_answered_and_no_advice(again, petugas):
    verify(again, by=petugas)

    correction, advice = remark_on(again, "tujuan_survei"), remark_on(again, "judul_survei")
    assert (correction.state, correction.accepted_by) == (State.ACCEPTED, petugas)
    assert advice.state == State.ANSWERED


def test_the_confirmation_says_how_many_are_accepted_with_it(again, client_of, petugas):
    page = client_of(petugas).get(reverse("recommendations:examine", args=[again.pk])).content.decode()

    assert "<b>1 perbaikan</b> yang sudah dijawab ikut diterima." in " ".join(page.split())


def test_unaccepted_advice_of_an_earlier_round_goes_into_the_letter(again, petugas, kepala):
    write(again, "variabel", "advice", "Mohon definisi disajikan.", by=petugas)
    verify(again, by=petugas)

    words = annex_words(again, kepala)

    assert "Mohon judul dikonfirmasi." in words
    assert "Mohon definisi disajikan." in words
    assert "Mohon tujuan dirinci." not in words
    assert "'remark_count': 2" in words
    assert again.events.get(move="verify").note == "putaran 2, 2 saran"


def test_accepted_advice_stays_out_of_the_letter(again, petugas, kepala):
    accept_remark(again, remark_on(again, "judul_survei"), by=petugas)
    verify(again, by=petugas)

    words = annex_words(again, kepala)

    assert "Mohon judul dikonfirmasi." not in words
    assert "'has_remarks': False" in words


@pytest.mark.parametrize("kind", ["advice", "correction"])
def test_the_newest_remark_on_an_item_counts(again, petugas, kepala, kind):
    newer = write(again, "judul_survei", kind, "Mohon judul dipendekkan.", by=petugas)
    if kind == "correction":
        accept_remark(again, newer, by=petugas)
    verify(again, by=petugas)

    words = annex_words(again, kepala)

    assert "Mohon judul dikonfirmasi." not in words
    assert ("Mohon judul dipendekkan." in words) is (kind == "advice")


def test_the_kepala_sees_how_many_remarks_go_into_the_letter(again, petugas, kepala, client_of):
    verify(again, by=petugas)

    page = client_of(kepala).get(reverse("recommendations:letter_queue")).content.decode()

    assert "1 saran ikut ke lampiran" in page


def test_a_remark_is_accepted_and_reopened_through_the_page(again, client_of, petugas):
    remark, desk = remark_on(again, "tujuan_survei"), client_of(petugas)
    accept, reopen = (
        reverse(f"recommendations:{name}", args=[again.pk, remark.pk]) for name in ("accept_remark", "unaccept_remark")
    )

    there = desk.post(accept, {"tampil": "berubah"}).url
    accepted = remark_on(again, "tujuan_survei").state
    desk.post(reopen)

    assert there == reverse("recommendations:examine", args=[again.pk]) + "?tampil=berubah#p-r4-1"
    assert (accepted, remark_on(again, "tujuan_survei").state) == (State.ACCEPTED, State.ANSWERED)


def test_accepting_a_remark_that_was_removed_meanwhile_is_refused(again, client_of, petugas):
    remark = write(again, "variabel", "advice", by=petugas)
    write(again, "variabel", "advice", "", by=petugas)

    address = reverse("recommendations:accept_remark", args=[again.pk, remark.pk])
    page = client_of(petugas).post(address, follow=True).content.decode()

    assert "sudah dicabut di tempat lain" in page
