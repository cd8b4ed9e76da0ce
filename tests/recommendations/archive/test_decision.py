"""The examiner decides about very similar activities before verifying a submission."""

import pytest
from django.db import IntegrityError, transaction

from recommendations.archive.actions.duplicates import (
    DuplicateOfItself,
    DuplicateUndecided,
    IsDuplicate,
    confirm_no_duplicate,
    name_duplicate,
)
from recommendations.examination.actions.examining import return_to_applicant, verify, write_remark
from recommendations.letter.actions.issuing import send_back
from recommendations.models import DuplicateCheck
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from recommendations.submissions.actions.opening import cancel
from recommendations.workflow import Move, MoveNotAllowed, Status
from tests.factories import recorded_submission

Conclusion = DuplicateCheck.Conclusion


def test_verifying_needs_no_decision_when_no_activity_is_very_similar(examined, petugas, archived):
    archived("Survei Kepuasan Masyarakat Perizinan")

    verify(examined, by=petugas)

    check = DuplicateCheck.objects.get()
    assert (check.outcome, check.by) == (Conclusion.NONE, petugas)
    assert [one["title"] for one in check.found] == ["Survei Kepuasan Masyarakat Perizinan"]
    assert not examined.events.filter(move=Move.COMPARE).exists()


def test_a_very_similar_activity_must_be_decided_before_verifying(examined, twin, petugas):
    with pytest.raises(DuplicateUndecided, match="sangat serupa"):
        verify(examined, by=petugas)

    confirm_no_duplicate(examined, reason="Wilayahnya berbeda.", by=petugas)
    verified = verify(examined, by=petugas)

    check = DuplicateCheck.objects.get()
    assert verified.status == Status.VERIFIED
    assert (check.outcome, check.reason, check.by) == (Conclusion.NOT_DUPLICATE, "Wilayahnya berbeda.", petugas)
    assert [(one["submission"], one["is_very_alike"]) for one in check.found] == [(twin.pk, True)]


def test_the_decision_is_on_the_timeline(examined, twin, petugas):
    confirm_no_duplicate(examined, reason="Wilayahnya berbeda.", by=petugas)

    event = examined.events.get(move=Move.COMPARE)
    assert (event.words, event.note) == ("Pemeriksaan duplikasi", "putaran 1: bukan duplikasi; Wilayahnya berbeda.")


def test_a_duplicate_is_not_verified_and_can_be_cancelled(examined, twin, petugas):
    name_duplicate(examined, other=f"permohonan-{twin.pk}", reason="Kegiatan yang sama.", by=petugas)

    with pytest.raises(IsDuplicate, match=twin.register):
        verify(examined, by=petugas)

    check = DuplicateCheck.objects.get()
    assert (check.submission, check.other) == (twin, str(twin))
    assert cancel(examined, reason="Duplikasi", by=petugas).status == Status.CANCELLED
    verify(twin, by=petugas)  # a cancelled submission is no duplicate


def test_a_duplicate_is_not_verified_even_when_nothing_similar_is_found(examined, petugas):
    name_duplicate(examined, other="Sensus Penduduk 2020", reason="Sudah dilakukan BPS.", by=petugas)

    with pytest.raises(IsDuplicate, match="Sensus Penduduk 2020"):
        verify(examined, by=petugas)


def test_the_examiner_may_change_the_decision(examined, twin, petugas):
    name_duplicate(examined, other=twin.register, reason="Kegiatan yang sama.", by=petugas)
    confirm_no_duplicate(examined, by=petugas)

    verify(examined, by=petugas)

    check = DuplicateCheck.objects.get()
    assert (check.outcome, check.other, check.submission, check.reason) == (Conclusion.NOT_DUPLICATE, "", None, "")
    assert examined.events.filter(move=Move.COMPARE).count() == 2


def test_a_similar_submission_after_the_decision_needs_a_new_decision(examined, twin, petugas):
    confirm_no_duplicate(examined, by=petugas)
    recorded_submission(petugas)

    with pytest.raises(DuplicateUndecided):
        verify(examined, by=petugas)


def test_an_activity_that_becomes_very_similar_after_the_decision_needs_a_new_decision(examined, asked_for, petugas):
    other = asked_for("Survei Kepuasan Masyarakat Perizinan")
    confirm_no_duplicate(examined, by=petugas)
    save_answers(other, {"judul_survei": examined.title}, by=petugas)

    with pytest.raises(DuplicateUndecided):
        verify(examined, by=petugas)


def test_an_activity_that_was_not_on_the_screen_is_not_decided(examined, twin, petugas):
    with pytest.raises(DuplicateUndecided):
        confirm_no_duplicate(examined, seen={"permohonan-0"}, by=petugas)
    undecided = not DuplicateCheck.objects.exists()

    confirm_no_duplicate(examined, seen={f"permohonan-{twin.pk}"}, by=petugas)
    assert undecided
    assert DuplicateCheck.objects.get().outcome == Conclusion.NOT_DUPLICATE


def test_each_round_needs_its_own_decision_and_the_old_one_is_kept(examined, twin, petugas):
    confirm_no_duplicate(examined, by=petugas)
    write_remark(examined, item_id="tujuan_survei", kind="correction", text="Mohon dirinci.", by=petugas)
    return_to_applicant(examined, by=petugas)
    record_complete(examined, by=petugas)

    with pytest.raises(DuplicateUndecided):
        verify(examined, by=petugas)

    assert DuplicateCheck.objects.get().round.number == 1


def test_a_submission_sent_back_by_the_kepala_keeps_its_decision(examined, twin, petugas, kepala):
    confirm_no_duplicate(examined, by=petugas)
    verify(examined, by=petugas)
    send_back(examined, reason="Periksa lagi.", by=kepala)

    assert verify(examined, by=petugas).status == Status.VERIFIED


def test_a_submission_sent_back_by_the_kepala_is_compared_with_the_archive_again(examined, petugas, kepala, archived):
    verify(examined, by=petugas)
    send_back(examined, reason="Periksa lagi.", by=kepala)
    archived(examined.title)

    with pytest.raises(DuplicateUndecided):
        verify(examined, by=petugas)


def test_duplicates_are_decided_only_during_the_examination(examined, petugas):
    verify(examined, by=petugas)

    with pytest.raises(MoveNotAllowed, match="Pemeriksaan duplikasi"):
        confirm_no_duplicate(examined, by=petugas)
    with pytest.raises(MoveNotAllowed):
        name_duplicate(examined, other="x", reason="y", by=petugas)


def test_a_submission_cannot_be_named_as_its_own_duplicate(examined, petugas):
    with pytest.raises(DuplicateOfItself):
        name_duplicate(examined, other=examined.register, reason="x", by=petugas)


def test_the_event_keeps_the_whole_reason_beside_a_long_name(examined, petugas):
    name_duplicate(examined, other="Sensus " * 40, reason="r" * 400, by=petugas)

    note = examined.events.get(move=Move.COMPARE).note
    assert len(note) == 500
    assert note.endswith("; " + "r" * 400)


@pytest.mark.parametrize(
    "facts",
    [
        {"outcome": Conclusion.DUPLICATE, "other": "Sensus"},
        {"outcome": Conclusion.DUPLICATE, "reason": "Sama."},
        {"outcome": Conclusion.NOT_DUPLICATE, "other": "Sensus"},
    ],
)
def test_the_database_wants_name_and_reason_for_duplicates_and_a_name_for_nothing_else(examined, petugas, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        DuplicateCheck.objects.create(round=examined.rounds.get(), by=petugas, **facts)
