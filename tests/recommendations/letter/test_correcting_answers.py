"""While a letter is to be replaced, an officer corrects answers of the frozen round one at a time, on the record."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from office.seals import MovedOn
from recommendations.archive.similar import similar_activities
from recommendations.instruments.fingerprints import fingerprint
from recommendations.letter.actions.correcting_answers import AnswerNotFit, NothingToReplace, correct_answer
from recommendations.letter.actions.replacing import AnswersCorrected, keep_letter, want_replacement
from recommendations.letter.differences import difference_points
from recommendations.models import AnswerCorrection, Letter, Round, Submission
from tests.factories import issue
from tests.pages import page, seal_of

pytestmark = pytest.mark.usefixtures("quick_paper")

TITLE, REASON = "judul_survei", "Salah ketik saat merekam."
NEW = "Survei Kepuasan Pelayanan Adminduk Contoh"


@pytest.fixture
def wrong(signed, kepala) -> Letter:
    """Return a signed letter that is to be replaced."""
    return want_replacement(signed, reason="Judul keliru.", by=kepala)


def mend(letter: Letter, by, answer=NEW, item_id=TITLE, **options) -> AnswerCorrection:
    return correct_answer(letter.submission, item_id=item_id, answer=answer, reason=REASON, by=by, **options)


def test_a_corrected_title_stands_in_the_new_letter_and_the_old_one_keeps_its_words(wrong, petugas, kepala):
    before = wrong.content

    corrected = mend(wrong, petugas)
    new = issue(Submission.objects.get(), by=kepala)

    assert new.content["annex"]["title"] == NEW
    assert Letter.objects.get(pk=wrong.pk).content == before
    assert (corrected.letter, corrected.new, corrected.by) == (wrong, NEW, petugas)
    assert corrected.old == before["annex"]["title"]
    assert Submission.objects.get().title == NEW
    assert [one.title for one in similar_activities(NEW, [], "Dinas Contoh")] == [NEW]


def test_the_timeline_says_who_corrected_what_and_why(wrong, petugas):
    old = wrong.submission.title

    mend(wrong, petugas)

    event = wrong.submission.events.get(move="mend")
    assert event.by == petugas
    for words in (old, NEW, REASON):
        assert words in event.note


def test_the_promise_does_not_change(wrong, petugas):
    before = Round.objects.values("due_on", "told_at", "recorded_at").get()

    mend(wrong, petugas)

    assert Round.objects.values("due_on", "told_at", "recorded_at").get() == before


def test_without_a_wrong_letter_the_frozen_round_stays_as_it_is(signed, petugas):
    with pytest.raises(NothingToReplace):
        mend(signed, petugas)
    assert Round.objects.get().title != NEW


@pytest.mark.parametrize("answer", ["", "the old title"])
def test_an_answer_that_is_missing_or_the_same_is_refused(wrong, petugas, answer):
    with pytest.raises(AnswerNotFit):
        mend(wrong, petugas, answer=answer and wrong.submission.title)
    assert not AnswerCorrection.objects.exists()


def test_an_answer_that_cannot_be_read_is_refused(wrong, petugas):
    with pytest.raises(AnswerNotFit):
        mend(wrong, petugas, item_id="jadwal_lapangan", answer={"awal": "kemarin", "akhir": "besok"})


def test_a_page_opened_before_another_correction_corrects_nothing(wrong, petugas):
    item = wrong.submission.instrument.item(TITLE)
    shown = fingerprint(item, Round.objects.get().title)
    mend(wrong, petugas, answer="Judul lain contoh")

    with pytest.raises(MovedOn, match="Judul lain contoh"):
        mend(wrong, petugas, shown=shown)
    assert AnswerCorrection.objects.count() == 1


def test_after_a_correction_the_old_letter_cannot_be_kept(wrong, petugas, kepala):
    mend(wrong, petugas)

    with pytest.raises(AnswersCorrected):
        keep_letter(wrong, by=kepala)
    assert Letter.objects.get().is_being_corrected


def test_the_database_keeps_no_correction_without_a_reason(wrong, petugas):
    mend(wrong, petugas)

    with pytest.raises(IntegrityError, match="correction_has_reason"), transaction.atomic():
        AnswerCorrection.objects.update(reason="")


def test_an_officer_corrects_on_the_page_and_the_head_reads_it_before_issuing(wrong, petugas, kepala, client_of):
    desk, place = client_of(petugas), reverse("recommendations:correct_answer", args=[wrong.submission_id])
    issue_place = reverse("recommendations:letter_issue", args=[wrong.submission_id])
    opened = page(client_of(kepala), issue_place, f"Surat {wrong.number} sedang diganti")
    shown = page(desk, f"{place}?isian={TITLE}", "Simpan perbaikan")

    without = desk.post(f"{place}?isian={TITLE}", {TITLE: NEW}).content.decode()
    desk.post(f"{place}?isian={TITLE}", {TITLE: NEW, "reason": REASON, "shown": seal_of(shown)})
    typed = {"number": f"B-002/63710/HM.310/{wrong.issued_on.year}", "shown": seal_of(opened)}
    moved = client_of(kepala).post(issue_place, typed).content.decode()

    assert "Tulis sebabnya" in without
    assert AnswerCorrection.objects.get().new == NEW
    assert "ada yang berubah sejak halaman ini dibuka" in moved
    assert REASON in moved
    assert Letter.objects.count() == 1


def test_the_head_is_warned_when_nothing_was_corrected_and_else_reads_what_differs(wrong, petugas, kepala, client_of):
    address = reverse("recommendations:letter_issue", args=[wrong.submission_id])

    before = page(client_of(kepala), address, "Semua huruf dan tanda dapat dicetak")
    mend(wrong, petugas)
    after = page(client_of(kepala), address, "Semua huruf dan tanda dapat dicetak")

    assert f"Belum ada isian yang diperbaiki: isinya sama dengan surat {wrong.number}" in before
    assert "Belum ada isian yang diperbaiki" not in after
    assert f"Yang berbeda dari surat {wrong.number}" in after
    assert f"Judul kegiatan semula “{wrong.content['annex']['title']}”, menjadi “{NEW}”" in after


def test_another_name_of_the_addressee_or_signatory_is_a_correction_and_the_replaced_number_is_none(wrong):
    renamed = wrong.content | {"addressee": "Dinas Contoh"}
    signed_by_another = wrong.content | {"signatory": {"title": "Plh. Kepala"}}

    (named,) = difference_points(renamed, wrong)
    (other,) = difference_points(signed_by_another, wrong)
    (same,) = difference_points(wrong.content | {"replaces": {"number": wrong.number}}, wrong)

    assert (named.kind, other.kind, same.kind) == ("ok", "ok", "warn")
    assert "menjadi “Dinas Contoh”" in named.words
    assert difference_points(renamed, None) == []


def test_the_page_of_an_item_that_the_form_has_not_is_not_found(wrong, petugas, client_of):
    desk, place = client_of(petugas), reverse("recommendations:correct_answer", args=[wrong.submission_id])

    assert desk.get(place, {"isian": "tidak-ada"}).status_code == 404
    assert "Simpan perbaikan" not in page(desk, place, "Tampilkan")


def test_without_a_wrong_letter_the_page_leads_back(signed, petugas, client_of):
    place = reverse("recommendations:correct_answer", args=[signed.submission_id])

    answer = client_of(petugas).get(place, follow=True)

    assert "hanya diperbaiki selama Kepala mengganti suratnya" in answer.content.decode()
