"""Reading the examined round."""

import pytest
from django.urls import reverse

from recommendations.actions.examination import return_to_applicant, verify, write_remark
from recommendations.actions.locks import unlock_item
from recommendations.actions.recording import record_complete, save_answers
from tests.factories import SubmissionFactory, recorded_submission
from tests.recommendations.conftest import ADVICE


@pytest.fixture
def page(client_of, petugas):
    def shown(submission, query: str = "") -> str:
        address = reverse("recommendations:examine", args=[submission.pk])
        return " ".join(client_of(petugas).get(address + query).content.decode().split())

    return shown


@pytest.fixture
def second_round(petugas):
    """Returned once, improved, recorded again: round 2 is being checked."""
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


def test_every_line_that_is_asked_stands_there_in_words(examined, page):
    words = page(examined)

    assert "1 - Sebagian populasi (sampel)" in words
    assert "8 Februari 2027 s.d. 31 Mei 2027" in words
    assert "Umur responden dalam tahun pada ulang tahun terakhir" in words
    assert 'id="row-r5-6"' not in words  # skipped: it is a probability sample


def test_an_answer_to_a_line_that_should_be_skipped_is_shown_with_the_reason(examined, page):
    item = next(item for item in examined.instrument.items if item.number == "5.6")
    round_one = examined.rounds.get()
    round_one.answers |= {item.id: "Accidental sampling"}
    round_one.save()

    words = page(examined)

    assert "Accidental sampling" in words
    assert "Dilewati karena R.5.5 berkode 1." in words


def test_a_finding_of_completeness_stands_at_its_line(examined, page):
    round_one = examined.rounds.get()
    round_one.answers |= {"tujuan_survei": ""}
    round_one.save()

    assert "R.4.1 belum diisi." in page(examined)


def test_the_chips_count_and_filter_by_the_address(examined, page):
    words = page(examined, "?tampil=catatan")

    assert "Dengan catatan 1" in words
    assert 'id="row-r4-1"' in words
    assert 'id="row-r5-1"' not in words
    assert "Berubah" not in words  # there is only one round


def test_an_unknown_filter_shows_everything(examined, page):
    assert 'id="row-r5-1"' in page(examined, "?tampil=<script>")


def test_what_changed_since_the_last_round_is_marked_word_by_word(second_round, page):
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
    words = page(examined)

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


def test_once_verified_the_page_is_only_read(examined, page, petugas):
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


def test_a_full_form_takes_fewer_than_20_queries(second_round, client_of, petugas, django_assert_max_num_queries):
    for item in second_round.instrument.items[:20]:
        write_remark(second_round, item_id=item.id, kind="advice", text="Mohon dikonfirmasi.", by=petugas)
    client = client_of(petugas)

    with django_assert_max_num_queries(19):
        client.get(reverse("recommendations:examine", args=[second_round.pk]))
