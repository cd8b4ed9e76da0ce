"""The check page and `verify_letter` tell of a letter that is being replaced, was replaced, or was revoked."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from recommendations.checking import matching
from recommendations.letter.actions.replacing import want_replacement
from recommendations.letter.actions.revoking import revoke_letter
from recommendations.letter.content import render_pdf
from recommendations.letter.pdf import draw
from recommendations.models import Letter, Submission
from tests.factories import issue
from tests.pages import page
from tests.recommendations.checking.conftest import verdict, verify
from tests.recommendations.uploads import samples
from tests.recommendations.uploads.letters import cloned
from tests.signers import signed as signed_file

REASON = "Judul kegiatan keliru."


@pytest.fixture
def given(electronic, signed_pdf, take_in) -> Letter:
    """Return a letter with its electronic signature."""
    take_in(signed_pdf)
    return Letter.objects.get()


def replaced(letter: Letter, kepala) -> Letter:
    """Let the letter be replaced, and return the new one, drawn."""
    want_replacement(letter, reason=REASON, by=kepala)
    new = issue(Submission.objects.get(), by=kepala)
    draw(new.pk)
    return Letter.objects.select_related("submission").get(pk=new.pk)


def place(letter: Letter) -> str:
    return reverse("check_letter", args=[letter.token])


def test_a_letter_that_is_to_be_replaced_does_not_stand_as_valid(given, kepala, client, check, signed_pdf):
    want_replacement(given, reason=REASON, by=kepala)

    words = page(client, place(given), "Surat ini sedang diganti")

    assert "Surat ini berlaku" not in words
    assert 'class="verdict warn"' in words
    assert verdict(check(given, signed_pdf)) == "Surat ini sedang diganti"


def test_the_page_of_a_replaced_letter_leads_to_the_new_one(given, kepala, client):
    new = replaced(given, kepala)

    words = page(client, place(given), "Surat ini sudah diganti")

    assert f'href="{place(new)}"' in words
    assert f"{new.number} tanggal {new.content['date']}" in words
    assert "menunggu tanda tangan" in words
    assert REASON in words
    assert kepala.name not in words.split("Yang tercatat")[0]
    new_words = page(client, place(new), "Surat ini menunggu tanda tangan")
    assert f"Surat {given.number} tanggal {given.content['date']}" in new_words


def test_the_page_of_a_revoked_letter_says_when_and_why(given, kepala, client):
    revoke_letter(given, reason=REASON, by=kepala)

    words = page(client, place(given), "Surat ini dicabut")

    assert 'class="verdict late"' in words
    assert f"Sebab: {REASON}" in words
    assert "Surat ini berlaku" not in words


def test_the_file_of_an_ended_letter_is_still_ours_and_gets_no_green_word(given, kepala, check, signed_pdf, trusted):
    revoke_letter(given, reason=REASON, by=kepala)

    answer = check(given, signed_pdf)

    assert verdict(answer) == "Surat ini dicabut"
    words = answer.content.decode()
    assert "Berkas ini asli" in words
    assert 'class="note ok"' not in words
    assert 'class="note warn"' in words


def test_a_forged_file_of_a_revoked_letter_is_reported_as_forged(given, kepala, check, signed_pdf):
    revoke_letter(given, reason=REASON, by=kepala)

    assert verdict(check(given, signed_pdf[:-200])) == "Berkas ini bukan surat kami"


def test_the_command_tells_the_state_and_its_exit_code_only_speaks_of_the_file(tmp_path, given, kepala, signed_pdf):
    new = replaced(given, kepala)
    old_told, old_code = verify(tmp_path, signed_pdf)
    drawn = Path(new.pdf.path).read_bytes()
    new_told, new_code = verify(tmp_path, drawn)

    assert (old_told["state"], old_told["number"], old_told["unchanged"], old_code) == (
        "diganti",
        given.number,
        True,
        0,
    )
    assert (new_told["state"], new_told["number"], new_code) == ("menunggu tanda tangan", new.number, 0)
    revoke_letter(new, reason=REASON, by=kepala)
    assert verify(tmp_path, drawn)[0]["state"] == "dicabut"


def test_of_two_letters_with_one_identity_number_the_one_is_found_whose_number_the_file_names(given, kepala):
    new = replaced(given, kepala)
    files = [naming(f"{one.number} {one.identity_number}") for one in (given, new)]

    assert [matching.letter_behind(file) for file in files] == [given, new]
    assert matching.letter_behind(naming(given.identity_number)) == new


def test_a_drawn_letter_names_its_number_and_its_identity_number_where_no_program_has_to_read(given, kepala):
    new = replaced(given, kepala)

    drawn = [render_pdf(one.content) for one in (given, new)]

    assert [matching.letter_behind(file) for file in drawn] == [given, new]


def test_a_file_that_names_many_identity_numbers_is_none_of_our_letters(given):
    others = " ".join(f"V-26.6371.{number:03}" for number in range(500, 500 + matching.MOST_NAMED))

    assert matching.letter_behind(naming(given.identity_number)) == given
    assert matching.letter_behind(naming(f"{given.identity_number} {others}")) is None


def naming(keywords: str) -> bytes:
    """Return an empty PDF with these keywords."""
    return cloned(samples.paper_pdf("x"), lambda writer: writer.add_metadata({"/Keywords": keywords}))


def test_a_letter_signed_once_more_is_found_by_what_it_begins_with(tmp_path, given, kepala):
    replaced(given, kepala)
    signed_again = signed_file(Path(given.copies.get().file.path).read_bytes(), field="Saksi")

    assert matching.letter_behind(signed_again) == given
    assert verify(tmp_path, signed_again)[1] == 1


def test_the_command_says_by_which_letter_it_was_replaced(tmp_path, given, kepala, signed_pdf, capsys):
    new = replaced(given, kepala)
    file = tmp_path / "surat.pdf"
    file.write_bytes(signed_pdf)

    call_command("verify_letter", file)

    out = capsys.readouterr().out
    assert f"{given.number}: Surat ini sudah diganti." in out
    assert f"Penggantinya surat nomor {new.number} tanggal" in out


def test_an_unsigned_letter_that_was_revoked_is_said_to_be_unsigned(electronic, drawn_pdf, kepala, check):
    revoke_letter(electronic, reason=REASON, by=kepala)

    words = check(electronic, drawn_pdf).content.decode()

    assert "Surat ini dicabut" in words
    assert "Belum ditandatangani" in words
    assert "yang kami kirimkan" not in words
