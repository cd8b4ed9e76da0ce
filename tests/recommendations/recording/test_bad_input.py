"""Bad input is saved and reported, and is never markup on a page."""

import pytest
from django.urls import reverse

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.structure import Kind
from recommendations.recording.actions.saving import save_answers
from tests.factories import SubmissionFactory, recorded_submission

SCRIPT = """"><script>alert('x')</script>{{ 7 }}"""


def raw(item, words):
    """Return an answer with `words` in every field of the item."""
    if item.kind is Kind.TABLE:
        return [{column.id: words for column in item.columns}]
    if item.kind is Kind.DATERANGE:
        return {"awal": words, "akhir": words}
    return words


@pytest.mark.parametrize("code", INSTRUMENTS)
def test_a_script_in_every_answer_is_words_on_every_page(office, petugas, client_of, code):
    submission = SubmissionFactory(instrument_code=code)
    save_answers(submission, {item.id: raw(item, SCRIPT) for item in submission.instrument.items}, by=petugas)
    again = SubmissionFactory(instrument_code=code, applicant=submission.applicant)
    client = client_of(petugas)

    pages = [
        reverse("recommendations:record_block", args=[submission.pk, block.id])
        for block in submission.instrument.blocks
    ]
    pages.append(reverse("recommendations:round_detail", args=[submission.pk, 1]))
    pages.append(reverse("recommendations:round_compare", args=[submission.pk]) + "?semua=1")
    pages.append(reverse("recommendations:copy_answers", args=[again.pk]) + f"?dari={submission.pk}")
    shown = [client.get(page).content.decode() for page in pages]

    assert [page for page, words in zip(pages, shown, strict=True) if "<script>alert" in words] == []
    assert sum("&lt;script&gt;alert" in words for words in shown) == len(pages)


@pytest.mark.parametrize("item", INSTRUMENTS["FS3"].items, ids=lambda item: item.id)
def test_a_script_in_both_answers_of_a_conflict_is_words(petugas, budi, submission, post_item, item):
    save_answers(submission, {item.id: raw(item, SCRIPT)}, by=budi)
    typed = {
        Kind.TABLE: {f"{item.id}-0-{column.id}": f"{SCRIPT} 2" for column in item.columns},
        Kind.DATERANGE: {f"{item.id}-awal": f"{SCRIPT} 2"},
    }

    answer = post_item(petugas, submission, item.id, typed.get(item.kind, f"{SCRIPT} 2"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_ten_thousand_letters_are_saved_and_one_more_is_saved_with_a_finding(petugas, submission, post_item, stored):
    longest = "a" * 10_000

    fits = post_item(petugas, submission, "tujuan_survei", longest)
    told = post_item(petugas, submission, "tujuan_survei", longest + "b", shown=longest).content.decode()

    assert fits.status_code == 200
    assert "Terlalu panjang" not in fits.content.decode()
    assert "Terlalu panjang: paling banyak 10.000 huruf." in told
    assert stored(submission, "tujuan_survei") == longest + "b"


@pytest.mark.parametrize("item_id", ["tujuan_survei", "tanggal_ketersediaan", "uji_coba", "jumlah_supervisor"])
def test_a_nul_is_dropped_and_the_rest_is_kept(petugas, submission, post_item, stored, item_id):
    answer = post_item(petugas, submission, item_id, "a\0b")

    assert answer.status_code == 200
    assert stored(submission, item_id) == "ab"


def test_a_frozen_round_takes_nothing_and_shows_no_conflict(petugas, post_item):
    submission = recorded_submission(petugas)

    answer = post_item(petugas, submission, "tujuan_survei", "x")

    assert answer.status_code == 409
    assert "X-Conflict" not in answer
    assert "berstatus Pemeriksaan" in answer.content.decode()


@pytest.mark.parametrize("block_id", ["blok_99", "sampul2"])
def test_an_unknown_block_is_not_kept(client_of, petugas, submission, block_id):
    place = reverse("recommendations:keep_recording", args=[submission.pk, block_id])

    assert client_of(petugas).post(place).status_code == 404


def test_fingerprints_that_are_nonsense_only_bring_the_stored_answer(client_of, petugas, submission):
    place = reverse("recommendations:keep_recording", args=[submission.pk, "blok_5"])

    answer = client_of(petugas).post(place, {"shown-uji_coba": SCRIPT, "shown-x": "\0", "page": "\0", "turn": "-1"})

    assert answer.status_code == 200
    assert 'id="r5-7"' in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
