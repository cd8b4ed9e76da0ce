"""The words of the letter and its annex, as HTML."""

import copy
import html
from typing import Any

import pytest

from office.models import Head, LetterStyle, Office
from recommendations.examination.actions.examining import verify, write_remark
from recommendations.instruments import instrument
from recommendations.letter.annex import way_words, where_and_when
from recommendations.letter.content import letter_content, letter_form, render_html
from recommendations.letter.sentences import styled
from recommendations.models import Agency, Submission
from tests.factories import issue, recorded_submission, verified_submission
from tests.recommendations.conftest import ADVICE

NASTY = "<script>&\"'>"


def page_of(content: dict[str, Any], *, draft: bool = False) -> str:
    """Return the HTML of the letter with entities decoded and single spaces."""
    return " ".join(html.unescape(render_html(content, draft=draft)).split())


def test_the_letter_answers_the_applicants_letter_and_names_the_day_of_completeness(letter):
    page = page_of(letter.content)

    assert "surat Saudara Nomor 400/001/CONTOH tanggal 16 November 2026" in page
    assert f"(FS3) yang terekam lengkap pada tanggal {letter.content['recorded_on']}" in page


def test_the_letter_is_addressed_to_the_head_of_the_agency(letter):
    assert f"Yth. Kepala {letter.submission.applicant.agency.name}" in page_of(letter.content)


def draft_page(submission: Submission) -> str:
    """Return the page of the draft of a submission."""
    content = letter_content(
        submission,
        office=Office.objects.current(),
        style=LetterStyle.objects.current(),
        head=Head.objects.get(),
        number="",
        identity_number="",
        issued_on=submission.cover_date,
        token="",
    )
    return page_of(content, draft=True)


def test_the_letter_addresses_the_head_as_the_office_typed_it(verified, kepala):
    agency = verified.applicant.agency
    agency.name = "Kecamatan Contoh"
    assert "Yth. Camat Contoh" in draft_page(verified)

    agency.addressed_to = "Pj. Camat Contoh"
    assert "Yth. Pj. Camat Contoh" in draft_page(verified)


def test_a_letter_from_before_the_title_of_the_head_was_kept_names_what_it_named_then(letter):
    content = copy.deepcopy(letter.content)
    del content["addressed_to"], content["form"]["identity_on"]
    page = page_of(content)

    assert f"Yth. Kepala {content['addressee']}" in page
    assert "pada kuesioner dan publikasi hasil kegiatan;" in page


def test_a_compilation_prints_the_identity_on_its_publication_because_it_has_no_questionnaire(letter):
    content = letter.content | {"form": letter_form(instrument("FP-KPA"))}
    page = page_of(content | styled(content, LetterStyle()))

    assert "mencantumkan identitas rekomendasi pada publikasi hasil kompilasi;" in page
    assert "kuesioner dan publikasi" not in page


def test_remarks_are_in_the_annex_and_announced_in_the_letter(letter):
    page = page_of(letter.content)

    assert ADVICE in page
    assert "dengan beberapa catatan sebagaimana terlampir" in page
    assert "Hasil pemeriksaan: layak, 1 catatan" in page


def test_a_letter_without_remarks_announces_none(petugas, kepala):
    letter = issue(verified_submission(petugas), by=kepala)

    page = page_of(letter.content)

    assert "catatan sebagaimana terlampir" not in page
    assert "menindaklanjuti catatan" not in page
    assert "layak, tanpa catatan" in page


def test_a_remark_on_a_later_part_of_a_line_says_which_part(petugas, kepala):
    submission = recorded_submission(petugas)
    write_remark(submission, item_id="pj_telepon", kind="advice", text="Mohon nomor yang aktif.", by=petugas)
    write_remark(submission, item_id="judul_survei", kind="advice", text="Mohon judul dikonfirmasi.", by=petugas)
    verify(submission, by=petugas)

    page = page_of(issue(submission, by=kepala).content)

    assert "Telepon: Mohon nomor yang aktif." in page
    assert "Mohon judul dikonfirmasi." in page


def test_an_acting_head_signs_as_such_and_the_nip_is_spaced(verified, kepala):
    Head.objects.update(capacity=Head.Capacity.PLT)
    kepala.nip = "197801012000122001"
    kepala.save()

    page = page_of(issue(verified, by=kepala).content)

    assert "Plt. Kepala Badan Pusat Statistik" in page
    assert "NIP 19780101 200012 2 001" in page


@pytest.mark.parametrize("printed", [True, False])
def test_the_office_decides_whether_the_nip_is_printed(verified, kepala, printed):
    Office.objects.update(print_nip=printed)
    kepala.nip = "197801012000122001"
    kepala.save()

    page = page_of(issue(verified, by=kepala).content)

    assert kepala.name in page
    assert ("NIP" in page) == printed


def test_a_draft_says_so_and_has_neither_number_nor_check_address(verified, kepala):
    page = draft_page(verified)

    assert "KONSEP" in page
    assert "(diisi saat terbit)" in page
    assert "/s/" not in page
    assert "<img" not in page


def test_an_issued_letter_carries_its_check_address_and_no_word_of_a_draft(letter):
    page = page_of(letter.content)

    assert f"/s/{letter.token}/" in page
    assert "KONSEP" not in page
    assert "Konsep" not in page


def test_no_logo_leaves_no_box(letter):
    page = render_html(letter.content, draft=False)

    assert letter.number in page
    assert "LOGO" not in page


def test_every_word_is_escaped(letter):
    spoiled = _spoiled(copy.deepcopy(letter.content))

    raw = render_html(spoiled, draft=False)

    assert "<script" not in raw
    assert raw.count(html.escape(NASTY, quote=True)) > 100


def _spoiled(words: Any) -> Any:
    if isinstance(words, str):
        return NASTY + words
    if isinstance(words, list):
        return [_spoiled(word) for word in words]
    return {key: _spoiled(word) for key, word in words.items()} if isinstance(words, dict) else words


def test_later_changes_do_not_change_an_issued_letter(letter):
    before = render_html(letter.content, draft=False)
    Office.objects.update(name="BPS Lain", city="Kota Lain", address="Jalan Lain")
    Agency.objects.update(name="Dinas Lain")
    Head.objects.update(capacity=Head.Capacity.PLH)
    Submission.objects.update(title="Judul lain")
    letter.submission.rounds.update(answers={"judul_survei": "Judul lain"})
    letter.submission.rounds.get().remarks.update(text="Catatan lain")

    letter.refresh_from_db()

    assert render_html(letter.content, draft=False) == before


def test_an_answer_of_zero_is_not_called_unanswered(petugas, kepala):
    submission = recorded_submission(petugas)
    current = submission.rounds.get()
    item = next(item for item in submission.instrument.items if item.kind == "integer" and item.number == "5.11")
    current.answers |= {one.id: 0 for one in submission.instrument.rincian_of(item.id).items}
    current.save()
    verify(submission, by=petugas)

    annex = issue(submission, by=kepala).content["annex"]

    assert annex["unanswered"]
    assert "5.11" not in annex["unanswered"]


def test_a_compilation_has_its_own_way_of_collecting():
    assert way_words(instrument("FP-KPA"), {}) == "Kompilasi produk administrasi"


KALSEL = "Kalimantan Selatan"


@pytest.mark.parametrize(
    ("scope", "rows", "words"),
    [
        (1, [], "seluruh Indonesia, 8 Februari 2027"),
        (1, [{"provinsi": KALSEL, "kabkota": "Kota Banjarmasin"}], "seluruh Indonesia, 8 Februari 2027"),
        (2, [{"provinsi": KALSEL, "kabkota": "Kota Banjarmasin"}] * 2, "Kota Banjarmasin, 8 Februari 2027"),
        (2, [{"provinsi": KALSEL, "kabkota": "Semua kabupaten/kota"}], "seluruh Kalimantan Selatan, 8 Februari 2027"),
        (2, [{"provinsi": KALSEL, "kabkota": ""}], "Kalimantan Selatan, 8 Februari 2027"),
        (2, [], "8 Februari 2027"),
    ],
)
def test_the_letter_names_the_regions_of_the_scope_and_no_others(fs3_answers, scope, rows, words):
    answers = fs3_answers | {"cakupan_wilayah": scope, "wilayah": rows}

    assert where_and_when(instrument("FS3"), answers).startswith(words)
