"""The page on which a round is examined."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recommendations import uploads
from recommendations.archive.actions.duplicates import confirm_no_duplicate
from recommendations.examination.actions.examining import accept_remark, return_to_applicant, verify, write_remark
from recommendations.examination.actions.opinions import note_opinion
from recommendations.models import FindingDecision, Remark, Unlock
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from recommendations.recording.actions.unlocking import unlock_item
from tests.factories import SubmissionFactory, paper, recorded_submission
from tests.pages import page as asked_page
from tests.recommendations.conftest import ADVICE


def address_of(submission) -> str:
    return reverse("recommendations:examine", args=[submission.pk])


@pytest.fixture
def page(client_of, petugas):
    def shown(submission, query: str = "") -> str:
        return " ".join(
            asked_page(client_of(petugas), address_of(submission) + query, f"Periksa {submission.register}").split()
        )

    return shown


@pytest.fixture
def second_round(petugas):
    """Return a submission that was returned, changed and recorded again: round 2 is in examination."""
    submission = recorded_submission(petugas)
    write_remark(submission, item_id="tujuan_survei", kind="correction", text="Mohon tujuan dirinci.", by=petugas)
    return_to_applicant(submission, by=petugas)
    unlock_item(submission, item_id="variabel", reason="Satu peubah dicabut pemohon.", by=petugas)
    purpose = submission.rounds.get(number=1).answers["tujuan_survei"]
    variables = submission.rounds.get(number=1).answers["variabel"][1:]
    save_answers(submission, {"tujuan_survei": purpose + " Dua indikator.", "variabel": variables}, by=petugas)
    record_complete(submission, by=petugas)
    submission.refresh_from_db()
    return submission


def test_every_line_that_applies_is_shown_in_words(examined, page):
    words = page(examined)

    assert "1 - Sebagian populasi (sampel)" in words
    assert "8 Februari 2027 s.d. 31 Mei 2027" in words
    assert "Umur responden dalam tahun pada ulang tahun terakhir" in words
    assert 'id="row-r5-6"' not in words  # skipped, because the sample is a probability sample


def test_an_answer_to_a_line_that_should_be_skipped_is_shown_with_the_reason(examined, page):
    item = next(item for item in examined.instrument.items if item.number == "5.6")
    round_one = examined.rounds.get()
    round_one.answers |= {item.id: "Accidental sampling"}
    round_one.save()

    words = page(examined)

    assert "Accidental sampling" in words
    assert "Dilewati karena R.5.5 berkode 1." in words


def test_a_missing_answer_is_shown_at_its_line(examined, page):
    round_one = examined.rounds.get()
    round_one.answers |= {"tujuan_survei": ""}
    round_one.save()

    assert "R.4.1 belum diisi." in page(examined)


def test_the_chips_count_and_filter_by_the_address(examined, page):
    words = page(examined, "?tampil=catatan")

    assert "Dengan catatan 1" in words
    assert 'id="row-r4-1"' in words
    assert 'id="row-r5-1"' not in words
    assert "Berubah" not in words  # there is no earlier round


def test_an_unknown_filter_shows_everything(examined, page):
    assert 'id="row-r5-1"' in page(examined, "?tampil=<script>")


def test_changes_since_the_last_round_are_marked_word_by_word(second_round, page):
    words = page(second_round, "?tampil=berubah")

    assert "<ins> Dua indikator.</ins>" in words
    assert "Berubah 2" in words
    assert "<del>Persyaratan." in words


def test_remarks_of_earlier_rounds_are_the_conversation_and_no_longer_count(second_round, page):
    words = page(second_round)

    assert "Mohon tujuan dirinci." in words
    assert "Putaran 1, perbaikan, Rina Contoh" in words
    assert "Tanpa perbaikan" in words


def test_without_a_correction_only_verifying_is_offered(examined, page):
    words = page(examined, "?banding=1")

    assert 'data-confirm="#verifikasi"' in words
    assert 'data-confirm="#kembalikan"' not in words
    assert "tulis sedikitnya satu catatan perbaikan" in words
    assert "1 saran ikut ke lampiran surat" in words


def test_with_a_correction_only_returning_is_offered(examined, page, petugas):
    write_remark(examined, item_id="tujuan_survei", kind="correction", text="Mohon dirinci.", by=petugas)

    words = page(examined)

    assert "Kembalikan dengan 1 catatan" in words
    assert 'data-confirm="#verifikasi"' not in words
    assert "(R.4.1)" in words


def test_the_page_of_a_verified_submission_has_no_forms(examined, page, petugas):
    verify(examined, by=petugas)

    words = page(examined)

    assert ADVICE in words
    assert "<textarea" not in words
    assert "data-confirm" not in words


def test_before_anything_is_recorded_there_is_nothing_to_examine(client_of, petugas):
    submission = SubmissionFactory(officer=petugas)

    answer = client_of(petugas).get(reverse("recommendations:examine", args=[submission.pk]))

    assert answer.url == reverse("recommendations:submission_detail", args=[submission.pk])


def test_only_an_examiner_sees_it(examined, client_of, kepala, admin_user):
    for user in (kepala, admin_user):
        assert client_of(user).get(reverse("recommendations:examine", args=[examined.pk])).status_code == 403


def test_a_full_form_takes_fewer_than_15_queries(second_round, client_of, petugas):
    for item in second_round.instrument.items[:20]:
        write_remark(second_round, item_id=item.id, kind="advice", text="Mohon dikonfirmasi.", by=petugas)
    accept_remark(second_round, Remark.objects.first(), by=petugas)
    Unlock.objects.create(round=second_round.rounds.first(), item="pj_nama", reason="diganti", by=petugas)
    for item in ("pelatihan", "variabel"):
        FindingDecision.objects.create(
            round=second_round.rounds.last(), rule="F-5.10", item=item, message="x", reason="y", by=petugas
        )
    for source in ("Diskominfotik Kota", "Diskominfotik Provinsi"):
        opinion_of(second_round, source, by=petugas)
    confirm_no_duplicate(second_round, by=petugas)
    client = client_of(petugas)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("recommendations:examine", args=[second_round.pk]))

    assert answer.content.decode().count("Diskominfotik") >= 2
    assert len(asked) < 15


def opinion_of(submission, source: str, *, by):
    """Note an opinion of `source` with its file, and return it."""
    facts = {"source": source, "given_on": timezone.localdate(), "text": "Layak.", "content_type": uploads.PDF}
    return note_opinion(submission, **facts, file=paper("pendapat.pdf"), by=by)


def test_changed_lines_and_lines_with_remarks_come_first_in_the_order_of_the_form(second_round, page):
    words = page(second_round)

    places = [words.index(f'id="row-{line}"') for line in ("r4-1", "r4-2", "r1-1", "r7-6")]
    assert places == sorted(places)
    assert words.index("Berubah sejak putaran 1") < places[0]
    assert places[1] < words.index("Rincian lain") < places[2]
    editors = [words.index(f'id="p-{line}"') for line in ("r4-1", "r4-2", "r1-1", "r7-6")]
    assert editors == sorted(editors)


def test_the_lines_of_a_first_round_are_not_divided(examined, page):
    words = page(examined)

    assert 'id="row-r4-1"' in words
    assert "Rincian lain" not in words


def test_the_applicants_answer_is_shown_with_its_state_and_accepted_at_the_line(second_round, page, client_of, petugas):
    asked = Remark.objects.get(round__number=1)
    Remark.objects.update(answer="Sudah kami rinci <b>.")
    before = page(second_round)

    client_of(petugas).post(reverse("recommendations:accept_remark", args=[second_round.pk, asked.pk]))
    after = page(second_round)

    assert "Sudah kami rinci &lt;b&gt;." in before
    assert "Jawaban pemohon" in before
    assert '<use href="/static/img/icons.svg#i-inbox" /> </svg> Dijawab</span>' in before
    assert "Terima jawaban" in before
    assert "Diterima <span" in after
    assert "Buka lagi" in after
    assert "1 diterima" in after


def test_verifying_is_disabled_until_the_archive_is_compared_by_a_link(examined, page):
    words = page(examined)

    assert 'data-confirm="#verifikasi"' not in words
    assert f'href="{address_of(examined)}?banding=1&amp;tampil=#similar"' in words
    assert 'hx-trigger="load"' in words


def test_the_part_that_the_page_fetches_holds_the_comparison_and_the_decision(examined, client_of, petugas):
    address = reverse("recommendations:examine", args=[examined.pk])
    answer = client_of(petugas).get(address, {"bagian": "serupa"}, headers={"HX-Request": "true"})

    words = answer.content.decode()
    assert "Tidak ada yang sangat serupa" in words
    assert 'data-confirm="#verifikasi"' in words
    assert "<html" not in words


def test_writing_a_remark_keeps_the_chosen_filter(second_round, client_of, petugas):
    typed = {"item": "tujuan_survei", "kind": "advice", "text": "Mohon dicek.", "tampil": "berubah"}

    answer = client_of(petugas).post(reverse("recommendations:write_remark", args=[second_round.pk]), typed)

    assert answer.url.endswith("?tampil=berubah#p-r4-1")


def test_phrases_are_below_the_editor_and_only_for_this_form(examined, page):
    words = page(examined)

    assert '<li data-line="r4-1">' in words
    assert "Mohon tujuan dirinci sampai indikator yang akan dihasilkan." in words
    assert "Mohon isian ini dilengkapi." in words
    assert "kompilasi" not in words[words.index('id="pustaka"') :]
