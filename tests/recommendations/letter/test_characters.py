"""The desk warns of an unprintable character while the form is recorded and before the letter is issued."""

import pytest
from django.urls import reverse

from office.models import Office, User
from recommendations.letter.characters import PRINTED, CharactersUnprintable, unprintable_words
from recommendations.models import Agency, Letter, Round
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from recommendations.rulebook import rulebook_of
from tests.factories import issue, ready_submission

SIGN, NAMED = "\U0001f9ee", "\U0001f9ee (U+1F9EE)"
pytestmark = pytest.mark.usefixtures("quick_paper")


def in_an_answer() -> None:
    Round.objects.update(answers=Round.objects.get().answers | {"tujuan_survei": f"Mengukur indeks {SIGN}"})


PLACES = {
    # by name: the change, and the part of the letter that is named
    "the agency's name": (lambda: Agency.objects.update(name=f"Dinas {SIGN}"), "Nama instansi"),
    "the addressee": (lambda: Agency.objects.update(addressed_to=f"Camat {SIGN}"), "Kepada siapa surat ditujukan"),
    "the tembusan": (lambda: Office.objects.update(copies_to=f"Arsip\nWali Kota {SIGN}"), "Tembusan"),
    "the head's name": (
        lambda: User.objects.filter(headships__isnull=False).update(name=f"Siti {SIGN}"),
        "Penanda tangan",
    ),
    "the office's address": (lambda: Office.objects.update(address=f"Jalan {SIGN}"), "Kop surat"),
    "an answer": (in_an_answer, "Lampiran"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_letter_with_a_character_that_cannot_be_printed_is_not_issued(verified, kepala, place):
    change, part = PLACES[place]
    change()

    with pytest.raises(CharactersUnprintable, match="Belum terbit") as refused:
        issue(verified, by=kepala)

    assert f"{part}: {NAMED}" in str(refused.value)
    assert not Letter.objects.exists()


def test_the_kepala_reads_it_in_the_draft_and_no_number_is_taken(verified, kepala, client_of):
    client, address = client_of(kepala), reverse("recommendations:letter_issue", args=[verified.pk])
    assert "Semua huruf dan tanda dapat dicetak" in client.get(address).content.decode()
    Office.objects.update(copies_to=f"Wali Kota {SIGN}")

    page = client.get(address).content.decode()

    assert f"Surat tidak dapat mencetak tanda ini. Tembusan: {NAMED}." in page
    assert "Semua huruf dan tanda dapat dicetak" not in page


def test_every_word_of_the_letter_is_looked_at(letter):
    # ours alone; the day, which `date` says; what the annex prints; what has no words
    not_typed = {"check_url", "issued_on", "answers", "logo", "layout"}

    assert letter.content.keys() - PRINTED.keys() == not_typed
    assert unprintable_words(letter.content) == ""


def test_the_officer_reads_it_at_the_item_while_recording_and_may_record_it(office, petugas):
    submission = ready_submission(petugas)
    save_answers(submission, {"tujuan_survei": f"Mengukur indeks {SIGN}."}, by=petugas)
    current = submission.rounds.get()

    (told,) = rulebook_of(current).findings(submission.instrument, current.answers)
    record_complete(submission, by=petugas)

    assert (told.rule, told.item, told.is_error) == ("F-S1", "tujuan_survei", False)
    assert told.message == f"Surat tidak dapat mencetak tanda ini; ganti atau hapus. Tujuan Survei: {NAMED}."
